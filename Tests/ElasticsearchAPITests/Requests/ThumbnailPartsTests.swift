import Testing

@testable import ElasticsearchAPI

@Suite struct ThumbnailPartsTests {
    @Test func partsComeBack() throws {
        let parts = [ThumbnailParts.Part(hash: "ab", bytes: Array("x 1\ny".utf8)), .init(hash: "cd", bytes: []), .init(hash: "ef", bytes: [10, 0, 255])]
        #expect(try ThumbnailParts(ThumbnailParts.body(parts)).parts == parts)
        #expect(try ThumbnailParts([]).parts == [])
    }

    @Test(arguments: [
        "ab", "ab 1", "ab 2\nx", "ab -1\nx", "ab x\nx", "ab 1 1\nx", " 1x\n", "ab 99999999999999999999\nx", "ab 9223372036854775807\nx", "ab 1\nxy",
        String(repeating: "a", count: 200) + " 1\nx",
    ])
    func whatHasAnotherFormIsRefused(_ body: String) {
        #expect(throws: ElasticsearchError.self) { try ThumbnailParts(Array(body.utf8)) }
    }
}
