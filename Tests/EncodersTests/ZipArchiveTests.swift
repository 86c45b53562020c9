import Encoders
import Testing

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

    /// What could swell when unpacked is not unpacked at all.
    @Test func compressedEntriesAreNamed() {
        let error = TorchArchiveTests.error(zip([("archive/data.pkl", [1, 2, 3])], method: 8))
        guard case .unsupported(_, .compressedEntry(name: "archive/data.pkl")) = error else {
            return record("\(String(describing: error))")
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
            #expect(throws: WeightsError.self) { try TorchArchiveTests.read(archive) }
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
        #expect(throws: WeightsError.self) { try TorchArchiveTests.read(archive) }
    }
}
