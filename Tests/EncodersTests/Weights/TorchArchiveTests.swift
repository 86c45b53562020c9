import Encoders
import Files
import FoundationEssentials
import TestSupport
import Testing

@Suite struct TorchArchiveTests {
    static func read(_ bytes: [UInt8]) throws -> WeightFile {
        let folder = try TemporaryFolder()
        return try WeightFile(path: folder.write("pytorch_model.bin", bytes))
    }

    static func error(_ bytes: [UInt8]) -> WeightsError? {
        #expect(throws: WeightsError.self) { try read(bytes) }
    }

    /// Strided, shifted and shared views of one storage.
    @Test func viewsOfOneStorage() throws {
        let pickle = PickleBuilder.dictionary { builder in
            builder.string("plain")
            builder.tensor(count: 6, shape: [2, 3], strides: [3, 1])
            builder.string("transposed")
            builder.tensor(count: 6, shape: [3, 2], strides: [1, 3])
            builder.string("shifted")
            builder.tensor(count: 6, offset: 4, shape: [2], strides: [1])
            builder.string("scalar")
            builder.tensor(count: 6, offset: 5, shape: [], strides: [])
        }
        let file = try Self.read(torchArchive(pickle))
        #expect(try file.tensors["plain"]?.floats() == [0, 1, 2, 3, 4, 5])
        #expect(try file.tensors["transposed"]?.floats() == [0, 3, 1, 4, 2, 5])
        #expect(try file.tensors["shifted"]?.floats() == [4, 5])
        #expect(try file.tensors["scalar"]?.floats() == [5])
    }

    @Test func byteOrderMustBeLittle() throws {
        let pickle = PickleBuilder.dictionary { _ in }
        #expect(try Self.read(torchArchive(pickle, extra: [("archive/byteorder", Array("little".utf8))])).tensors.isEmpty)
        let big = torchArchive(pickle, extra: [("archive/byteorder", Array("big".utf8))])
        guard case .unsupported(_, .bigEndian) = Self.error(big) else { return record("taken") }
    }

    struct View: CustomTestStringConvertible {
        var count: Int32 = 6, offset: Int32 = 0
        var shape: [Int32], strides: [Int32]
        var testDescription: String { "\(count) at \(offset): \(shape) by \(strides)" }
    }

    static let outside = [
        View(count: 7, shape: [7], strides: [1]), View(offset: 6, shape: [1], strides: [1]),
        View(offset: -1, shape: [1], strides: [1]), View(shape: [2, 3], strides: [6, 1]),
        View(shape: [-1], strides: [1]), View(shape: [2], strides: [-1]), View(shape: [2], strides: [1, 1]),
        View(shape: [1_000_000, 1_000_000], strides: [0, 0]), View(shape: [.max, .max, .max], strides: [1, 1, 1]),
        View(shape: [2, 3], strides: [0, 1]),
    ]

    @Test(arguments: outside)
    func viewsOutsideTheStorage(view: View) {
        let pickle = PickleBuilder.dictionary { builder in
            builder.string("w")
            builder.tensor(count: view.count, offset: view.offset, shape: view.shape, strides: view.strides)
        }
        let error = Self.error(torchArchive(pickle))
        guard case .outOfBounds(_, tensor: "w") = error else { return record("\(String(describing: error))") }
    }

    @Test func missingStorageNamesTheTensor() {
        let pickle = PickleBuilder.dictionary { builder in
            builder.string("w")
            builder.tensor(key: "17", count: 6, shape: [6], strides: [1])
        }
        guard case .missing(_, tensor: "w") = Self.error(torchArchive(pickle)) else { return record("taken") }
    }

    @Test func anArchiveWithoutAPickle() {
        guard case .damaged(_, .notTensors) = Self.error(zip([("readme", [1, 2, 3])])) else {
            return record("taken")
        }
    }

    /// Neither format: the file is named, not guessed at.
    @Test func unknownFormat() throws {
        guard case .unknownFormat = Self.error(Array("GGUF and more".utf8)) else { return record("taken") }
        #expect(throws: WeightsError.file(FileError(.open, path: "/nowhere/model.bin", code: 2))) {
            try WeightFile(path: "/nowhere/model.bin")
        }
    }
}
