import TestSupport
import Testing

@testable import ImagePreprocessing

/// Ordinary PNGs, which are inflated at once, beside the specification's own words on filters.
@Suite struct PNGFilterTests {
    /// Rows of random bytes under each filter, and what they are without (PNG specification, section 9.2).
    private static func filtered(_ colourType: UInt8, _ channels: Int, width: Int = 13) -> (file: PNGWriter, plain: [[Int]]) {
        var random = SeededGenerator(seed: UInt64(channels))
        let filters: [UInt8] = [0, 1, 2, 3, 4, 4, 3, 2, 1, 0]
        let rows = filters.map { _ in (0..<(width * channels)).map { _ in UInt8.random(in: 0...255, using: &random) } }
        var plain: [[Int]] = [], above = [Int](repeating: 0, count: width * channels)
        for (filter, row) in zip(filters, rows) {
            var values: [Int] = []
            for (index, byte) in row.enumerated() {
                let isFirst = index < channels
                let left = isFirst ? 0 : values[index - channels], up = above[index], corner = isFirst ? 0 : above[index - channels]
                values.append((Int(byte) + predicted(filter, left, up, corner)) & 255)
            }
            plain.append(values)
            above = values
        }
        return (PNGWriter(width: UInt32(width), height: UInt32(rows.count), colourType: colourType, rows: rows, filters: filters), plain)
    }

    private static func predicted(_ filter: UInt8, _ left: Int, _ up: Int, _ corner: Int) -> Int {
        switch filter {
        case 1: return left
        case 2: return up
        case 3: return (left + up) / 2
        case 4:
            let estimate = left + up - corner
            let distances = [abs(estimate - left), abs(estimate - up), abs(estimate - corner)]
            if distances[0] <= distances[1], distances[0] <= distances[2] { return left }
            return distances[1] <= distances[2] ? up : corner
        default: return 0
        }
    }

    @Test(arguments: [(UInt8(0), 1), (2, 3), (4, 2), (6, 4)]) func filtersAreTakenBack(_ colourType: UInt8, _ channels: Int) throws {
        var (file, plain) = Self.filtered(colourType, channels)
        let expected = plain.flatMap { row in
            stride(from: 0, to: row.count, by: channels).flatMap { (start: Int) -> [Int] in
                channels < 3 ? [row[start], row[start], row[start]] : Array(row[start..<(start + 3)])
            }
        }
        for chunks in [1, 2, 5] {
            file.chunks = chunks
            #expect(try ImageDecoder(transparency: .drop).decode(file.bytes).pixels.map(Int.init) == expected)
        }
    }

    @Test func palettesAreLookedUp() throws {
        var (file, plain) = Self.filtered(3, 1)
        file.palette = (0..<(100 * 3)).map { UInt8(truncatingIfNeeded: $0 * 7) }
        file.transparency = [0, 128]
        let indices = plain.flatMap { $0 }
        let colours = indices.map { (index: Int) -> [Int] in
            (0..<3).map { (channel: Int) -> Int in index < 100 ? ((index * 3 + channel) * 7) & 255 : 0 }
        }
        #expect(try ImageDecoder(transparency: .drop).decode(file.bytes).pixels.map(Int.init) == colours.flatMap { $0 })
        let blended = zip(indices, colours).flatMap { (index: Int, colour: [Int]) -> [Int] in
            let alpha = index == 0 ? 0 : index == 1 ? 128 : 255
            return colour.map { (value: Int) -> Int in
                let sum = value * alpha + 255 * (255 - alpha) + 128
                return (sum + (sum >> 8)) >> 8
            }
        }
        #expect(try ImageDecoder().decode(file.bytes).pixels.map(Int.init) == blended)
    }

    /// What is wrong with a stream, libpng says, as it ever did.
    @Test func damageIsStillFound() throws {
        let (file, _) = Self.filtered(2, 3)
        let bytes = file.bytes
        func fails(_ change: (inout [UInt8]) -> Void) -> Bool {
            var damaged = bytes
            change(&damaged)
            do throws(ImageError) {
                _ = try ImageDecoder().decode(damaged)
                return false
            } catch {
                switch error {
                case .corrupt(.png, _), .truncated(.png, _): return true
                default: return false
                }
            }
        }
        #expect(!fails { _ in })
        // A byte of the pixels: the chunk's checksum is not right any more.
        #expect(fails { $0[80] ^= 1 })
        #expect(fails { $0.removeLast(60) })
        var unknown = file
        unknown.filters?[3] = 5
        #expect(throws: ImageError.self) { try ImageDecoder().decode(unknown.bytes) }
        var short = file
        short.rows.removeLast()
        #expect(throws: ImageError.self) { try ImageDecoder().decode(short.bytes) }
    }
}
