/// Reads templates.
struct MustacheParser {
    static let maximumDepth = 64

    private let text: [UInt8]
    private var position = 0
    private var open = Array("{{".utf8)
    private var close = Array("}}".utf8)

    init(_ text: String) {
        self.text = Array(text.utf8)
    }

    mutating func template() throws(MustacheError) -> [MustacheTemplate.Node] {
        try nodes(until: nil, depth: 0)
    }

    private struct Section {
        var name: String
        var line: Int
    }

    private var lineCount = 0
    private var counted = 0

    /// What follows, to the end of a section or of the text.
    private mutating func nodes(until section: Section?, depth: Int) throws(MustacheError) -> [MustacheTemplate.Node] {
        guard depth <= Self.maximumDepth else { throw .tooComplex }
        var nodes: [MustacheTemplate.Node] = []
        while let start = find(open, from: position) {
            if start > position { nodes.append(.text(string(position..<start))) }
            position = start + open.count
            let line = self.line()
            let (sigil, name) = try tag()
            switch sigil {
            case UInt8(ascii: "!"), UInt8(ascii: ">"): continue
            case UInt8(ascii: "="): setDelimiters(name)
            case UInt8(ascii: "{"), UInt8(ascii: "&"): nodes.append(.value(path: name, isEscaped: false))
            case UInt8(ascii: "#"), UInt8(ascii: "^"):
                let inner = try self.nodes(until: Section(name: name, line: line), depth: depth + 1)
                nodes.append(try Self.section(name, inner, isInverted: sigil == UInt8(ascii: "^")))
            case UInt8(ascii: "/"):
                guard name == section?.name else { throw .mismatchedSection(section?.name ?? "", name, line: line) }
                return nodes
            default: nodes.append(.value(path: name, isEscaped: true))
            }
        }
        if let section { throw .unclosedSection(section.name, line: section.line) }
        if position < text.count { nodes.append(.text(string(position..<text.count))) }
        position = text.count
        return nodes
    }

    /// What stands between the delimiters: the sign that says what it is, and the rest.
    private mutating func tag() throws(MustacheError) -> (sigil: UInt8, name: String) {
        while position < text.count, Self.isSpace(text[position]) { position += 1 }
        var sigil: UInt8 = 0
        if position < text.count, "!>={&#^/".utf8.contains(text[position]) {
            sigil = text[position]
            position += 1
        }
        let ending = sigil == UInt8(ascii: "{") ? [UInt8(ascii: "}")] + close : sigil == UInt8(ascii: "=") ? [sigil] + close : close
        guard let end = find(ending, from: position) else { throw .unclosedTag(line: line()) }
        let name = string(position..<end)
        position = end + ending.count
        return (sigil, Self.trimmed(name))
    }

    private mutating func setDelimiters(_ text: String) {
        let parts = text.utf8.split { Self.isSpace($0) }
        guard parts.count == 2 else { return }
        open = Array(parts[0])
        close = Array(parts[1])
    }

    // MARK: Functions

    private static func section(
        _ name: String, _ inner: [MustacheTemplate.Node], isInverted: Bool
    ) throws(MustacheError) -> MustacheTemplate.Node {
        if isInverted { return .section(path: name, inner, isInverted: true) }
        switch name {
        case "toJson": return .json(path: try identifier(inner, of: name))
        case "url": return .url(inner)
        case "join": return .join(path: try identifier(inner, of: name), delimiter: ",")
        default:
            guard let delimiter = delimiter(of: name) else { return .section(path: name, inner, isInverted: false) }
            return .join(path: try identifier(inner, of: "join"), delimiter: delimiter)
        }
    }

    /// `join delimiter='x'`
    private static func delimiter(of name: String) -> String? {
        guard name.hasPrefix("join ") else { return nil }
        let rest = trimmed(String(name.dropFirst("join ".count)))
        guard rest.hasPrefix("delimiter='"), rest.hasSuffix("'"), rest.utf8.count > "delimiter='".utf8.count else { return nil }
        return String(rest.dropFirst("delimiter='".count).dropLast())
    }

    private static func identifier(_ nodes: [MustacheTemplate.Node], of function: String) throws(MustacheError) -> String {
        guard nodes.count == 1, case .text(let text) = nodes[0] else { throw .functionArgument(function) }
        return trimmed(text)
    }

    // MARK: Bytes

    /// The line that is read, counted on from where it was asked for last.
    private mutating func line() -> Int {
        let place = min(position, text.count)
        lineCount += text[min(counted, place)..<place].count { $0 == UInt8(ascii: "\n") }
        counted = place
        return 1 + lineCount
    }

    private func find(_ needle: [UInt8], from start: Int) -> Int? {
        guard let first = needle.first, start <= text.count - needle.count else { return nil }
        var index = start
        while index <= text.count - needle.count {
            if text[index] == first, text[index..<index + needle.count].elementsEqual(needle) { return index }
            index += 1
        }
        return nil
    }

    private func string(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self) }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private static func trimmed(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard let first = bytes.firstIndex(where: { !isSpace($0) }), let last = bytes.lastIndex(where: { !isSpace($0) }) else {
            return ""
        }
        return String(decoding: bytes[first...last], as: UTF8.self)
    }
}
