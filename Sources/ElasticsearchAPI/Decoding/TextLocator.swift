internal import JSON

/// A position in a body's text, both counted from 1, as Jackson reports them.
struct TextLocation: Equatable {
    var line: Int
    var column: Int
}

/// Finds the text of a value in a body that is known to be JSON.
///
/// Elasticsearch's parse errors name the line and column. The parser keeps no positions: only when there is an error to
/// report is the text walked again, along the path to the value.
struct TextLocator {
    private let text: [UInt8]
    private var position = 0

    init(_ text: some Sequence<UInt8>) {
        self.text = Array(text)
    }

    /// - Parameter atKey: the location of the member's key, not of its value.
    /// - Returns: nil if there is no such value.
    mutating func location(of path: JSONPath, atKey: Bool) -> TextLocation? {
        position = 0
        let steps = path.steps
        for (number, step) in steps.enumerated() {
            skipSpace()
            let stopsAtKey = atKey && number == steps.count - 1
            guard enter(step, stopsAtKey: stopsAtKey) else { return nil }
        }
        skipSpace()
        let before = text[..<min(position, text.count)]
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return TextLocation(line: 1 + before.count { $0 == UInt8(ascii: "\n") }, column: position - lineStart + 1)
    }

    private var byte: UInt8? { position < text.count ? text[position] : nil }

    private mutating func skipSpace() {
        while let byte, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    /// Moves from the start of an object or array to the start of one of its values (or that value's key).
    private mutating func enter(_ step: JSONPath.Step, stopsAtKey: Bool) -> Bool {
        position += 1
        var count = 0
        while true {
            skipSpace()
            guard let byte, byte != UInt8(ascii: "}"), byte != UInt8(ascii: "]") else { return false }
            switch step {
            case .key(let wanted):
                let start = position
                skipString()
                let isWanted = (try? JSONDocument(parsing: text[start..<position]))?.root.string == wanted
                if isWanted, stopsAtKey {
                    position = start
                    return true
                }
                skipSpace()
                position += 1
                skipSpace()
                if isWanted { return true }
            case .index(let wanted):
                if count == wanted { return true }
            }
            skipValue()
            skipSpace()
            if self.byte == UInt8(ascii: ",") { position += 1 }
            count += 1
        }
    }

    private mutating func skipString() {
        position += 1
        while let byte, byte != UInt8(ascii: "\"") { position += byte == UInt8(ascii: "\\") ? 2 : 1 }
        position += 1
    }

    private mutating func skipValue() {
        var depth = 0
        repeat {
            switch byte {
            case nil: return
            case UInt8(ascii: "\""): skipString()
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                position += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                position += 1
            case UInt8(ascii: ","), UInt8(ascii: ":"): position += 1
            default: skipScalar()
            }
            skipSpace()
        } while depth > 0
    }

    private mutating func skipScalar() {
        let start = position
        while let byte, !",:]} \n\r\t".utf8.contains(byte) { position += 1 }
        // A byte that no scalar starts with still has to be passed.
        if position == start { position += 1 }
    }
}
