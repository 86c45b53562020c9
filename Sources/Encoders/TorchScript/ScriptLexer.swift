/// Cuts TorchScript's code into lines of tokens. Lines within brackets are one.
struct ScriptLexer {
    enum Token: Equatable {
        case name(String)
        case number(String)
        case string(String)
        case symbol(String)
    }

    struct Line {
        let indentation: Int
        let tokens: [Token]
        /// Counted from 1.
        let number: Int
    }

    /// Where the text is not what torch writes.
    struct Malformed: Error {
        let line: Int
    }

    private let text: [UInt8]
    private var position = 0
    private var number = 1

    static func lines(_ text: [UInt8]) throws(Malformed) -> [Line] {
        var lexer = ScriptLexer(text: text), lines: [Line] = []
        while lexer.position < text.count {
            if let line = try lexer.line() { lines.append(line) }
        }
        return lines
    }

    private init(text: [UInt8]) { self.text = text }

    private var next: UInt8? { position < text.count ? text[position] : nil }

    private mutating func line() throws(Malformed) -> Line? {
        let start = number
        var tokens: [Token] = [], depth = 0
        let indentation = skipSpaces()
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\n"):
                position += 1
                number += 1
                if depth == 0 { return tokens.isEmpty ? nil : Line(indentation: indentation, tokens: tokens, number: start) }
            case UInt8(ascii: " "):
                skipSpaces()
            case UInt8(ascii: "#"):
                while let byte = next, byte != UInt8(ascii: "\n") { position += 1 }
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                tokens.append(.string(try string(byte)))
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                tokens.append(.number(take(while: Self.isNumber)))
            case _ where Self.isName(byte):
                tokens.append(.name(take(while: Self.isName)))
            default:
                tokens.append(.symbol(try symbol(&depth)))
            }
        }
        guard depth == 0 else { throw Malformed(line: start) }
        return tokens.isEmpty ? nil : Line(indentation: indentation, tokens: tokens, number: start)
    }

    @discardableResult
    private mutating func skipSpaces() -> Int {
        let start = position
        while next == UInt8(ascii: " ") { position += 1 }
        return position - start
    }

    private mutating func take(while isPart: (UInt8) -> Bool) -> String {
        let start = position
        while let byte = next, isPart(byte) || continuesExponent(byte, since: start) { position += 1 }
        return String(decoding: text[start..<position], as: UTF8.self)
    }

    /// The sign of `1e-05`.
    private func continuesExponent(_ byte: UInt8, since start: Int) -> Bool {
        (byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")) && position > start
            && text[position - 1] == UInt8(ascii: "e") && (0x30...0x39).contains(text[start])
    }

    private mutating func string(_ quote: UInt8) throws(Malformed) -> String {
        position += 1
        let start = position
        while let byte = next, byte != quote, byte != UInt8(ascii: "\n") {
            position += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        guard next == quote else { throw Malformed(line: number) }
        defer { position += 1 }
        return String(decoding: text[start..<position], as: UTF8.self)
    }

    private mutating func symbol(_ depth: inout Int) throws(Malformed) -> String {
        guard let byte = next else { throw Malformed(line: number) }
        position += 1
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: ")"), UInt8(ascii: "]"):
            depth -= 1
            guard depth >= 0 else { throw Malformed(line: number) }
        case UInt8(ascii: "-") where next == UInt8(ascii: ">"):
            position += 1
            return "->"
        case 0x21...0x7E: break
        default: throw Malformed(line: number)
        }
        return String(Unicode.Scalar(byte))
    }

    private static func isName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: byte >= 0x80
        }
    }

    private static func isNumber(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "e"): true
        default: false
        }
    }
}
