import Testing

@testable import ImagePreprocessing

/// A TIFF structure made by hand: directories of entries, and values that have no room in them.
struct TIFFWriter {
    enum Value {
        case short(Int)
        case text(String)
        case rationals([(Int, Int)])
        /// The offset of the directory of this number.
        case directory(Int)
    }

    var bigEndian = true

    func number(_ value: Int, _ count: Int) -> [UInt8] {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * (count - 1 - $0))) }
        return bigEndian ? bytes : bytes.reversed()
    }

    /// The first directory is the root; directories and then their values follow each other.
    func bytes(_ directories: [[(tag: Int, value: Value)]]) -> [UInt8] {
        var starts: [Int] = []
        var position = 8
        for directory in directories {
            starts.append(position)
            position += 2 + directory.count * 12 + 4
        }
        var heap: [UInt8] = [], entries: [UInt8] = []
        for directory in directories {
            entries += number(directory.count, 2)
            for (tag, value) in directory {
                let (type, count, content): (Int, Int, [UInt8]) =
                    switch value {
                    case .short(let value): (3, 1, number(value, 2) + [0, 0])
                    case .text(let text): (2, text.utf8.count + 1, Array(text.utf8) + [0])
                    case .rationals(let pairs): (5, pairs.count, pairs.flatMap { number($0.0, 4) + number($0.1, 4) })
                    case .directory(let index): (4, 1, number(starts[index], 4))
                    }
                entries += number(tag, 2) + number(type, 2) + number(count, 4)
                if content.count <= 4 {
                    entries += content + [UInt8](repeating: 0, count: 4 - content.count)
                } else {
                    entries += number(position + heap.count, 4)
                    heap += content
                }
            }
            entries += [0, 0, 0, 0]
        }
        return Array((bigEndian ? "MM" : "II").utf8) + number(42, 2) + number(8, 4) + entries + heap
    }

    static func jpeg(_ tiff: [UInt8]) -> [UInt8] {
        let content = Array("Exif\0\0".utf8) + tiff
        let length = content.count + 2
        return [0xFF, 0xD8, 0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 255)] + content + [0xFF, 0xDA]
    }
}

@Suite struct ExifMetadataTests {
    private func metadata(_ directories: [[(tag: Int, value: TIFFWriter.Value)]], bigEndian: Bool = true) -> ExifMetadata {
        ExifMetadata(of: TIFFWriter.jpeg(TIFFWriter(bigEndian: bigEndian).bytes(directories)), format: .jpeg)
    }

    private func gps(_ latitude: [(Int, Int)], _ north: String, _ longitude: [(Int, Int)], _ east: String) -> ExifMetadata {
        metadata([
            [(0x8825, .directory(1))],
            [(1, .text(north)), (2, .rationals(latitude)), (3, .text(east)), (4, .rationals(longitude))],
        ])
    }

    @Test(arguments: [true, false]) func readsWhatCamerasWrite(_ bigEndian: Bool) throws {
        let found = metadata(
            [
                [(0x0112, .short(6)), (0x0132, .text("2020:01:01 00:00:00")), (0x8769, .directory(1)), (0x8825, .directory(2))],
                [(0x9003, .text("2024:05:01 12:30:05")), (0x9011, .text("+02:00"))],
                [
                    (1, .text("S")), (2, .rationals([(33, 1), (51, 1), (2400, 100)])), (3, .text("E")),
                    (4, .rationals([(151, 1), (12, 1), (36, 1)])),
                ],
            ], bigEndian: bigEndian)
        #expect(found.orientation == .quarterRight)
        #expect(found.date == "2024-05-01T12:30:05+02:00")
        let location = try #require(found.location)
        #expect(abs(location.latitude + 33.8566667) < 1e-6 && abs(location.longitude - 151.21) < 1e-6)
    }

    @Test func datesFallBackAndNonsenseIsNone() {
        #expect(metadata([[(0x0132, .text("2020:02:29 23:59:59"))]]).date == "2020-02-29T23:59:59")
        let bad = [
            "2021:02:29 00:00:00", "0000:00:00 00:00:00", "    :  :     :  :  ", "2020:13:01 00:00:00", "2020:01:01 24:00:00", "2020:01:01",
            "", "2020:01:01 00:00:xx", "2020-01:01 00-00:00",
        ]
        for text in bad { #expect(metadata([[(0x0132, .text(text))]]).date == nil, "\(text)") }
        let strange = metadata([[(0x8769, .directory(1))], [(0x9003, .text("2024:05:01 12:30:05")), (0x9011, .text("+99:00"))]])
        #expect(strange.date == "2024-05-01T12:30:05")
    }

    @Test func placesThatAreNoneAreLeftOut() {
        #expect(gps([(1, 1), (0, 1), (0, 1)], "N", [(2, 1), (0, 1), (0, 1)], "W").location == .init(latitude: 1, longitude: -2))
        #expect(gps([(91, 1), (0, 1), (0, 1)], "N", [(2, 1), (0, 1), (0, 1)], "E").location == nil)
        #expect(gps([(1, 0), (0, 1), (0, 1)], "N", [(2, 1), (0, 1), (0, 1)], "E").location == nil)
        #expect(gps([(1, 1), (60, 1), (0, 1)], "N", [(2, 1), (0, 1), (0, 1)], "E").location == nil)
        #expect(gps([(1, 1), (0, 1)], "N", [(2, 1), (0, 1), (0, 1)], "E").location == nil)
        #expect(gps([(1, 1), (0, 1), (0, 1)], "X", [(2, 1), (0, 1), (0, 1)], "E").location == nil)
    }

    /// Every prefix, and every byte put to its extremes, is read without leaving the bytes.
    @Test(arguments: [true, false]) func brokenFilesAreSurvived(_ bigEndian: Bool) {
        let whole = TIFFWriter.jpeg(
            TIFFWriter(bigEndian: bigEndian).bytes([
                [(0x0112, .short(6)), (0x8769, .directory(1)), (0x8825, .directory(2))],
                [(0x9003, .text("2024:05:01 12:30:05"))],
                [(1, .text("N")), (2, .rationals([(1, 1), (2, 1), (3, 1)])), (3, .text("E")), (4, .rationals([(1, 1), (2, 1), (3, 1)]))],
            ]))
        for count in whole.indices { _ = ExifMetadata(of: Array(whole[..<count]), format: .jpeg) }
        for place in whole.indices {
            for value: UInt8 in [0, 0x7F, 0x80, 0xFF] {
                var changed = whole
                changed[place] = value
                let found = ExifMetadata(of: changed, format: .jpeg)
                if let location = found.location { #expect(abs(location.latitude) <= 90 && abs(location.longitude) <= 180) }
            }
        }
    }

    /// A directory that says it has 65535 entries, and one that points to itself.
    @Test func directoriesThatLieAreBounded() {
        let writer = TIFFWriter()
        let many = Array("MM".utf8) + writer.number(42, 2) + writer.number(8, 4) + [0xFF, 0xFF] + [UInt8](repeating: 0xFF, count: 40)
        #expect(ExifMetadata(of: TIFFWriter.jpeg(many), format: .jpeg).orientation == .upright)
        let loop = writer.bytes([[(0x8769, .directory(0)), (0x8825, .directory(0)), (0x0132, .text("2020:01:01 00:00:00"))]])
        #expect(ExifMetadata(of: TIFFWriter.jpeg(loop), format: .jpeg).date == "2020-01-01T00:00:00")
    }
}
