import Foundation
import JSON
import TestSupport
import Testing

@testable import Tokenizers

/// Reference data that lies beside the tests, and more of it outside the repository.
enum Fixtures {
    static let small = Repository.fixtures + "/reference-small"
    static let torchscript = Repository.fixtures + "/torchscript"
    static let compact = Repository.root + "/Models/compact"
    /// The real vocabularies, which are not ours to copy.
    static let reference = URL(filePath: Repository.root).deletingLastPathComponent().appending(path: "shared/reference").path
    static let hasReference = FileManager.default.fileExists(atPath: "\(reference)/full")

    static func json(_ path: String) throws -> JSONObject {
        let bytes = try Data(contentsOf: URL(filePath: path))
        return try #require(try JSONDocument(parsing: bytes).root.object)
    }
}

/// A text and the ids that the reference gives it.
struct GoldenText: Sendable {
    var text: String
    var ids: [Int32]

    /// Compares all texts and reports each that differs.
    static func check(
        _ texts: [GoldenText], with tokenizer: some Tokenizer, maximumLength: Int, count: Int,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(texts.count == count, sourceLocation: sourceLocation)
        for golden in texts {
            let ids = tokenizer.encode(golden.text, maximumLength: maximumLength).ids
            #expect(ids == golden.ids, "\(golden.text.debugDescription)", sourceLocation: sourceLocation)
        }
    }

    static func read(_ list: JSONElement?, _ key: String) throws -> [GoldenText] {
        try #require(list?.array).map { element in
            GoldenText(
                text: try #require(element.object?["text"]?.string),
                ids: try #require(element.object?[key]?.array).map { Int32(try #require($0.int)) })
        }
    }
}
