/// Vectors that are written as text: hexadecimal digits, or base64 of the numbers' bytes.
///
/// Source: Elasticsearch's reference of `dense_vector` and of the `knn` query. Floats are big-endian.
enum VectorText {
    /// The numbers of a text; nil if it is neither form.
    ///
    /// What is both is read as hexadecimal if that gives the number of dimensions; the caller says what a wrong number
    /// means.
    /// - Parameters:
    ///   - dimensions: nil if they are not known yet.
    ///   - takesHexadecimal: whether bytes in hexadecimal digits may stand for the numbers.
    static func components(
        _ text: String, _ type: VectorElementType, dimensions: Int?, takesHexadecimal: Bool = true
    ) -> [Float]? {
        let count = dimensions.map { $0 / type.dimensionsPerComponent }
        let hexadecimal = takesHexadecimal ? hexadecimal(text) : nil
        if let hexadecimal, hexadecimal.count == count || (count == nil && type.isIntegral) { return signed(hexadecimal) }
        guard let bytes = base64(text) else { return hexadecimal.map(signed) }
        // Bytes in base64 are whole groups: an odd number of digits is a mistake.
        if type.isIntegral, text.utf8.count % 4 != 0 { return hexadecimal.map(signed) }
        if type.isIntegral {
            return count == nil || bytes.count == count ? signed(bytes) : hexadecimal.map(signed) ?? signed(bytes)
        }
        if type == .bfloat16, let count, bytes.count == 2 * count {
            return stride(from: 0, to: bytes.count, by: 2).map {
                Float(bitPattern: UInt32(bytes[$0]) << 24 | UInt32(bytes[$0 + 1]) << 16)
            }
        }
        guard bytes.count % 4 == 0 else { return hexadecimal.map(signed) }
        let floats = stride(from: 0, to: bytes.count, by: 4).map { start in
            Float(bitPattern: bytes[start..<(start + 4)].reduce(0) { $0 << 8 | UInt32($1) })
        }
        return count == nil || floats.count == count ? floats : hexadecimal.map(signed) ?? floats
    }

    /// The numbers as base64 of their bytes.
    static func base64(_ values: [Float]) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(values.count * 4)
        for value in values { withUnsafeBytes(of: value.bitPattern.bigEndian) { bytes.append(contentsOf: $0) } }
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let part = bytes[start..<min(start + 3, bytes.count)]
            let word = part.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - part.count))
            for place in 0..<4 {
                text.append(place <= part.count ? digits[Int(word >> UInt32(18 - 6 * place)) & 63] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func signed(_ bytes: [UInt8]) -> [Float] { bytes.map { Float(Int8(bitPattern: $0)) } }

    private static func hexadecimal(_ text: String) -> [UInt8]? {
        let digits = text.utf8.compactMap { byte -> UInt8? in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
            default: nil
            }
        }
        guard digits.count == text.utf8.count, digits.count % 2 == 0 else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    /// RFC 4648, section 4; padding may be left out.
    private static func base64(_ text: String) -> [UInt8]? {
        var characters = Array(text.utf8)
        if characters.count % 4 == 0 {
            for _ in 0..<2 where characters.last == UInt8(ascii: "=") { characters.removeLast() }
        }
        guard characters.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(characters.count / 4 * 3 + 2)
        var pending: UInt32 = 0, bits = 0
        for character in characters {
            guard let value = value(ofBase64: character) else { return nil }
            pending = pending << 6 | value
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: pending >> UInt32(bits)))
                pending &= 1 << UInt32(bits) - 1
            }
        }
        return bytes
    }

    private static func value(ofBase64 character: UInt8) -> UInt32? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
