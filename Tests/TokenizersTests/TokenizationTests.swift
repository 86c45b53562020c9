import FoundationEssentials
import Testing
import TestSupport

@testable import Tokenizers

@Suite struct TokenizationTests {
    static func read(_ tokenization: String?) throws -> Tokenization {
        let folder = FileManager.default.temporaryDirectory.appending(path: "clipsearch-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let model = tokenization.map(UploadedVocabularyTests.model) ?? "{}"
        try Data(model.utf8).write(to: folder.appending(path: "model.json"))
        return try Tokenization(folder: folder.path)
    }

    /// Elasticsearch's, where nothing is said.
    @Test(arguments: [nil, #"{"bert":{}}"#, "{}", "null", #"{"bert":{"span":null}}"#])
    func defaults(tokenization: String?) throws {
        let found = try Self.read(tokenization)
        #expect(found.kind == .bert && !found.lowercases && !found.addsPrefixSpace && found.addsSpecialTokens)
        #expect(found.maximumLength == 512 && found.truncation == .first && found.span == -1)
    }

    @Test func everySetting() throws {
        let text = #"{"roberta":{"add_prefix_space":true,"with_special_tokens":false,"max_sequence_length":62,"#
            + #""truncate":"none","span":16,"do_lower_case":true}}"#
        let found = try Self.read(text)
        #expect(found.kind == .roberta && found.lowercases && found.addsPrefixSpace && !found.addsSpecialTokens)
        #expect(found.maximumLength == 62 && found.truncation == .none && found.span == 16)
    }

    @Test(arguments: Tokenization.Kind.allCases)
    func everyKind(kind: Tokenization.Kind) throws {
        #expect(try Self.read("{\"\(kind.rawValue)\":{}}").kind == kind)
    }

    @Test func aFileThatIsNotThere() {
        #expect(thrownCase { try Tokenization(folder: "/nowhere") } == "file.FileError")
    }
}
