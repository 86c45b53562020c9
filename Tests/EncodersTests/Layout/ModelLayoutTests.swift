import Encoders
import FoundationEssentials
import MatrixKernels
import TestSupport
import Testing

@Suite struct ModelLayoutTests {
    @Test func huggingFaceCLIP() throws {
        let layout = try Small.layout("clip"), folder = Small.folder + "/clip"
        let text = try #require(layout.text), image = try #require(layout.image)
        #expect(text.tokenizerFolder == folder)
        #expect(text.weights == folder + "/model.safetensors")
        #expect(text.maximumTokens == 77)
        #expect(text.dimensions == 32)
        #expect(image.inputSize == 224)
        #expect(image.dimensions == 32)
        #expect(image.preprocessing == folder + "/preprocessor_config.json")
        guard case .clip(let configuration, normalised: false) = image.kind else { return record("not CLIP") }
        #expect(configuration.vision.patches == 49)
        #expect(configuration.text.endOfText == 1999)
        #expect(configuration.vision.transformer.activation == .quickGELU)
    }

    @Test func sentenceTransformersCLIP() throws {
        let layout = try Small.layout("clip-st"), folder = Small.folder + "/clip-st/0_CLIPModel"
        #expect(layout.text?.tokenizerFolder == folder)
        #expect(layout.text?.weights == folder + "/pytorch_model.bin")
        #expect(layout.image?.dimensions == 12)
        guard case .clip(let text, projection: 12, normalised: false) = layout.text?.kind else { return record("not CLIP") }
        #expect(text.endOfText == 2)
    }

    @Test func transformerPoolingDense() throws {
        let layout = try Small.layout("clip-multilingual")
        #expect(layout.image == nil)
        #expect(layout.text?.maximumTokens == 128)
        #expect(layout.text?.dimensions == 32)
        guard case .sentence(let sentence) = layout.text?.kind else { return record("no sentence encoder") }
        #expect(sentence.transformer.family == .distilbert)
        #expect(sentence.pooling == [.mean])
        #expect(sentence.dense.map(\.activation) == [.none])
        #expect(!sentence.normalised)
    }

    /// The folder of `Normalize` need not exist.
    @Test func transformerPoolingNormalize() throws {
        let layout = try Small.layout("minilm-like")
        #expect(layout.text?.maximumTokens == 64)
        guard case .sentence(let sentence) = layout.text?.kind else { return record("no sentence encoder") }
        #expect(sentence.transformer.family == .bert)
        #expect(sentence.normalised)
    }

    @Test func compactModelHasBothSides() throws {
        let layout = try ModelLayout(folder: Repository.root + "/Models/compact")
        #expect(layout.text?.tokenizerFolder == Repository.root + "/Models/compact/text")
        #expect(layout.text?.maximumTokens == 256)
        #expect(layout.text?.dimensions == 384)
        #expect(layout.image?.preprocessing == Repository.root + "/Models/compact/image/config.json")
        #expect(layout.image?.inputSize == 224)
        #expect(layout.image?.dimensions == 384)
    }

