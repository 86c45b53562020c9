/// Reading of the bytes: lengths and numbers.
extension PickleMachine {
    mutating func take(_ count: Int) throws(WeightsError) -> UnsafeRawBufferPointer {
        guard count >= 0, count <= bytes.count - position else { throw malformed }
        defer { position += count }
        return UnsafeRawBufferPointer(rebasing: bytes[position..<(position + count)])
    }

    mutating func byte() throws(WeightsError) -> UInt8 { try take(1)[0] }

    /// An unsigned little-endian integer of at most four bytes.
    mutating func integer(_ width: Int) throws(WeightsError) -> Int {
        try take(width).reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    mutating func long() throws(WeightsError) -> Int {
        let digits = try take(try integer(1))
        guard digits.count <= 8 else { throw malformed }
        var value: Int64 = (digits.last ?? 0) >= 0x80 ? -1 : 0
        for digit in digits.reversed() { value = value << 8 | Int64(digit) }
        return Int(value)
    }

    mutating func double() throws(WeightsError) -> Double {
        Double(bitPattern: try take(8).reduce(0) { $0 << 8 | UInt64($1) })
    }

    mutating func string(_ count: Int) throws(WeightsError) -> String {
        String(decoding: try take(count), as: UTF8.self)
    }

    mutating func line() throws(WeightsError) -> String {
        guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) else { throw malformed }
        let text = try string(end - position)
        position += 1
        return text
    }
}
