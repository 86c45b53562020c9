public import JSON

/// Reads CBOR (RFC 8949) as far as it holds what JSON can.
public struct CBORReader {
    /// What is no CBOR, or more than JSON has.
    public struct Malformed: Error, Equatable {
        public var offset: Int
    }

    private static let maximumDepth = 256

    private let bytes: [UInt8]
    private var position = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// - Throws: `Malformed`.
    public static func value(_ bytes: some Sequence<UInt8>) throws(Malformed) -> JSONValue {
        var reader = CBORReader(Array(bytes))
        let value = try reader.value(depth: 0)
        guard reader.position == reader.bytes.count else { throw reader.malformed }
        return value
    }

    private var malformed: Malformed { Malformed(offset: position) }

    private mutating func byte() throws(Malformed) -> UInt8 {
        guard position < bytes.count else { throw malformed }
        defer { position += 1 }
        return bytes[position]
    }

    private mutating func big(_ count: Int) throws(Malformed) -> UInt64 {
        var value: UInt64 = 0
        for _ in 0..<count { value = value << 8 | UInt64(try byte()) }
        return value
    }

    private mutating func argument(_ low: UInt8) throws(Malformed) -> UInt64 {
        switch low {
        case 0..<24: return UInt64(low)
        case 24...27: return try big(1 << Int(low - 24))
        default: throw malformed
        }
    }

    private mutating func value(depth: Int) throws(Malformed) -> JSONValue {
        guard depth < Self.maximumDepth else { throw malformed }
        let first = try byte()
        let (major, low) = (first >> 5, first & 31)
        switch major {
        case 0:
            let number = try argument(low)
            return Int(exactly: number).map { .int($0) } ?? .unsigned(number)
        case 1:
            guard let number = Int(exactly: try argument(low)) else { throw malformed }
            return .int(-1 - number)
        case 3: return .string(try text(low))
        case 4:
            var values: [JSONValue] = []
            try items(low) { (reader) throws(Malformed) in values.append(try reader.value(depth: depth + 1)) }
            return .array(values)
        case 5:
            var pairs: [(String, JSONValue)] = []
            try items(low) { (reader) throws(Malformed) in
                guard case .string(let key) = try reader.value(depth: depth + 1) else { throw reader.malformed }
                pairs.append((key, try reader.value(depth: depth + 1)))
            }
            return .object(JSONMembers(pairs))
        // A tag says what its value is for, which JSON does not know.
        case 6:
            _ = try argument(low)
            return try value(depth: depth + 1)
        case 7: return try simple(low)
        default: throw malformed
        }
    }

    /// - Parameter body: reads one item.
    private mutating func items(_ low: UInt8, _ body: (inout CBORReader) throws(Malformed) -> Void) throws(Malformed) {
        if low == 31 {
            while position < bytes.count, bytes[position] != 0xff { try body(&self) }
            _ = try byte()
            return
        }
        let count = try argument(low)
        // Each takes a byte at least.
        guard count <= UInt64(bytes.count - position) else { throw malformed }
        for _ in 0..<count { try body(&self) }
    }

    private mutating func text(_ low: UInt8) throws(Malformed) -> String {
        if low == 31 {
            var joined = ""
            while position < bytes.count, bytes[position] != 0xff {
                let part = try byte()
                guard part >> 5 == 3, part & 31 != 31 else { throw malformed }
                joined += try text(part & 31)
            }
            _ = try byte()
            return joined
        }
        let count = try argument(low)
        guard count <= UInt64(bytes.count - position) else { throw malformed }
        let end = position + Int(count)
        guard let text = String(validating: bytes[position..<end], as: UTF8.self) else { throw malformed }
        position = end
        return text
    }

    private mutating func simple(_ low: UInt8) throws(Malformed) -> JSONValue {
        switch low {
        case 20: return .bool(false)
        case 21: return .bool(true)
        case 22, 23: return .null
        case 25: return .double(Self.half(UInt16(try big(2))))
        case 26: return .float(Float(bitPattern: UInt32(try big(4))))
        case 27: return .double(Double(bitPattern: try big(8)))
        default: throw malformed
        }
    }

    private static func half(_ bits: UInt16) -> Double {
        let exponent = Int(bits >> 10 & 31), mantissa = Double(bits & 0x3ff)
        let sign: Double = bits >> 15 == 0 ? 1 : -1
        switch exponent {
        case 0: return sign * mantissa * 0x1p-24
        case 31: return mantissa == 0 ? sign * .infinity : .nan
        default: return sign * Double(sign: .plus, exponent: exponent - 25, significand: mantissa + 1024)
        }
    }
}
