/// Numbers, texts and patterns.
extension Lexer {
    mutating func number() throws(Failure) -> Token.Kind {
        let start = position
        if peek() == UInt8(ascii: "0"), let next = peek(1), next | 32 == UInt8(ascii: "x") {
            position += 2
            digits { Self.isDigit($0) || (97...102).contains($0 | 32) }
            let hexadecimal = String(decoding: text[(start + 2)..<position], as: UTF8.self)
            if peek().map({ $0 | 32 }) == UInt8(ascii: "l") {
                position += 1
                guard let value = UInt64(hexadecimal, radix: 16) else { throw bad(start, "long") }
                return .long(Int64(bitPattern: value))
            }
            guard let value = UInt32(hexadecimal, radix: 16) else { throw bad(start, "int") }
            return .integer(Int32(bitPattern: value))
        }
        digits()
        // `list.0.name`: a member is no decimal.
        if case .symbol(let symbol)? = tokens.last?.kind, symbol == "." || symbol == "?." {
            guard let value = Int32(String(decoding: text[start..<position], as: UTF8.self)) else { throw bad(start, "int") }
            return .integer(value)
        }
        var isDecimal = false
        // `1.foo` would be a member of a number; `1.` alone is not Painless either.
        if peek() == UInt8(ascii: "."), peek(1).map(Self.isDigit) == true {
            isDecimal = true
            position += 1
            digits()
        }
        if let next = peek(), next | 32 == UInt8(ascii: "e") {
            let sign = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-") ? 1 : 0
            if peek(1 + sign).map(Self.isDigit) == true {
                isDecimal = true
                position += 1 + sign
                digits()
            }
        }
        let written = String(decoding: text[start..<position], as: UTF8.self)
        let suffix = peek().map { $0 | 32 }
        switch suffix {
        case UInt8(ascii: "l") where !isDecimal:
            position += 1
            guard let value = Int64(written) else { throw bad(start, "long") }
            return .long(value)
        case UInt8(ascii: "f"):
            position += 1
            guard let value = Float(written), value.isFinite else { throw bad(start, "float") }
            return .float(value)
        case UInt8(ascii: "d"):
            position += 1
            isDecimal = true
        default: break
        }
        if isDecimal {
            guard let value = Double(written), value.isFinite else { throw bad(start, "double") }
            return .double(value)
        }
        // A leading zero makes it octal.
        let isOctal = written.utf8.count > 1 && written.utf8.first == UInt8(ascii: "0")
        guard let value = Int32(written, radix: isOctal ? 8 : 10) else {
            // The least integer is written as the negation of one too many.
            if written == "2147483648" { return .integer(.min) }
            throw bad(start, "int")
        }
        return .integer(value)
    }

    private func bad(_ start: Int, _ type: String) -> Failure {
        Failure(fault: .badNumber(String(decoding: text[start..<position], as: UTF8.self), type: type), offset: start)
    }

    mutating func string(_ quote: UInt8) throws(Failure) -> String {
        let start = position
        var bytes: [UInt8] = []
        position += 1
        while let byte = peek() {
            position += 1
            if byte == quote { return String(decoding: bytes, as: UTF8.self) }
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            guard let escaped = peek() else { break }
            position += 1
            switch escaped {
            case UInt8(ascii: "n"): bytes.append(10)
            case UInt8(ascii: "r"): bytes.append(13)
            case UInt8(ascii: "t"): bytes.append(9)
            case quote, UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): bytes.append(escaped)
            default:
                throw Failure(
                    fault: .unexpectedCharacter(String(decoding: text[start..<position], as: UTF8.self)), offset: start)
            }
        }
        let shown = String(decoding: text[start..<min(text.count, start + 32)], as: UTF8.self)
        throw Failure(fault: .unexpectedCharacter(shown), offset: start)
    }

    mutating func pattern() throws(Failure) -> Token.Kind {
        let start = position
        var bytes: [UInt8] = []
        position += 1
        while let byte = peek(), byte != 10 {
            position += 1
            if byte == UInt8(ascii: "/") {
                return .pattern(String(decoding: bytes, as: UTF8.self), flags: word())
            }
            if byte == UInt8(ascii: "\\"), let next = peek(), next != 10 {
                if next != UInt8(ascii: "/") { bytes.append(byte) }
                bytes.append(next)
                position += 1
            } else {
                bytes.append(byte)
            }
        }
        throw Failure(fault: .unexpectedCharacter("/"), offset: start)
    }
}
