import Encoders
import FoundationEssentials
import JSON
import MatrixKernels
import TestSupport
import Testing

/// `Tests/Fixtures/torchscript`: tiny models as eland and others save them, and what torch computes with the archives.
enum Uploaded {
    static let folder = Repository.fixtures + "/torchscript"

    static func layout(_ model: String) throws -> ModelLayout { try ModelLayout(folder: "\(folder)/\(model)") }

    static func definition(_ model: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: "\(folder)/\(model)/definition.pt")))
    }

    struct Golden {
        let ids: [[Int32]]
        let embeddings: [[Float]]
    }

    static func golden(_ model: String) throws -> Golden {
        let document = try JSONDocument(parsing: Array(Data(contentsOf: URL(filePath: folder + "/golden.json"))))
        let golden = try #require(document.root.object?["models"]?.object?[model]?.object)
        let ids = try #require(golden["ids"]?.array).map { row in
            try #require(row.array).map { Int32(try #require($0.int)) }
        }
        return Golden(
            ids: ids, embeddings: try #require(golden["embeddings"]?.array).map { try #require($0.array?.floats()) })
    }
}

@Suite struct TorchScriptModelTests {
    static let exact = [
        "bert-mean", "bert-max-unfrozen", "bert-written-cls", "clip-text", "distilbert-dense", "distilbert-written-max",
        "roberta-mean", "xlm-roberta-mean",
    ]

    @Test(arguments: engines, exact)
    func asTorchComputesIt(engine: MatrixEngine, model: String) throws {
        let encoder = try Uploaded.layout(model).makeTextEncoder(engine), golden = try Uploaded.golden(model)
        #expect(encoder.dimensions == golden.embeddings[0].count)
        expectGolden(try encoder.encode(golden.ids), golden.embeddings, "\(model)")
    }

    /// Torch rounds the input of quantised layers too; ours are computed in floats from the same weights.
    @Test(arguments: ["distilbert-dense-quantised", "distilbert-cls-quantised-unfrozen"])
    func quantisedWeights(model: String) throws {
        let encoder = try Uploaded.layout(model).makeTextEncoder(engines[0]), golden = try Uploaded.golden(model)
        let found = try encoder.encode(golden.ids)
        #expect(zip(found, golden.embeddings).map(cosine).min() ?? 0 >= 0.99)
    }

    /// Its attention depends on the distance of tokens.
    @Test func mpnetIsRefused() {
        let error = #expect(throws: ModelLayoutError.self) { try Uploaded.layout("mpnet") }
        guard case .archive(.script(_, .unmapped(operation: "torch.permute", _))) = error else {
            return record("\(String(describing: error))")
        }
    }

    @Test func layoutOfAnUpload() throws {
        let layout = try Uploaded.layout("distilbert-dense"), text = try #require(layout.text)
        #expect(layout.image == nil)
        #expect(text.dimensions == 12)
        #expect(text.maximumTokens == 64)
        #expect(text.tokenizerFolder == layout.folder)
        guard case .sentence(let sentence) = text.kind else { return record("no sentence encoder") }
        #expect(sentence.pooling == [.mean] && !sentence.normalised && sentence.dense.map(\.hasBias) == [false])
        #expect(sentence.transformer.transformer.heads == 4 && sentence.transformer.transformer.layers == 2)
        // RoBERTa's first two positions are never used.
        guard case .sentence(let roberta) = try Uploaded.layout("roberta-mean").text?.kind else { return record("none") }
        #expect(roberta.transformer.positions == 62 && roberta.transformer.types == 1)
        guard case .clip(let clip, projection: 8, normalised: false) = try Uploaded.layout("clip-text").text?.kind else {
            return record("no CLIP")
        }
        #expect(clip.endOfText == 3 && clip.transformer.activation == .quickGELU)
    }

    @Test func configurationsMustAgree() throws {
        let folder = try TemporaryFolder()
        try folder.write("definition.pt", try Uploaded.definition("distilbert-dense"))
        #expect(throws: ModelLayoutError.missingFile(folder.path + "/model.json")) { try ModelLayout(folder: folder.path) }
        for model in ["{}", #"{"inference_config":{"ner":{}}}"#] {
            let file = try folder.write("model.json", Array(model.utf8))
            #expect(throws: ModelLayoutError.invalidField(file: file, field: "inference_config.text_embedding")) {
                try ModelLayout(folder: folder.path)
            }
        }
        let file = try folder.write(
            "model.json", Array(#"{"inference_config":{"text_embedding":{"embedding_size":13}}}"#.utf8))
        #expect(throws: ModelLayoutError.widthMismatch(file: file, expected: 13, found: 12)) {
            try ModelLayout(folder: folder.path)
        }
        let settings = #"{"inference_config":{"text_embedding":{"tokenization":{"bert":{"max_sequence_length":7}}}}}"#
        try folder.write("model.json", Array(settings.utf8))
        #expect(try ModelLayout(folder: folder.path).text?.maximumTokens == 7)
    }

    @Test func aCheckpointIsNoUpload() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("definition.pt", torchArchive(PickleBuilder.dictionary { _ in }))
        #expect(throws: ModelLayoutError.archive(.unknownFormat(file: file))) { try ModelLayout(folder: folder.path) }
    }
}
