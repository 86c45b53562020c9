import FoundationEssentials
import JSON
import Testing
import TestSupport

@testable import Tokenizers

/// Tokenizers of uploaded models, against those that they were uploaded with.
@Suite struct UploadedVocabularyTests {
    static let folder = Fixtures.torchscript

    @Test(arguments: [
        "bert-mean", "distilbert-dense", "distilbert-cls-quantised-unfrozen", "roberta-mean", "xlm-roberta-mean",
    ])
    func asTheReference(model: String) throws {
        let tokenizer = try TokenizerLoader.load(folder: "\(Self.folder)/\(model)")
        let golden = try Fixtures.json("\(Self.folder)/golden.json")
        let texts = try #require(golden["texts"]?.array)
        let ids = try #require(golden["models"]?.object?[model]?.object?["ids"]?.array)
        let pairs = try zip(texts, ids).map { text, ids in
            GoldenText(
                text: try #require(text.string),
                ids: try #require(ids.array).map { Int32(try #require($0.int)) })
        }
        for golden in pairs {
            #expect(tokenizer.encode(golden.text, maximumLength: 62).ids == golden.ids, "\(golden.text.debugDescription)")
        }
        #expect(pairs.count == 11)
    }

    static func load(_ model: String, _ vocabulary: String) throws -> any Tokenizer {
        let folder = FileManager.default.temporaryDirectory.appending(path: "clipsearch-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(model.utf8).write(to: folder.appending(path: "model.json"))
        try Data(vocabulary.utf8).write(to: folder.appending(path: "vocabulary.json"))
        return try TokenizerLoader.load(folder: folder.path)
    }

    static func model(_ tokenization: String) -> String {
        #"{"inference_config":{"text_embedding":{"tokenization":\#(tokenization)}}}"#
    }

    static let words = #"{"vocabulary":["[PAD]","[UNK]","[CLS]","[SEP]","[MASK]","cat","Cat"]}"#

    @Test func settings() throws {
        let plain = try Self.load(Self.model(#"{"bert":{}}"#), Self.words)
        #expect(plain.encode("Cat cat", maximumLength: nil).ids == [2, 6, 5, 3])
        let lower = try Self.load(Self.model(#"{"bert":{"do_lower_case":true}}"#), Self.words)
        #expect(lower.encode("Cat cat", maximumLength: nil).ids == [2, 5, 5, 3])
        let bare = try Self.load(Self.model(#"{"bert":{"with_special_tokens":false}}"#), Self.words)
        let encoded = bare.encode("Cat cat", maximumLength: 1)
        #expect(encoded.ids == [6] && encoded.fullLength == 2)
        // Elasticsearch's default.
        #expect(try Self.load("{}", Self.words).encode("cat", maximumLength: nil).ids == [2, 5, 3])
    }

    @Test(arguments: ["bert_ja", "deberta_v2", "word2vec"])
    func unknownTokenizationsAreNamed(name: String) {
        let error = #expect(throws: TokenizerError.self) { try Self.load(Self.model(#"{"\#(name)":{}}"#), Self.words) }
        guard case .unsupported(_, field: "inference_config.text_embedding.tokenization", value: name) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test(arguments: [
        #"{"vocabulary":["a"]}"#, #"{"vocabulary":[1]}"#, #"{"vocabulary":"a"}"#, "{}", "[]", "{",
        #"{"vocabulary":["[UNK]","[CLS]","[SEP]"],"merges":["a"]}"#,
        #"{"vocabulary":["[UNK]","[CLS]","[SEP]"],"scores":["a"]}"#,
    ])
    func brokenVocabularies(text: String) {
        #expect(throws: TokenizerError.self) { try Self.load(Self.model(#"{"bert":{}}"#), text) }
    }

    @Test(arguments: [
        #"{"bert":{"do_lower_case":1}}"#, #"{"bert":{"max_sequence_length":0}}"#, #"{"bert":{"truncate":"all"}}"#,
        #"{"bert":{},"roberta":{}}"#, #"{"bert":{"span":-2}}"#,
    ])
    func brokenSettings(tokenization: String) {
        #expect(throws: TokenizerError.self) { try Self.load(Self.model(tokenization), Self.words) }
    }

    @Test func scoresForEveryToken() {
        #expect(thrownCase {
            try Self.load(Self.model(#"{"xlm_roberta":{}}"#), #"{"vocabulary":["<s>","</s>","<unk>"],"scores":[0]}"#)
        } == "malformed")
    }
}
