import Encoders
import Testing

@Suite struct PickleMachineTests {
    static func error(_ pickle: [UInt8]) -> WeightsError? { TorchArchiveTests.error(torchArchive(pickle)) }

    static let forbidden = [
        ("os", "system"), ("builtins", "eval"), ("posix", "system"), ("torch._utils", "_rebuild_tensor"),
        ("collections", "defaultdict"), ("torch", "load"), ("", ""), ("subprocess", "Popen"),
    ]

    @Test(arguments: forbidden)
    func forbiddenGlobalsAreNamed(module: String, name: String) {
        var builder = PickleBuilder()
        builder.global(module, name)
        builder.string("touch /tmp/owned")
        builder.raw([0x85])
        builder.op("R")
        builder.op(".")
        guard case .forbiddenGlobal(_, let found) = Self.error(builder.bytes) else { return record("taken") }
        #expect(found == "\(module).\(name)")
    }

    @Test func forbiddenGlobalsFromTheStackToo() {
        var builder = PickleBuilder()
        builder.string("os")
        builder.string("system")
        builder.raw([0x93])
        builder.op(".")
        guard case .forbiddenGlobal(_, name: "os.system") = Self.error(builder.bytes) else {
            return record("taken")
        }
    }

    /// INST, OBJ, NEWOBJ, EXT1, PERSID and text forms: none is known.
    @Test(arguments: [UInt8(ascii: "i"), UInt8(ascii: "o"), 0x81, 0x82, 0x92, UInt8(ascii: "P"), UInt8(ascii: "I"), 0xFF])
    func unknownOperationsAreNamed(code: UInt8) {
        guard case .unsupported(_, .pickleOperation(let found, let offset)) = Self.error([0x80, 2, code]) else {
            return record("taken")
        }
        #expect(found == code && offset == 2)
    }

    @Test func containersAreLimited() {
        let item: [UInt8] = [UInt8(ascii: "K"), 1, UInt8(ascii: "a")]
        let list = [0x80, 2, UInt8(ascii: "]")] + [[UInt8]](repeating: item, count: 1_100_000).joined() + [UInt8(ascii: ".")]
        guard case .damaged(_, .pickleLimit) = Self.error(list) else { return record("taken") }
    }

    /// What is kept in tuples counts, though each is small in the file.
    @Test func tuplesAreCounted() {
        let tuple = Array("(".utf8) + [UInt8](repeating: UInt8(ascii: "N"), count: 100_000) + Array("t0".utf8)
        let program = [[UInt8]](repeating: tuple, count: 11).joined() + Array("N.".utf8)
        guard case .damaged(_, .pickleLimit) = Self.error(Array(program)) else { return record("taken") }
    }

    static let broken: [[UInt8]] = [
        [], [0x80], Array("0.".utf8), Array("t.".utf8), Array("u.".utf8), Array("}u.".utf8), Array("}NNs".utf8),
        Array("NR.".utf8), Array(")R.".utf8), Array("NQ.".utf8), Array("h\u{5}.".utf8), Array("q\u{5}.".utf8),
        Array("X".utf8) + [0xFF, 0xFF, 0xFF, 0x7F, 0x41], Array("cno newline".utf8), [0x8A, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        Array("}(Nu.".utf8), Array("N(s".utf8),
    ]

    @Test(arguments: broken)
    func brokenPrograms(pickle: [UInt8]) {
        let error = Self.error(pickle)
        guard case .damaged(_, .malformedPickle) = error else { return record("\(String(describing: error))") }
    }

    @Test func deepNestingIsRefused() {
        let tuples = [UInt8(ascii: ")")] + [UInt8](repeating: 0x85, count: 100_000) + [UInt8(ascii: ".")]
        guard case .damaged(_, .pickleLimit) = Self.error(tuples) else { return record("taken") }
        // Lists within lists are held by number and need no depth, but are no dictionary of tensors.
        let lists = [UInt8](repeating: UInt8(ascii: "]"), count: 100_000)
            + [UInt8](repeating: UInt8(ascii: "a"), count: 99_999) + [UInt8(ascii: ".")]
        guard case .damaged(_, .notTensors) = Self.error(lists) else { return record("taken") }
        let marks = [UInt8](repeating: UInt8(ascii: "("), count: 2_000_000)
        guard case .damaged(_, .pickleLimit) = Self.error(marks) else { return record("taken") }
    }

    @Test func otherThingsThanTensorsAreRefused() {
        let values = PickleBuilder.dictionary { builder in
            builder.string("epoch")
            builder.integer(3)
        }
        guard case .damaged(_, .notTensors) = Self.error(values) else { return record("taken") }
        guard case .damaged(_, .notTensors) = Self.error(Array("N.".utf8)) else { return record("taken") }
    }

    /// Whatever one byte is changed to, reading ends, in tensors or in an error.
    @Test func everyChangedByteIsSurvived() throws {
        let pickle = PickleBuilder.dictionary { builder in
            builder.string("w")
            builder.tensor(count: 6, shape: [2, 3], strides: [3, 1])
        }
        let archive = torchArchive(pickle)
        for index in archive.indices {
            for change in [UInt8(1), 0x80, 0xFF] {
                var changed = archive
                changed[index] ^= change
                _ = try? TorchArchiveTests.read(changed).tensors["w"]?.floats()
            }
        }
    }
}
