/// What a scalar is to the rules of word boundaries (UAX #29) as Lucene's `StandardTokenizer` has them.
///
/// Source: https://www.unicode.org/reports/tr29/#Word_Boundaries
struct WordClass: Equatable, Sendable {
    /// The order is that of Tools/generate_analysis_tables.py.
    enum Kind: UInt8, Sendable {
        case other, letter, hangul, hebrew, numeric, katakana
        case midLetter, midNumber, midNumberLetter, singleQuote, doubleQuote, extendNumberLetter
        case extend, joiner, regionalIndicator, emojiModifier, han, hiragana
    }

    let rawValue: UInt8

    var kind: Kind { Kind(rawValue: rawValue & 31) ?? .other }
    /// A character that is an emoji by itself.
    var isEmoji: Bool { rawValue & 32 != 0 }
    /// An emoji that a skin tone may follow.
    var isModifierBase: Bool { rawValue & 64 != 0 }
    /// Of a script that writes no spaces and needs a dictionary to be cut: Thai, Lao, Khmer, Myanmar.
    var isComplex: Bool { rawValue & 128 != 0 }
    /// Belongs to what stands before it.
    var isExtender: Bool {
        let kind = rawValue & 31
        return kind == Kind.extend.rawValue || kind == Kind.joiner.rawValue
    }

    @inline(__always)
    static func of(_ scalar: UInt32) -> WordClass { WordClass(rawValue: table[scalar]) }

    private static let table = ScalarTable<UInt8>(0) { set in
        var next = 0
        for range in WordClassRanges.ranges.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
            let parts = range.split(separator: ".").compactMap { Int($0, radix: 36) }
            guard parts.count == 3 else { continue }
            let first = next + parts[0], last = first + parts[1]
            set(UInt32(first)...UInt32(last), UInt8(truncatingIfNeeded: parts[2]))
            next = last + 1
        }
    }
}
