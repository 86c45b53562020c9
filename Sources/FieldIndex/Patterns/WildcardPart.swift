/// A part of a pattern with wildcards.
enum WildcardPart: Equatable {
    case byte(UInt8)
    /// One scalar.
    case any
    case run

    static func parts(of pattern: String, ignoresCase: Bool) -> [WildcardPart] {
        var parts: [WildcardPart] = []
        var isEscaped = false
        for scalar in pattern.unicodeScalars {
            switch scalar {
            case "\\" where !isEscaped:
                isEscaped = true
                continue
            case "*" where !isEscaped: if parts.last != .run { parts.append(.run) }
            case "?" where !isEscaped: parts.append(.any)
            default: parts += String(scalar).utf8.map { .byte(ignoresCase ? $0.folded : $0) }
            }
            isEscaped = false
        }
        if isEscaped { parts.append(.byte(UInt8(ascii: "\\"))) }
        return parts
    }

    /// - Complexity: O(parts · bytes) at worst: on a mismatch only the last run takes more.
    static func match(_ parts: [WildcardPart], _ term: UnsafeBufferPointer<UInt8>, ignoresCase: Bool) -> Bool {
        var (part, position) = (0, 0)
        var run: (part: Int, position: Int)?
        while position < term.count {
            if part < parts.count, parts[part] == .run {
                run = (part, position)
                part += 1
                continue
            }
            var length = 0
            if part < parts.count {
                switch parts[part] {
                case .byte(let byte): length = (ignoresCase ? term[position].folded : term[position]) == byte ? 1 : 0
                case .any:
                    length = 1
                    while position + length < term.count, term[position + length] & 0xC0 == 0x80 { length += 1 }
                case .run: break
                }
            }
            if length > 0 {
                part += 1
                position += length
            } else if let last = run {
                part = last.part + 1
                position = last.position + 1
                // A run takes whole scalars.
                while position < term.count, term[position] & 0xC0 == 0x80 { position += 1 }
                run = (last.part, position)
            } else {
                return false
            }
        }
        return parts[part...].allSatisfy { $0 == .run }
    }
}

extension UInt8 {
    /// ASCII capitals made small.
    var folded: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}
