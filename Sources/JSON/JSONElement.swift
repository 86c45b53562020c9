/// One value inside a `JSONDocument`.
public struct JSONElement: Sendable {
    /// What a value is. Numbers keep how they were written: `1` is an integer, `1.0` a double.
    public enum Kind: String, Sendable {
        case object, array, string, integer, unsigned, double, boolean, null
    }

    let storage: JSONStorage
    let index: Int

    var word: UInt64 { storage.tape[index] }
    var payload: Int { Int(truncatingIfNeeded: word & 0x00FF_FFFF_FFFF_FFFF) }
    var tag: UInt8 { UInt8(truncatingIfNeeded: word >> 56) }

    /// What this value is.
    public var kind: Kind {
        switch tag {
        case UInt8(ascii: "{"): .object
        case UInt8(ascii: "["): .array
        case UInt8(ascii: "\""): .string
        case UInt8(ascii: "l"): .integer
        case UInt8(ascii: "u"): .unsigned
        case UInt8(ascii: "d"): .double
        case UInt8(ascii: "t"), UInt8(ascii: "f"): .boolean
        default: .null
        }
    }

    public var isNull: Bool { kind == .null }

    /// The members, if this is an object.
    public var object: JSONObject? { kind == .object ? JSONObject(storage: storage, index: index) : nil }

    /// The elements, if this is an array.
    public var array: JSONArray? { kind == .array ? JSONArray(storage: storage, index: index) : nil }

    public var string: String? {
        guard kind == .string else { return nil }
        return String(decoding: stringBytes, as: UTF8.self)
    }

    public var bool: Bool? {
        guard kind == .boolean else { return nil }
        return tag == UInt8(ascii: "t")
    }

    /// The value if it is written as an integer that fits.
    public var int: Int? {
        switch kind {
        case .integer: Int(Int64(bitPattern: storage.tape[index + 1]))
        case .unsigned: Int(exactly: storage.tape[index + 1])
        case .object, .array, .string, .double, .boolean, .null: nil
        }
    }

    /// The value of any number, rounded to a double.
    public var double: Double? {
        switch kind {
        case .integer: Double(Int64(bitPattern: storage.tape[index + 1]))
        case .unsigned: Double(storage.tape[index + 1])
        case .double: Double(bitPattern: storage.tape[index + 1])
        case .object, .array, .string, .boolean, .null: nil
        }
    }

    /// The UTF-8 of a string; empty for anything else.
    var stringBytes: ArraySlice<UInt8> {
        let start = payload + 4
        guard kind == .string, start <= storage.strings.count else { return [] }
        let length = storage.strings[payload..<start].reversed().reduce(0) { $0 << 8 | Int($1) }
        return storage.strings[start..<(start + length)]
    }

    /// Where the value after this one stands on the tape.
    var end: Int {
        switch tag {
        case UInt8(ascii: "{"), UInt8(ascii: "["): Int(word & 0xFFFF_FFFF)
        case UInt8(ascii: "l"), UInt8(ascii: "u"), UInt8(ascii: "d"): index + 2
        default: index + 1
        }
    }
}
