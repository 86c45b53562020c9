import Encoders
import FoundationEssentials
import MatrixKernels
import TestSupport
import Testing

@Suite struct ModelLayoutSigLIPTests {
    @Test func siglip() throws {
        let layout = try SigLIP.layout("siglip"), folder = SigLIP.folder + "/siglip"
        #expect(layout.text?.maximumTokens == 64 && layout.text?.dimensions == 16)
        #expect(layout.text?.tokenizerFolder == folder)
        #expect(layout.image?.inputSize == 224 && layout.image?.dimensions == 16)
        #expect(layout.image?.preprocessing == folder + "/preprocessor_config.json")
        guard case .siglip(let text) = layout.text?.kind, case .siglip(let vision) = layout.image?.kind else {
            return record("not SigLIP")
        }
        #expect(text.padding == 1 && text.transformer.activation == .geluTanh && text.transformer.epsilon == 1e-6)
        #expect(vision.patches == 196)
    }

    /// The tokenizer's padding token, not that of the configuration, which is left at another vocabulary's.
    @Test(arguments: [true, false])
    func paddingToken(hasDecoder: Bool) throws {
        let folder = try TemporaryFolder()
        try folder.copy(SigLIP.folder + "/siglip2", to: "m")
        if !hasDecoder {
            try folder.write("m/tokenizer_config.json", Array(#"{"pad_token":{"content":"<pad>"}}"#.utf8))
        }
        guard case .siglip(let text) = try ModelLayout(folder: folder.path + "/m").text?.kind else {
            return record("not SigLIP")
        }
        #expect(text.padding == 0)
    }

    @Test func paddingTokenWithoutAnID() throws {
        let folder = try TemporaryFolder()
        try folder.copy(SigLIP.folder + "/siglip", to: "m")
        let file = try folder.write("m/tokenizer_config.json", Array(#"{"pad_token":"<nothing>"}"#.utf8))
        #expect(throws: ModelLayoutError.invalidField(file: file, field: "pad_token")) {
            try ModelLayout(folder: folder.path + "/m")
        }
    }

    /// What a changed configuration is refused for.
    @Test(arguments: [
        ("\"model_type\": \"siglip\"", "\"model_type\": \"siglip2\"", "model_type"),
        ("\"patch_size\": 16", "\"patch_size\": 225", "vision_config.patch_size"),
        ("\"vision_use_head\": true", "\"vision_use_head\": false", "vision_config.vision_use_head"),
        ("\"num_channels\": 3", "\"num_channels\": 4", "vision_config.num_channels"),
        ("\"projection_size\": 16", "\"projection_size\": 24", "text_config.projection_size"),
        ("\"vocab_size\": 573", "\"vocab_size\": 1", "text_config.pad_token_id"),
        ("\"image_size\": 224", "\"image_size\": [224, 224]", "vision_config.image_size"),
        ("\"text_config\"", "\"texts\"", "text_config"),
    ])
    func wrongFieldIsNamed(old: String, new: String, field: String) throws {
        let folder = try TemporaryFolder()
        try folder.copy(SigLIP.folder + "/siglip", to: "m")
        let path = folder.path + "/m/config.json"
        let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        #expect(text.contains(old))
        try folder.write("m/config.json", Array(text.replacing(old, with: new).utf8))
        let error = #expect(throws: ModelLayoutError.self) { try ModelLayout(folder: folder.path + "/m") }
        switch error {
        case .invalidField(_, let found): #expect(found == field)
        case .unsupported(_, let found, _): #expect(found == field)
        default: record("\(String(describing: error))")
        }
    }

    @Test(arguments: [
        ("vision_model.head.probe", "vision_model.head.wrong"), ("text_model.head.bias", "text_model.head.wrong"),
    ])
    func missingTensorIsNamed(tensor: String, wrong: String) throws {
        let folder = try TemporaryFolder()
        try folder.copy(SigLIP.folder + "/siglip", to: "m")
        let path = folder.path + "/m/model.safetensors", bytes = Array(try Data(contentsOf: URL(filePath: path)))
        let length = bytes[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
        let header = String(decoding: bytes[8..<(8 + length)], as: UTF8.self)
        func load(_ header: String) throws {
            try folder.write("m/model.safetensors", safetensors(header, data: Array(bytes[(8 + length)...])))
            let layout = try ModelLayout(folder: folder.path + "/m"), engine = MatrixEngine(threads: 1)
            if tensor.hasPrefix("text") { _ = try layout.makeTextEncoder(engine) } else { _ = try layout.makeImageEncoder(engine) }
        }
        #expect(throws: EncoderLoadingError.weights(.missing(file: path, tensor: tensor))) {
            try load(header.replacing(tensor, with: wrong))
        }
        // A tensor too many, of the same tower.
        let more = header.replacing("\"logit_bias\"", with: "\"\(wrong)\"")
        #expect(throws: EncoderLoadingError.weights(.unexpected(file: path, tensors: [wrong]))) { try load(more) }
        try load(header)
    }
}
