import Testing

@testable import Hub

@Suite struct FileSelectionTests {
    private static func file(_ path: String, size: Int = 1) -> HubFile {
        HubFile(path: path, size: size, digest: .gitBlob(String(repeating: "0", count: 40)))
    }

    private static func select(_ paths: [String]) throws -> [String] {
        try FileSelection(paths.map { file($0) }, of: RepositoryName("acme/model")).all.map(\.path)
    }

    @Test func aCLIPModel() throws {
        let found = try Self.select([
            ".gitattributes", "README.md", "config.json", "flax_model.msgpack", "merges.txt", "model.safetensors",
            "open_clip_config.json", "open_clip_pytorch_model.bin", "open_clip_model.safetensors",
            "preprocessor_config.json",
            "pytorch_model.bin", "special_tokens_map.json", "tf_model.h5", "tokenizer.json", "tokenizer_config.json",
            "vocab.json",
            "onnx/model.onnx", "onnx/config.json", "openvino/openvino_model.bin", "variants/model.safetensors",
        ])
        #expect(
            found == [
                "config.json", "merges.txt", "preprocessor_config.json", "special_tokens_map.json", "tokenizer.json",
                "tokenizer_config.json", "vocab.json", "model.safetensors",
            ])
    }

    @Test func sentenceTransformers() throws {
        let found = try Self.select([
            "modules.json", "config_sentence_transformers.json", "config.json", "sentence_bert_config.json", "vocab.txt",
            "model.safetensors", "1_Pooling/config.json", "2_Dense/config.json", "2_Dense/pytorch_model.bin",
            "x_Dense/config.json",
            "1_/config.json", "2_Dense/deeper/config.json", "3_Den se/config.json", "2_Dense/README.md",
        ])
        #expect(
            found == [
                "1_Pooling/config.json", "2_Dense/config.json", "config.json", "config_sentence_transformers.json",
                "modules.json",
                "sentence_bert_config.json", "vocab.txt", "2_Dense/pytorch_model.bin", "model.safetensors",
            ])
    }

    @Test func theFirstModulesFolderHasTheWeights() throws {
        let found = try Self.select([
            "modules.json", "model.safetensors", "0_CLIPModel/config.json", "0_CLIPModel/model.safetensors",
        ])
        #expect(found == ["0_CLIPModel/config.json", "modules.json", "0_CLIPModel/model.safetensors"])
    }

    @Test func aModelInTwoParts() throws {
        let found = try Self.select([
            "README.md", "image/config.json", "image/model.safetensors", "text/modules.json", "text/model.safetensors",
            "text/1_Pooling/config.json", "audio/config.json",
        ])
        #expect(
            found == [
                "image/config.json", "text/1_Pooling/config.json", "text/modules.json", "image/model.safetensors",
                "text/model.safetensors",
            ])
        // Of a whole model, folders called so are no parts.
        #expect(
            try Self.select(["config.json", "model.safetensors", "text/config.json"]) == [
                "config.json", "model.safetensors",
            ])
    }

    @Test func splitWeights() throws {
        let parts = [
            "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors", "model.safetensors.index.json",
        ]
        let files = (["config.json", "model-extra-of-00002.safetensors"] + parts).map { Self.file($0) }
        let selection = try FileSelection(files, of: RepositoryName("acme/model"))
        #expect(selection.weights.map(\.path) == parts)
        #expect(!selection.hasSplitTorchWeights)
        let torch = ["pytorch_model-00001-of-00001.bin", "pytorch_model.bin.index.json"]
        let other = try FileSelection((["config.json"] + torch).map { Self.file($0) }, of: RepositoryName("acme/model"))
        #expect(other.weights.map(\.path) == torch && other.hasSplitTorchWeights)
        // One file is preferred, whatever its format.
        #expect(try Self.select(parts + ["config.json", "pytorch_model.bin"]) == ["config.json", "pytorch_model.bin"])
    }

    @Test(arguments: ["../config.json", "/etc/passwd", "a//b", "a/./b", "a/../../b", "", "a\0b"])
    func pathsOutside(path: String) throws {
        #expect(throws: HubError.unsafePath(path)) { try Self.select(["config.json", "model.safetensors", path]) }
    }

    @Test func formsThatCannotBeRead() throws {
        let name = try RepositoryName("acme/model")
        #expect(throws: HubError.noWeights(name, found: ["model.gguf", "onnx/model.onnx"])) {
            try Self.select(["config.json", "onnx/model.onnx", "model.gguf"])
        }
        #expect(throws: HubError.noWeights(name, found: [])) { try Self.select(["README.md"]) }
    }

    @Test func sizesAreLimited() throws {
        let name = try RepositoryName("acme/model"), tooLarge = FileSelection.largestDescription + 1
        #expect(throws: HubError.tooLarge(path: "vocab.txt", bytes: tooLarge, limit: FileSelection.largestDescription)) {
            try FileSelection(
                [Self.file("config.json"), Self.file("vocab.txt", size: tooLarge), Self.file("model.safetensors")],
                of: name)
        }
        let limit = FileSelection.largestWeights
        #expect(throws: HubError.tooLarge(path: "model.safetensors", bytes: limit + 1, limit: limit)) {
            try FileSelection([Self.file("config.json"), Self.file("model.safetensors", size: limit + 1)], of: name)
        }
    }
}
