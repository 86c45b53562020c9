public import JSON

/// Writes values as YAML, as Elasticsearch does for `format=yaml`: texts in double quotes, lists not indented.
public struct YAMLWriter {
    private var text: [UInt8] = []

    private init() {}

    /// The value as a YAML document that begins with `---`.
    public static func bytes(_ value: JSONValue) -> [UInt8] {
        var writer = YAMLWriter()
        writer.add("---")
        writer.write(value, depth: 0, isInList: false, isTop: true)
        return writer.text
    }

    private mutating func add(_ string: String) { text.append(contentsOf: string.utf8) }

    private mutating func line(_ depth: Int) {
        text.append(UInt8(ascii: "\n"))
        text.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
    }

    /// - Parameters:
    ///   - depth: of the value's own members.
    ///   - isInList: its first member stands in the line of the dash.
    private mutating func write(_ value: JSONValue, depth: Int, isInList: Bool, isTop: Bool = false) {
        switch value {
        case .object(let members) where !members.isEmpty:
            for (index, member) in members.enumerated() {
                if index > 0 || !isInList { line(depth) } else { add(" ") }
                key(member.key)
                add(":")
                write(member.value, depth: isListWithItems(member.value) ? depth : depth + 1, isInList: false)
            }
        case .array(let values) where !values.isEmpty:
            for (index, item) in values.enumerated() {
                if index > 0 || !isInList { line(depth) } else { add(" ") }
                add("-")
                write(item, depth: depth + 1, isInList: true)
            }
        case .floats(let values) where !values.isEmpty:
            write(.array(values.map { .float($0) }), depth: depth, isInList: isInList)
        case .raw(let json):
            write((try? JSONDocument(parsing: json)).map { JSONValue($0.root) } ?? .null, depth: depth, isInList: isInList, isTop: isTop)
        default:
            add(" ")
            scalar(value)
        }
        if isTop { text.append(UInt8(ascii: "\n")) }
    }

    private func isListWithItems(_ value: JSONValue) -> Bool {
        switch value {
        case .array(let values): !values.isEmpty
        case .floats(let values): !values.isEmpty
        default: false
        }
    }

    private mutating func scalar(_ value: JSONValue) {
        switch value {
        case .string(let string): text.append(contentsOf: JSONValue.string(string).serialized())
        case .object: add("{}")
        case .array, .floats: add("[]")
        default: text.append(contentsOf: value.serialized())
        }
    }

    /// Names that could be read as something else stand in quotes.
    private mutating func key(_ name: String) {
        let first = name.utf8.first
        let isPlain =
            name.utf8.allSatisfy { byte in
                byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/")
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            } && (first.map { $0 == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) } ?? false)
            && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(name.lowercased())
        if isPlain { add(name) } else { text.append(contentsOf: JSONValue.string(name).serialized()) }
    }
}
