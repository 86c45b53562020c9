import Testing

@testable import clipsearch

@Suite struct WeightedQueryTests {
    @Test func weightsStandBehindACaret() {
        var query = WeightedQuery()
        query.add(words: "red flower")
        query.add(image: "a.jpg^0.6", exists: { _ in false })
        query.add(words: "rose^0.4", sign: -1)
        #expect(
            query.parts == [
                .init(content: .words("red flower"), weight: 1), .init(content: .image("a.jpg"), weight: 0.6),
                .init(content: .words("rose"), weight: -0.4),
            ])
        #expect(query.kind == nil)
    }

    @Test func aFileThatIsCalledSoIsMeant() {
        var query = WeightedQuery()
        query.add(image: "a^2", exists: { $0 == "a^2" })
        #expect(query.parts == [.init(content: .image("a^2"), weight: 1)] && query.kind == "image_to_image")
    }

    @Test func wordsAloneAreComparedWithPictures() {
        var query = WeightedQuery()
        query.add(words: "a")
        query.add(words: "b")
        #expect(query.kind == "text_to_image")
        // Nothing was measured of what is like one thing and unlike another.
        query.add(words: "c", sign: -1)
        #expect(query.kind == nil)
    }
}
