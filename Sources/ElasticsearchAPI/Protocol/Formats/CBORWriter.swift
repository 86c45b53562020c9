public import JSON

/// Writes values as CBOR (RFC 8949).
public struct CBORWriter {
    private var bytes: [UInt8] = []

    private init() {}

    /// The value as CBOR, lengths given: arrays and objects are never open-ended.
    public static func bytes(_ value: JSONValue) -> [UInt8] {
        var writer = CBORWriter()
        writer.write(value)
        return writer.bytes
    }

    private mutating func write(_ value: JSONValue) {
        switch value {
        case .null: bytes.append(0xf6)
        case .bool(let flag): bytes.append(flag ? 0xf5 : 0xf4)
        case .int(let number):
            if number >= 0 { head(0, UInt64(number)) } else { head(1, ~UInt64(bitPattern: Int64(number))) }
        case .unsigned(let number): head(0, number)
        case .double(let number):
            bytes.append(0xfb)
            big(number.bitPattern)
        case .float(let number):
            bytes.append(0xfa)
            big(number.bitPattern)
        case .string(let text):
            head(3, UInt64(text.utf8.count))
            bytes.append(contentsOf: text.utf8)
        case .array(let values):
            head(4, UInt64(values.count))
            for value in values { write(value) }
        case .floats(let values):
            head(4, UInt64(values.count))
            for value in values { write(.float(value)) }
        case .object(let members):
            head(5, UInt64(members.count))
            for member in members {
                write(.string(member.key))
                write(member.value)
            }
        case .raw(let json): write((try? JSONDocument(parsing: json)).map { JSONValue($0.root) } ?? .null)
        }
    }

    private mutating func head(_ major: UInt8, _ value: UInt64) {
        let top = major << 5
        switch value {
        case 0..<24: bytes.append(top | UInt8(value))
        case 24..<0x100:
            bytes.append(top | 24)
            bytes.append(UInt8(value))
        case 0x100..<0x1_0000:
            bytes.append(top | 25)
            big(UInt16(value))
        case 0x1_0000..<0x1_0000_0000:
            bytes.append(top | 26)
            big(UInt32(value))
        default:
            bytes.append(top | 27)
            big(value)
        }
    }

    private mutating func big(_ value: some FixedWidthInteger) {
        for shift in stride(from: value.bitWidth - 8, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
    }
}
