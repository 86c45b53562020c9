import Encoders
import FoundationEssentials
import JSON
import MatrixKernels
import TestSupport
import Testing

/// Weights that do not fit the configuration.
@Suite struct EncoderLoadingTests {
    static let engine = MatrixEngine(threads: 1)

    /// Loads the text side of a copy of `minilm-like` whose weights' header is changed by `edit`.
    private func load(_ edit: (String) -> String) throws {
        let folder = try TemporaryFolder()
        try folder.copy(Small.folder + "/minilm-like", to: "m")
        let path = folder.path + "/m/model.safetensors", bytes = Array(try Data(contentsOf: URL(filePath: path)))
        let length = bytes[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
        let header = String(decoding: bytes[8..<(8 + length)], as: UTF8.self)
        try folder.write("m/model.safetensors", safetensors(edit(header), data: Array(bytes[(8 + length)...])))
        _ = try ModelLayout(folder: folder.path + "/m").makeTextEncoder(Self.engine)
    }

    private func error(_ edit: (String) -> String) -> WeightsError? {
        guard case .weights(let error) = #expect(throws: EncoderLoadingError.self, performing: { try load(edit) }) else {
            return nil
        }
        return error
    }

    @Test func unchangedWeightsLoad() throws { try load { $0 } }

    @Test func aMissingTensorIsNamed() {
        let name = "encoder.layer.1.output.dense.weight"
        let error = error { $0.replacing(name, with: "something.else") }
        guard case .missing(_, tensor: name) = error else { return record("\(String(describing: error))") }
    }

    @Test func anExtraTensorIsNamed() {
        let error = error { $0.replacing("pooler.dense.bias", with: "adapter.weight") }
        guard case .unexpected(_, tensors: ["adapter.weight"]) = error else {
            return record("\(String(describing: error))")
        }
    }

    @Test func aWrongShapeIsNamed() {
        let error = error { $0.replacing("\"shape\":[96,48]", with: "\"shape\":[48,96]") }
        guard case .wrongShape(_, _, expected: [96, 48], found: [48, 96]) = error else {
            return record("\(String(describing: error))")
        }
    }

    @Test func aWrongTypeIsNamed() {
        let error = error { $0.replacing("\"dtype\":\"BF16\"", with: "\"dtype\":\"I16\"") }
        guard case .unsupported(_, .elementType(_, type: "I16")) = error else {
            return record("\(String(describing: error))")
        }
    }

    @Test func sidesThatAreNotThere() throws {
        let layout = try Small.layout("minilm-like")
        #expect(throws: EncoderLoadingError.noImageSide(folder: layout.folder)) {
            try layout.makeImageEncoder(Self.engine)
        }
        let image = try ModelLayout(folder: Repository.root + "/Models/compact/image")
        #expect(throws: EncoderLoadingError.noTextSide(folder: image.folder)) { try image.makeTextEncoder(Self.engine) }
    }
}
