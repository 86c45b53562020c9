/// Makes small PNG files of any kind, so that tests can say what is in them.
struct PNGWriter {
    var width: UInt32
    var height: UInt32 = 1
    var depth: UInt8 = 8
    var colourType: UInt8
    var palette: [UInt8]?
    var transparency: [UInt8]?
    /// Rows of packed samples, without filter bytes.
    var rows: [[UInt8]]
    /// The filter byte of each row; nil: none is filtered.
    var filters: [UInt8]?
    /// How many IDAT chunks the stream is cut into.
    var chunks = 1

    var bytes: [UInt8] {
        var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        file += chunk("IHDR", big(width) + big(height) + [depth, colourType, 0, 0, 0])
        if let palette { file += chunk("PLTE", palette) }
        if let transparency { file += chunk("tRNS", transparency) }
        let stream = stored(zip(filters ?? rows.map { _ in 0 }, rows).flatMap { [$0] + $1 })
        for part in 0..<chunks { file += chunk("IDAT", Array(stream[(part * stream.count / chunks)..<((part + 1) * stream.count / chunks)])) }
        return file + chunk("IEND", [])
    }

    private func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        let named = Array(name.utf8) + content
        return big(UInt32(content.count)) + named + big(checksum(named))
    }

    /// A zlib stream of one stored block.
    private func stored(_ data: [UInt8]) -> [UInt8] {
        let count = UInt16(data.count)
        var a: UInt32 = 1, b: UInt32 = 0
        for byte in data {
            a = (a + UInt32(byte)) % 65521
            b = (b + a) % 65521
        }
        return [0x78, 0x01, 0x01] + little(count) + little(~count) + data + big(b << 16 | a)
    }

    private func checksum(_ data: [UInt8]) -> UInt32 {
        ~data.reduce(~UInt32(0)) { crc, byte in
            (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
    }

    private func big(_ value: UInt32) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) } }
    private func little(_ value: UInt16) -> [UInt8] { [UInt8(value & 255), UInt8(value >> 8)] }
}
