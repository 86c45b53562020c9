/// Writes JSON text. Floating-point numbers take the shortest form that reads back to the same value.
public struct JSONWriter {
    public private(set) var bytes: [UInt8] = []
    private let pretty: Bool
    private var depth = 0

    /// - Parameter pretty: two spaces a level, as Elasticsearch's `?pretty`.
    public init(pretty: Bool = false, capacity: Int = 0) {
        self.pretty = pretty
        bytes.reserveCapacity(capacity)
    }

    /// Appends a value, without spaces. Numbers have as few digits as tell them apart; infinities and NaN, which JSON lacks,
    /// become `null`.
    public mutating func write(_ value: JSONValue) {
        switch value {
        case .null: text("null")
        case .bool(let value): text(value ? "true" : "false")
        case .int(let value): text(String(value))
        case .unsigned(let value): text(String(value))
        case .double(let value): text(value.isFinite ? value.description : "null")
        case .float(let value): text(value.isFinite ? value.description : "null")
        case .string(let value): string(value)
        case .array(let values): list("[", values, "]") { writer, value in writer.write(value) }
        case .floats(let values): list("[", values, "]") { writer, value in writer.write(.float(value)) }
        case .object(let members):
            list("{", members.members, "}") { writer, member in
                writer.string(member.key)
                writer.text(writer.pretty ? " : " : ":")
                writer.write(member.value)
            }
        case .raw(let json):
            if pretty, let document = try? JSONDocument(parsing: json) {
                write(JSONValue(document.root))
            } else {
                bytes.append(contentsOf: json)
            }
        }
    }

    private mutating func list<Element>(
        _ open: String, _ elements: [Element], _ close: String, _ each: (inout JSONWriter, Element) -> Void
    ) {
        text(open)
        if elements.isEmpty {
            text(pretty ? " " + close : close)
            return
        }
        depth += 1
        var isFirst = true
        for element in elements {
            if !isFirst { text(",") }
            isFirst = false
            newLine()
            each(&self, element)
        }
        depth -= 1
        newLine()
        text(close)
    }

    private mutating func newLine() {
        guard pretty else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * 2))
    }

    private mutating func text(_ value: String) {
        bytes.append(contentsOf: value.utf8)
    }

    private mutating func string(_ value: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\""): text("\\\"")
            case UInt8(ascii: "\\"): text("\\\\")
            case UInt8(ascii: "\n"): text("\\n")
            case UInt8(ascii: "\r"): text("\\r")
            case UInt8(ascii: "\t"): text("\\t")
            case 0..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                text("\\u00")
                bytes.append(digits[Int(byte >> 4)])
                bytes.append(digits[Int(byte & 15)])
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}

extension JSONValue {
    /// This value as JSON text.
    public func serialized(pretty: Bool = false) -> [UInt8] {
        var writer = JSONWriter(pretty: pretty)
        writer.write(self)
        return writer.bytes
    }
}
