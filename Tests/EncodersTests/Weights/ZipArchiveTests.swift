import Encoders
import Testing
import TestSupport

@Suite struct ZipArchiveTests {
    static let sound = torchArchive(PickleBuilder.dictionary { builder in
        builder.string("w")
        builder.tensor(count: 6, shape: [6], strides: [1])
    })

    @Test func soundArchive() throws {
        #expect(try TorchArchiveTests.read(Self.sound).tensors["w"]?.floats() == [0, 1, 2, 3, 4, 5])
    }

    @Test func everyTruncationIsRefused() {
        for count in Self.sound.indices {
            #expect(throws: WeightsError.self) { try TorchArchiveTests.read(Array(Self.sound[..<count])) }
        }
    }

    /// Deflate alone is known, and not for tensors.
    @Test(arguments: [UInt16(8), 12])
    func compressedEntriesAreNamed(method: UInt16) {
        let error = TorchArchiveTests.error(zip([("archive/data.pkl", [1, 2, 3])], method: method))
        guard case .unsupported(_, .compressedEntry(name: "archive/data.pkl")) = error else {
            return record("\(String(describing: error))")
        }
    }

    /// An archive whose code is deflated: these bytes, said to become so many.
    static func withCode(_ packed: [UInt8], size: Int) -> [UInt8] {
        zip(
            [("a/data.pkl", module()), ("a/constants.pkl", Array(").".utf8)), ("a/code/__torch__.py", packed)],
            deflated: ["a/code/__torch__.py": UInt32(size)])
    }

    /// Deflate's own way to store bytes unpacked (RFC 1951, 3.2.4).
    static func storedBlock(_ bytes: [UInt8]) -> [UInt8] {
        let count = UInt16(bytes.count)
        return [1] + littleEndian(count) + littleEndian(~count) + bytes
    }

    @Test func deflatedCode() {
        let code = Array(forward("    return torch.unheard(mask)").utf8), packed = Self.storedBlock(code)
        let error = ScriptTracerTests.error(Self.withCode(packed, size: code.count))
        guard case .unmapped(operation: "torch.unheard", _) = error else { return record("\(String(describing: error))") }
    }

    /// Neither more nor less may come out than is announced, and never many times what went in.
    @Test func lyingSizes() {
        let code = Array(forward("    return mask").utf8), packed = Self.storedBlock(code)
        for (packed, size) in [
            (packed, code.count - 1), (packed, code.count + 1), (packed + [0], code.count),
            (Array(packed.dropLast()), code.count), (packed, 1 << 30), (packed, packed.count * 251 + 250), ([], 0), ([], 7), ([0xFF, 0xFF], 8),
        ] {
            let error = TorchArchiveTests.error(Self.withCode(packed, size: size))
            guard case .damaged(_, .malformedEntry(name: "a/code/__torch__.py")) = error else {
                return record("\(size): \(String(describing: error))")
            }
        }
    }

    @Test func namesMustDiffer() {
        let error = TorchArchiveTests.error(zip([("archive/data.pkl", [1]), ("archive/data.pkl", [2])]))
        guard case .damaged(_, .malformedEntry(name: "archive/data.pkl")) = error else {
            return record("\(String(describing: error))")
        }
    }

    @Test(arguments: [8, 10, 12, 16])
    func theEndRecordLies(field: Int) {
        var archive = Self.sound
        let end = archive.count - 22
        archive[end + field] ^= 0x7F
        archive[end + field + 1] ^= 0x7F
        if field == 8 {
            // The number of entries on this disk says nothing that the total does not.
            #expect(throws: Never.self) { try TorchArchiveTests.read(archive) }
        } else {
            #expect(thrownCase { try TorchArchiveTests.read(archive) } == "damaged")
        }
    }

    /// A file of more than 4 GiB keeps its numbers in the Zip64 records.
    @Test func zip64Records() throws {
        var archive = Self.sound
        let end = archive.count - 22
        func number(_ offset: Int, _ width: Int) -> UInt64 {
            archive[(end + offset)..<(end + offset + width)].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
        let (entries, size, start) = (number(10, 2), number(12, 4), number(16, 4))
        var record = littleEndian(UInt32(0x0606_4b50)) + littleEndian(UInt64(44)) + [UInt8](repeating: 0, count: 12)
        record += littleEndian(entries) + littleEndian(entries) + littleEndian(size) + littleEndian(start)
        let locator = littleEndian(UInt32(0x0706_4b50)) + littleEndian(UInt32(0)) + littleEndian(UInt64(end))
            + littleEndian(UInt32(1))
        for index in (end + 10)..<(end + 20) { archive[index] = 0xFF }
        archive.insert(contentsOf: record + locator, at: end)
        #expect(try TorchArchiveTests.read(archive).tensors["w"]?.floats() == [0, 1, 2, 3, 4, 5])
        archive[end + 32] = 0xEE
        #expect(thrownCase { try TorchArchiveTests.read(archive) } == "damaged")
    }
}
