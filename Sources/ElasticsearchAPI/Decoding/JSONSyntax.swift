/// Finds where a text stops being JSON, and says so as Jackson does.
///
/// Elasticsearch's parse errors name the line and column. The parser keeps no positions: only a text that it has refused is
/// walked again.
struct JSONSyntax {
    struct Fault: Error, Equatable {
        var message: String
        var location: TextLocation
    }

    private static let source = "Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled)"
    private static let values = "JSON String, Number, Array, Object or token 'null', 'true' or 'false'"
    /// Deeper texts are refused for their depth.
    private static let maximumDepth = 1024

    private let text: [UInt8]
    private var position = 0

    private init(_ text: some Sequence<UInt8>) { self.text = Array(text) }

    /// What a client is told of a text that is no JSON; nil where nothing wrong is found.
    static func reason(of text: some Sequence<UInt8>) -> String? {
        var syntax = JSONSyntax(text)
        do throws(Fault) {
            try syntax.value(depth: 0)
            return nil
        } catch {
            let (line, column) = (error.location.line, error.location.column)
            return "[\(line):\(column)] \(error.message)\n at [\(source); line: \(line), column: \(column)]"
        }
    }

    // MARK: Walking

    private var byte: UInt8? { position < text.count ? text[position] : nil }

    private mutating func skipSpace() {
        while let byte, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func value(depth: Int) throws(Fault) {
        skipSpace()
        guard let byte else { throw fault("Unexpected end-of-input: expected a value") }
        switch byte {
        case UInt8(ascii: "{"): try object(depth: depth)
        case UInt8(ascii: "["): try array(depth: depth)
        case UInt8(ascii: "\""): try string("for a string value")
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): number()
        default:
            guard isLetter(byte) else { throw unexpected(byte, "expected a valid value (\(Self.values))") }
            try word()
        }
    }

    private mutating func object(depth: Int) throws(Fault) {
        let start = position
        guard depth < Self.maximumDepth else { return position = text.count }
        position += 1
        skipSpace()
        if byte == UInt8(ascii: "}") { return position += 1 }
        while true {
            skipSpace()
            guard let quote = byte else { throw unclosed("Object", start) }
            guard quote == UInt8(ascii: "\"") else { throw unexpected(quote, "was expecting double-quote to start field name") }
            try string("in field name")
            skipSpace()
            guard let colon = byte else { throw unclosed("Object", start) }
            guard colon == UInt8(ascii: ":") else {
                throw unexpected(colon, "was expecting a colon to separate field name and value")
            }
            position += 1
            skipSpace()
            if byte == nil { throw unclosed("Object", start) }
            try value(depth: depth + 1)
            if try ends(UInt8(ascii: "}"), "Object", start) { return }
        }
    }

    private mutating func array(depth: Int) throws(Fault) {
        let start = position
        guard depth < Self.maximumDepth else { return position = text.count }
        position += 1
        skipSpace()
        if byte == UInt8(ascii: "]") { return position += 1 }
        while true {
            skipSpace()
            if byte == nil { throw unclosed("Array", start) }
            try value(depth: depth + 1)
            if try ends(UInt8(ascii: "]"), "Array", start) { return }
        }
    }

    /// Passes the comma or the end after a member.
    private mutating func ends(_ close: UInt8, _ kind: String, _ start: Int) throws(Fault) -> Bool {
        skipSpace()
        guard let next = byte else { throw unclosed(kind, start) }
        guard next == close || next == UInt8(ascii: ",") else {
            throw unexpected(next, "was expecting comma to separate \(kind) entries")
        }
        position += 1
        return next == close
    }

    private mutating func string(_ place: String) throws(Fault) {
        position += 1
        while true {
            guard let next = byte else {
                throw fault("Unexpected end-of-input" + (place.hasPrefix("in") ? " " + place : ": was expecting closing quote " + place))
            }
            if next < 0x20 {
                throw fault(
                    "Illegal unquoted character ((CTRL-CHAR, code \(next))): has to be escaped using backslash to be included in "
                        + (place.hasPrefix("in") ? "name" : "string value"))
            }
            position += 1
            if next == UInt8(ascii: "\"") { return }
            guard next == UInt8(ascii: "\\") else { continue }
            guard let escaped = byte else { throw fault("Unexpected end-of-input in character escape sequence") }
            guard "\"\\/bfnrtu".utf8.contains(escaped) else {
                throw fault("Unrecognized character escape '\(Character(UnicodeScalar(escaped)))' (code \(escaped))")
            }
            position += 1
        }
    }

    private mutating func number() {
        while let byte, byte != UInt8(ascii: ","), byte != UInt8(ascii: "}"), byte != UInt8(ascii: "]"), byte > 0x20 { position += 1 }
    }

    private mutating func word() throws(Fault) {
        let start = position
        while let byte, isLetter(byte) || (0x30...0x39).contains(byte) { position += 1 }
        let word = String(decoding: text[start..<position], as: UTF8.self)
        guard ["true", "false", "null"].contains(word) else {
            throw fault("Unrecognized token '\(word.prefix(256))': was expecting (\(Self.values))")
        }
    }

    private func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$") || byte >= 0x80
    }

    // MARK: Faults

    /// - Complexity: O(`position`): only asked for once, of what is wrong.
    private func location(_ position: Int) -> TextLocation {
        let before = text[..<min(position, text.count)]
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return TextLocation(line: 1 + before.count { $0 == UInt8(ascii: "\n") }, column: position - lineStart + 1)
    }

    private func fault(_ message: String) -> Fault { Fault(message: message, location: location(position)) }

    private func unexpected(_ byte: UInt8, _ expected: String) -> Fault {
        // What is no ASCII is named by its whole code point.
        let scalar = String(decoding: text[position..<min(position + 4, text.count)], as: UTF8.self).unicodeScalars.first ?? UnicodeScalar(byte)
        return fault("Unexpected character ('\(scalar)' (code \(scalar.value))): \(expected)")
    }

    private func unclosed(_ kind: String, _ opening: Int) -> Fault {
        let start = location(opening)
        return fault(
            "Unexpected end-of-input: expected close marker for \(kind) (start marker at [\(Self.source); line: \(start.line), "
                + "column: \(start.column)])")
    }
}
