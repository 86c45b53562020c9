/// A `java.time` date pattern, compiled: `yyyy-MM-dd['T'HH:mm]`.
///
/// Letters known: y u M d D H h K k m s S n a E, offsets (Z X x), quoted literals and optional sections in
/// brackets.
/// Reference: https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/time/format/DateTimeFormatter.html
struct DatePattern: Equatable, Sendable {
    enum Part: Equatable, Sendable {
        case number(Field, digits: ClosedRange<Int>)
        /// A fraction of a second, with this many digits.
        case fraction(ClosedRange<Int>)
        case monthName(isShort: Bool)
        case weekdayName(isShort: Bool)
        case halfDay
        case literal(UInt8)
        /// `Z` is written for zero where `usesZulu`; read in any of the usual forms.
        case offset(usesZulu: Bool, hasColon: Bool)
        /// A point or a comma before a fraction.
        case fractionSeparator
        indirect case optional([Part])
    }

    enum Field: Equatable, Sendable {
        case year, month, day, dayOfYear, hour, halfDayHour, minute, second, nanosecond
    }

    let parts: [Part]
    /// Whether a fraction of open length is written to the nanosecond, and not to the millisecond.
    var showsNanoseconds = false

    /// - Parameter lenient: numbers may have fewer digits than the pattern has letters.
    /// - Returns: nil for a letter or a bracket that is not understood.
    init?(_ pattern: String, lenient: Bool = false) {
        var compiler = DatePatternCompiler(text: Array(pattern.utf8), isLenient: lenient)
        guard let parts = compiler.compile(depth: 0), !parts.isEmpty else { return nil }
        self.parts = parts
    }

    init(parts: [Part]) {
        self.parts = parts
    }
}

private struct DatePatternCompiler {
    let text: [UInt8]
    let isLenient: Bool
    var position = 0

    mutating func compile(depth: Int) -> [DatePattern.Part]? {
        var parts: [DatePattern.Part] = []
        while position < text.count {
            let byte = text[position]
            switch byte {
            case UInt8(ascii: "["):
                position += 1
                guard depth < 8, let inner = compile(depth: depth + 1), position < text.count else { return nil }
                position += 1
                parts.append(.optional(inner))
            case UInt8(ascii: "]"): return depth > 0 ? parts : nil
            case UInt8(ascii: "'"):
                guard let literal = quoted() else { return nil }
                parts += literal.map { .literal($0) }
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
                var count = 0
                while position < text.count, text[position] == byte {
                    count += 1
                    position += 1
                }
                guard let part = part(letter: byte, count: count) else { return nil }
                parts.append(part)
            case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "#"): return nil
            default:
                parts.append(.literal(byte))
                position += 1
            }
        }
        return depth == 0 ? parts : nil
    }

    private mutating func quoted() -> [UInt8]? {
        position += 1
        var literal: [UInt8] = []
        while position < text.count {
            if text[position] != UInt8(ascii: "'") {
                literal.append(text[position])
            } else if position + 1 < text.count, text[position + 1] == UInt8(ascii: "'") {
                literal.append(UInt8(ascii: "'"))
                position += 1
            } else {
                position += 1
                return literal.isEmpty ? [UInt8(ascii: "'")] : literal
            }
            position += 1
        }
        return nil
    }

    private func part(letter: UInt8, count: Int) -> DatePattern.Part? {
        func digits(_ field: DatePattern.Field, upTo limit: Int) -> DatePattern.Part? {
            guard count <= limit else { return nil }
            return .number(field, digits: (isLenient ? 1 : count)...(count == 1 ? limit : count))
        }
        switch letter {
        case UInt8(ascii: "y"), UInt8(ascii: "u"):
            if count == 2 { return .number(.year, digits: 2...2) }
            return count <= 9 ? .number(.year, digits: isLenient ? 1...9 : count...(count == 1 ? 9 : count)) : nil
        case UInt8(ascii: "M"), UInt8(ascii: "L"):
            return count > 2 ? (count <= 4 ? .monthName(isShort: count == 3) : nil) : digits(.month, upTo: 2)
        case UInt8(ascii: "d"): return digits(.day, upTo: 2)
        case UInt8(ascii: "D"): return digits(.dayOfYear, upTo: 3)
        case UInt8(ascii: "H"): return digits(.hour, upTo: 2)
        case UInt8(ascii: "h"): return digits(.halfDayHour, upTo: 2)
        case UInt8(ascii: "m"): return digits(.minute, upTo: 2)
        case UInt8(ascii: "s"): return digits(.second, upTo: 2)
        case UInt8(ascii: "n"): return digits(.nanosecond, upTo: 9)
        case UInt8(ascii: "S"): return count <= 9 ? .fraction((isLenient ? 1 : count)...(isLenient ? 9 : count)) : nil
        case UInt8(ascii: "E"): return count <= 4 ? .weekdayName(isShort: count < 4) : nil
        case UInt8(ascii: "a"): return count == 1 ? .halfDay : nil
        case UInt8(ascii: "X"): return .offset(usesZulu: true, hasColon: count >= 3)
        case UInt8(ascii: "x"): return .offset(usesZulu: false, hasColon: count >= 3)
        case UInt8(ascii: "Z"): return .offset(usesZulu: count == 5, hasColon: count == 5)
        default: return nil
        }
    }
}
