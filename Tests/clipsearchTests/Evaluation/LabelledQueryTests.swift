import TestSupport
import Testing

@testable import clipsearch

@Suite struct LabelledQueryTests {
    private func read(_ text: String) throws -> [LabelledQuery] {
        let folder = try TemporaryFolder()
        return try LabelledQuery.read(folder.write("queries.jsonl", text.utf8))
    }

    @Test func linesAreQueries() throws {
        let queries = try read(
            """
            {"words": "a bird", "relevant": ["a.jpg", "b.jpg"]}

            {"image": "/pictures/x.jpg", "ratings": {"c.jpg": 3, "d.jpg": 0}}
            """)
        #expect(queries == [
            LabelledQuery(content: .words("a bird"), ratings: ["a.jpg": 1, "b.jpg": 1]),
            LabelledQuery(content: .image("/pictures/x.jpg"), ratings: ["c.jpg": 3, "d.jpg": 0]),
        ])
    }

    @Test(arguments: ["", "my pictures/", "100%25 ä#?/"]) func picturesStandBesideTheFile(below: String) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(below + "queries.jsonl", #"{"image": "x.jpg", "relevant": ["y"]}"#.utf8)
        #expect(try LabelledQuery.read(path).first?.content == .image("\(folder.path)/\(below)x.jpg"))
    }

    @Test(arguments: [
        #"{"words": "a"}"#, #"{"words": " ", "relevant": ["a"]}"#, #"{"relevant": ["a"]}"#, #"{"words": "a", "image": "b", "relevant": ["a"]}"#,
        #"{"words": "a", "ratings": {"a": 0.5}}"#, #"{"words": "a", "ratings": {"a": 31}}"#, "nonsense", "[]",
    ])
    func otherLinesAreNamed(line: String) {
        let error = #expect(throws: LabelledQueryError.self) { try read("{\"words\": \"a\", \"relevant\": [\"a\"]}\n" + line) }
        if case .line(_, let number) = error { #expect(number == 2) } else { Issue.record("\(String(describing: error))") }
    }

    @Test func anEmptyFileIsRefused() {
        #expect(throws: LabelledQueryError.self) { try read("\n\n") }
        #expect(throws: LabelledQueryError.self) { try LabelledQuery.read("/nonexistent/queries.jsonl") }
    }
}
