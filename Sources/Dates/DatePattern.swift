/// A `java.time` date pattern, compiled: `yyyy-MM-dd['T'HH:mm]`.
///
/// Letters known: y u M L Q d D E e H k h K m s S n a, offsets (X x Z V), quoted literals and optional sections in brackets.
/// Reference: https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/time/format/DateTimeFormatter.html
public struct DatePattern: Equatable, Sendable {
    /// What stands one after the other.
    public enum Part: Equatable, Sendable {
        case number(Field, digits: ClosedRange<Int>)
        /// A fraction of a second, with this many digits.
        case fraction(ClosedRange<Int>)
        case monthName(isShort: Bool)
        case weekdayName(isShort: Bool)
        case halfDay
        case literal(UInt8)
        /// `Z` is written for zero where `usesZulu`; read in any of the usual forms.
        case offset(usesZulu: Bool, OffsetForm)
        /// A point or a comma before a fraction.
        case fractionSeparator
        indirect case optional([Part])
    }

    /// What a number means.
    public enum Field: Equatable, Sendable {
        case year, quarter, month, day, dayOfYear, weekday
        /// Of the day, from 0 or from 1, and of its half, from 1 or from 0.
        case hour, clockHour, halfDayHour, halfDayHourFromZero
        case minute, second, nanosecond
    }

    /// How a distance from UTC is written.
    public enum OffsetForm: Equatable, Sendable {
        /// `+02`, and `+0230` where there are minutes.
        case hours
        /// `+0200`
        case digits
        /// `+02:00`
        case colon
    }

    public let parts: [Part]
    /// Whether a fraction of open length is written to the nanosecond, and not to the millisecond.
    public var showsNanoseconds = false

    /// - Parameter lenient: numbers may have fewer digits than the pattern has letters.
    /// - Returns: nil for a letter or a bracket that is not understood.
    public init?(_ pattern: String, lenient: Bool = false) {
        var compiler = DatePatternCompiler(text: Array(pattern.utf8), isLenient: lenient)
        guard let parts = compiler.compile(depth: 0), !parts.isEmpty else { return nil }
        self.parts = parts
    }

    public init(parts: [Part]) {
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
        case UInt8(ascii: "Q"): return digits(.quarter, upTo: 2)
        case UInt8(ascii: "H"): return digits(.hour, upTo: 2)
        case UInt8(ascii: "k"): return digits(.clockHour, upTo: 2)
        case UInt8(ascii: "h"): return digits(.halfDayHour, upTo: 2)
        case UInt8(ascii: "K"): return digits(.halfDayHourFromZero, upTo: 2)
        case UInt8(ascii: "m"): return digits(.minute, upTo: 2)
        case UInt8(ascii: "s"): return digits(.second, upTo: 2)
        case UInt8(ascii: "n"): return digits(.nanosecond, upTo: 9)
        case UInt8(ascii: "S"): return count <= 9 ? .fraction((isLenient ? 1 : count)...(isLenient ? 9 : count)) : nil
        case UInt8(ascii: "E"): return count <= 4 ? .weekdayName(isShort: count < 4) : nil
        case UInt8(ascii: "e"): return count > 2 ? (count <= 4 ? .weekdayName(isShort: count == 3) : nil) : digits(.weekday, upTo: 2)
        case UInt8(ascii: "a"): return count == 1 ? .halfDay : nil
        case UInt8(ascii: "X"): return .offset(usesZulu: true, form(count))
        case UInt8(ascii: "x"): return .offset(usesZulu: false, form(count))
        case UInt8(ascii: "Z"): return .offset(usesZulu: count == 5, count == 5 ? .colon : .digits)
        case UInt8(ascii: "V"): return count == 2 ? .offset(usesZulu: true, .colon) : nil
        default: return nil
        }
    }

    private func form(_ count: Int) -> DatePattern.OffsetForm { count == 1 ? .hours : count == 2 ? .digits : .colon }
}
