import ArgumentParser
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

    @Test(arguments: [
        ("flower -rose", false, "flower" as String?, ["rose"]), ("red  flower -a -b^0.2 here", false, "red flower here", ["a", "b^0.2"]),
        ("-rose", false, "-rose", []), ("-rose", true, nil, ["rose"]), ("a - b", false, "a - b", []), ("t-shirt", false, "t-shirt", []),
    ])
    func aMinusIsReadAsOnThePage(_ line: String, _ hasOthers: Bool, _ wanted: String?, _ unwanted: [String]) {
        let words = SearchWords(line, hasOthers: hasOthers)
        #expect(words.wanted == wanted && words.unwanted == unwanted)
    }

    @Test func unwantedWordsCountLess() {
        var query = WeightedQuery()
        query.add(SearchWords("flower^2 -rose -leaf^0.2", hasOthers: false))
        #expect(query.parts == [
            .init(content: .words("flower"), weight: 2), .init(content: .words("rose"), weight: -0.4), .init(content: .words("leaf"), weight: -0.2),
        ])
    }

    @Test(arguments: [["a", "--without", "rose^abc"], ["rose^0"], ["a -rose^x"], ["--image", "/nowhere.jpg^much"]])
    func weightsThatAreNoneAreRefused(_ arguments: [String]) {
        let error = #expect(throws: (any Error).self) { try SearchCommand.parse(arguments + ["--index", "i"]) }
        #expect(error.map { SearchCommand.message(for: $0).contains("weight") } == true)
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