    /// A copy of a model whose files may be changed.
    private func copy(_ model: String) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.copy("\(Small.folder)/\(model)", to: "m")
        return folder
    }

    private func error(_ folder: TemporaryFolder) -> ModelLayoutError? {
        #expect(throws: ModelLayoutError.self) { try ModelLayout(folder: folder.path + "/m") }
    }

    @Test func classesMayMove() throws {
        let folder = try copy("minilm-like")
        try folder.write("m/modules.json", Array("""
            [{"type":"sentence_transformers.base.modules.transformer.Transformer","path":""},
             {"type":"sentence_transformers.sentence_transformer.modules.pooling.Pooling","path":"1_Pooling"}]
            """.utf8))
        try folder.write("m/1_Pooling/config.json", Array(#"{"pooling_mode":["cls","max"]}"#.utf8))
        let layout = try ModelLayout(folder: folder.path + "/m")
        #expect(layout.text?.dimensions == 96)
        guard case .sentence(let sentence) = layout.text?.kind else { return record("no sentence encoder") }
        #expect(sentence.pooling == [.cls, .max])
    }

    /// Without sentence-transformers' files, a bare transformer is pooled by the mean.
    @Test func bareTransformer() throws {
        let folder = try copy("clip-multilingual")
        for name in ["modules.json", "sentence_bert_config.json"] {
            try FileManager.default.removeItem(atPath: "\(folder.path)/m/\(name)")
        }
        let text = try #require(try ModelLayout(folder: folder.path + "/m").text)
        #expect(text.dimensions == 64)
        #expect(text.maximumTokens == 128)
    }

    @Test func nothingThere() throws {
        let folder = try TemporaryFolder()
        #expect(throws: ModelLayoutError.notAModel(folder: folder.path)) { try ModelLayout(folder: folder.path) }
    }

    @Test(arguments: ["config.json", "1_Pooling/config.json", "model.safetensors", "2_Dense/model.safetensors"])
    func missingFilesAreNamed(name: String) throws {
        let folder = try copy("clip-multilingual")
        try FileManager.default.removeItem(atPath: "\(folder.path)/m/\(name)")
        #expect(error(folder) == .missingFile("\(folder.path)/m/\(name)"))
    }

    static let wrong: [(file: String, contents: String, field: String)] = [
        ("modules.json", "{}", "[]"), ("modules.json", #"[{"path":""}]"#, "[0].type"),
        ("modules.json", #"[{"type":"x.Transformer","path":"../other"}]"#, "[0].path"),
        ("config.json", "{}", "model_type"), ("config.json", #"{"model_type":"distilbert","dim":-1}"#, "dim"),
        ("config.json", #"{"model_type":"distilbert","dim":"64"}"#, "dim"),
        ("config.json", #"{"model_type":"distilbert","dim":64,"n_heads":5}"#, "n_heads"),
        ("1_Pooling/config.json", "{}", "pooling_mode"), ("2_Dense/config.json", "{}", "in_features"),
        ("sentence_bert_config.json", #"{"max_seq_length":0}"#, "max_seq_length"),
    ]

    @Test(arguments: wrong)
    func invalidFieldsAreNamed(wrong: (file: String, contents: String, field: String)) throws {
        let folder = try copy("clip-multilingual")
        let file = try folder.write("m/" + wrong.file, Array(wrong.contents.utf8))
        #expect(error(folder) == .invalidField(file: file, field: wrong.field))
    }

    static let foreign: [(file: String, contents: String, field: String, value: String)] = [
        ("config.json", #"{"model_type":"t5"}"#, "model_type", "t5"),
        ("config.json", #"{"model_type":"distilbert","activation":"silu"}"#, "activation", "silu"),
        ("config.json", #"{"model_type":"bert","position_embedding_type":"relative_key"}"#, "position_embedding_type", "relative_key"),
        ("1_Pooling/config.json", #"{"pooling_mode_lasttoken":true}"#, "pooling_mode", "lasttoken"),
        ("2_Dense/config.json", #"{"in_features":64,"out_features":32,"activation_function":"my.Own"}"#, "activation_function", "my.Own"),
        ("modules.json", #"[{"type":"x.WordEmbeddings","path":""}]"#, "[0].type", "x.WordEmbeddings"),
    ]

    @Test(arguments: foreign)
    func unsupportedValuesAreNamed(foreign: (file: String, contents: String, field: String, value: String)) throws {
        let folder = try copy("clip-multilingual")
        let file = try folder.write("m/" + foreign.file, Array(foreign.contents.utf8))
        #expect(error(folder) == .unsupported(file: file, field: foreign.field, value: foreign.value))
    }

    @Test func widthsMustAgree() throws {
        let folder = try copy("clip-multilingual")
        let file = try folder.write("m/2_Dense/config.json", Array(#"{"in_features":65,"out_features":32}"#.utf8))
        #expect(error(folder) == .widthMismatch(file: file, expected: 64, found: 65))
    }

    @Test func malformedJSON() throws {
        let folder = try copy("clip")
        let file = try folder.write("m/config.json", Array("{".utf8))
        guard case .malformed(file, _) = error(folder) else { return record("taken") }
    }
}
