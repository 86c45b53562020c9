/// Reads the fields of one Protocol Buffers message, in the order in which they were written.
///
/// Source: https://protobuf.dev/programming-guides/encoding.
struct ProtobufReader {
    struct Malformed: Error {}

    enum Value {
        case number(UInt64)
        /// A float, or another four bytes.
        case word(UInt32)
        /// Text, bytes, or a message.
        case bytes(ArraySlice<UInt8>)
        /// Eight bytes, which no field here has.
        case other
    }

    private var rest: ArraySlice<UInt8>

    init(_ message: ArraySlice<UInt8>) { rest = message }

    /// The next field, or nil at the end.
    mutating func next() throws(Malformed) -> (field: UInt64, value: Value)? {
        guard !rest.isEmpty else { return nil }
        let key = try number()
        switch key & 7 {
        case 0: return (key >> 3, .number(try number()))
        case 1:
            _ = try take(8)
            return (key >> 3, .other)
        case 2: return (key >> 3, .bytes(try take(try number())))
        case 5: return (key >> 3, .word(try take(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }))
        default: throw Malformed()
        }
    }

    private mutating func take(_ count: UInt64) throws(Malformed) -> ArraySlice<UInt8> {
        guard count <= UInt64(rest.count) else { throw Malformed() }
        defer { rest = rest.dropFirst(Int(count)) }
        return rest.prefix(Int(count))
    }

    private mutating func number() throws(Malformed) -> UInt64 {
        var result: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard let byte = rest.popFirst() else { throw Malformed() }
            result |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return result }
        }
        throw Malformed()
    }
}
