import Foundation
import JSON
import Testing

@testable import Tokenizers

/// Ids against Hugging Face's fast tokenizers, from every set of files that the loader knows.
@Suite struct TokenizerLoaderTests {
    @Test(arguments: [
        ("clip", "clip", 77), ("clip-st/0_CLIPModel", "clip", 77), ("clip-multilingual", "clip-multilingual", 128),
        ("minilm-like", "minilm-like", 64),
    ])
    func smallModelsMatch(_ folder: String, _ key: String, _ limit: Int) throws {
        let golden = try Fixtures.json("\(Fixtures.small)/golden.json")
        let tokenizer = try TokenizerLoader.load(folder: "\(Fixtures.small)/\(folder)")
        GoldenText.check(try GoldenText.read(golden["texts"], key), with: tokenizer, maximumLength: limit, count: 112)
    }

    @Test(arguments: [("clip", "clip", 77), ("clip-multilingual", "clip-multilingual", 128), ("minilm-like", "minilm-like", 64)])
    func vocabularyFilesAloneMatch(_ folder: String, _ key: String, _ limit: Int) throws {
        let golden = try Fixtures.json("\(Fixtures.small)/golden.json")
        let copy = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: copy) }
        for name in ["vocab.json", "merges.txt", "vocab.txt", "tokenizer_config.json"] {
            let source = "\(Fixtures.small)/\(folder)/\(name)"
            guard FileManager.default.fileExists(atPath: source) else { continue }
            try FileManager.default.copyItem(atPath: source, toPath: copy.appending(path: name).path)
        }
        let tokenizer = try TokenizerLoader.load(folder: copy.path)
        GoldenText.check(try GoldenText.read(golden["texts"], key), with: tokenizer, maximumLength: limit, count: 112)
    }

    @Test func compactModelMatches() throws {
        let golden = try Fixtures.json("\(Fixtures.compact)/golden.json")
        let tokenizer = try TokenizerLoader.load(folder: "\(Fixtures.compact)/text")
        GoldenText.check(try GoldenText.read(golden["texts"], "input_ids"), with: tokenizer, maximumLength: 256, count: 8)
    }

    @Test(
        .enabled(if: Fixtures.hasReference, "needs ../shared/reference/full"),
        arguments: [("clip-tokenizer", "clip", 77), ("mbert-tokenizer", "mbert", 128)])
    func fullVocabulariesMatch(_ folder: String, _ key: String, _ limit: Int) throws {
        let golden = try Fixtures.json("\(Fixtures.reference)/full/golden_tokens.json")
        let tokenizer = try TokenizerLoader.load(folder: "\(Fixtures.reference)/full/\(folder)")
        GoldenText.check(try GoldenText.read(golden["texts"], key), with: tokenizer, maximumLength: limit, count: 112)
        GoldenText.check(try GoldenText.read(golden["fuzz"], key), with: tokenizer, maximumLength: limit, count: 600)
    }
}

/// Folders that cannot be loaded: the error names the file and the reason.
@Suite struct TokenizerLoaderErrorTests {
    private func load(_ files: [String: String]) throws -> any Tokenizer {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, content) in files {
            try Data(content.utf8).write(to: folder.appending(path: name))
        }
        return try TokenizerLoader.load(folder: folder.path)
    }

    private func reason(_ files: [String: String]) -> String {
        do {
            _ = try load(files)
            return "loaded"
        } catch TokenizerError.noTokenizer { return "no tokenizer" }
        catch TokenizerError.malformed(let file, let reason) { return "\(URL(filePath: file).lastPathComponent): \(reason)" }
        catch TokenizerError.unsupported(let file, let field, let value) {
            return "\(URL(filePath: file).lastPathComponent): \(field)=\(value)"
        } catch TokenizerError.missingToken(let file, let token) {
            return "\(URL(filePath: file).lastPathComponent) misses \(token)"
        } catch { return "\(error)" }
    }

    @Test func nothingToLoad() {
        #expect(reason([:]) == "no tokenizer")
        #expect(reason(["vocab.json": "{}"]) == "no tokenizer")
    }

    @Test(arguments: [
        ("[]", "tokenizer.json: not an object"),
        ("{}", "tokenizer.json: [model] is not an object"),
        (#"{"model":{"type":"WordLevel"}}"#, "tokenizer.json: model.type=WordLevel"),
        (#"{"model":{"type":"BPE"}}"#, "tokenizer.json: model.end_of_word_suffix=nothing"),
        (#"{"model":{"type":"WordPiece"}}"#, "tokenizer.json: normalizer.type=nothing"),
        (
            #"{"model":{"type":"BPE","end_of_word_suffix":"</w>","merges":[["a"]]}}"#,
            "tokenizer.json: [model.merges] holds something that is not a pair"
        ),
    ])
    func tokenizerJSONIsRefused(_ content: String, _ expected: String) {
        #expect(reason(["tokenizer.json": content]) == expected)
    }

    /// What a model of pieces may be wrong in, and the steps around it.
    @Test(arguments: [
        (#""type":"Unigram""#, "", "[model.vocab] is not a list"),
        (#""type":"Unigram","vocab":[["a"]]"#, "", "[model.vocab] holds something that is not a piece and its score"),
        (#""type":"Unigram","vocab":[["a",0]],"unk_id":1"#, "", "[model.unk_id] is no piece"),
        (
            #""type":"Unigram","vocab":[["a",0]],"unk_id":0,"byte_fallback":true"#, "",
            "[model.vocab] has not all 256 bytes"
        ),
        (Self.bytePair, #","normalizer":{"type":"Nmt"}"#, "normalizer.type=Nmt"),
        (
            Self.bytePair, #","normalizer":{"type":"Sequence","normalizers":[{"type":"Sequence"}]}"#,
            "normalizer[0].type=Sequence"
        ),
        (Self.bytePair, #","normalizer":{"type":"Replace","pattern":{"Regex":"a|b"}}"#, "normalizer.pattern=a|b"),
        (
            Self.bytePair, #","normalizer":{"type":"Precompiled","precompiled_charsmap":"AAAA"}"#,
            "[normalizer.precompiled_charsmap] is no map of characters"
        ),
        (Self.bytePair, #","pre_tokenizer":{"type":"ByteLevel"}"#, "pre_tokenizer.type=ByteLevel"),
        (Self.bytePair, #","pre_tokenizer":{"type":"Metaspace","replacement":"ab"}"#, "pre_tokenizer.replacement=ab"),
        (Self.bytePair, #","post_processor":{"type":"ByteLevel"}"#, "post_processor.type=ByteLevel"),
        (
            Self.bytePair, #","post_processor":{"type":"TemplateProcessing","single":[]}"#,
            "[post_processor] does not put at most one token before and one behind the text"
        ),
        (Self.bytePair, #","added_tokens":[{"id":-1,"content":"x"}]"#, "[added_tokens] holds something that is not a token"),
        (
            Self.bytePair, #","added_tokens":[{"id":1,"content":"x","single_word":true}]"#, "added_tokens.single_word=x"
        ),
        (Self.bytePair.replacing("[]", with: #"["a b"]"#), "", "misses ab"),
        (Self.bytePair + #","dropout":0.5"#, "", "model.dropout=0.5"),
    ])
    func pipelinesAreRefused(_ model: String, _ rest: String, _ expected: String) {
        let found = reason(["tokenizer.json": "{\"model\":{\(model)}\(rest)}"])
        #expect(found == (expected.hasPrefix("misses") ? "tokenizer.json " : "tokenizer.json: ") + expected)
    }

    private static let bytePair = #""type":"BPE","byte_fallback":true,"vocab":{"a":0,"b":1},"merges":[]"#

    /// A `spiece.model` of another kind of tokenizer is none that is known here.
    @Test func spieceOfOthers() {
        #expect(reason(["spiece.model": "x", "tokenizer_config.json": #"{"tokenizer_class":"T5Tokenizer"}"#]) == "no tokenizer")
        let own = ["spiece.model": "x", "config.json": #"{"model_type":"siglip"}"#]
        #expect(reason(own) == "spiece.model: not a SentencePiece model")
    }

    @Test func vocabularyFilesAreRefused() {
        #expect(reason(["vocab.txt": "a\nb\n"]) == "vocab.txt misses [CLS]")
        #expect(reason(["vocab.json": #"{"a":"b"}"#, "merges.txt": ""]) == "vocab.json: [a] is not an id")
        #expect(reason(["vocab.json": "{}", "merges.txt": "#version: 0.2\na\n"]) == "merges.txt: line 2 is not a pair")
        #expect(reason(["vocab.json": "{", "merges.txt": ""]).hasPrefix("vocab.json: malformed"))
    }

    @Test func settingsStandInEitherFile() throws {
        let vocabulary = "[PAD]\n<u>\n<c>\n<s>\nÉ\ne\n"
        let tokenizer = try load([
            "vocab.txt": vocabulary, "tokenizer_config.json": #"{"do_lower_case":false,"cls_token":"<c>"}"#,
            "special_tokens_map.json": #"{"sep_token":{"content":"<s>"},"unk_token":"<u>"}"#,
        ])
        #expect(tokenizer.encode("É x", maximumLength: nil).ids == [2, 4, 1, 3])
    }
}
