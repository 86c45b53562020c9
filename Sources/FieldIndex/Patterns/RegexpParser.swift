/// Reads Lucene's syntax of regular expressions.
///
/// Source: https://www.elastic.co/docs/reference/query-languages/query-dsl/regexp-syntax
struct RegexpParser {
    /// Elasticsearch's `index.max_regex_length`, and as many nested groups.
    private static let maximumDepth = 150
    /// Terms that repetitions may be written out to.
    private static let maximumTerms = 20_000
    static let any: [ClosedRange<UInt32>] = [0...0x10FFFF]

    var terms = RegexpTerms()
    let pattern: String
    let scalars: [Unicode.Scalar]
    private let flags: RegexpFlags
    private let ignoresCase: Bool
    var position = 0
    private var depth = 0

    init(_ pattern: String, flags: RegexpFlags, ignoresCase: Bool) {
        self.pattern = pattern
        scalars = Array(pattern.unicodeScalars)
        self.flags = flags
        self.ignoresCase = ignoresCase
    }

    mutating func parse() throws(TermPatternError) -> RegexpTerms.ID {
        if scalars.isEmpty { return RegexpTerms.empty }
        let term = try union()
        guard position == scalars.count else { throw malformed("end-of-string expected") }
        return term
    }

    func malformed(_ reason: String) -> TermPatternError {
        .malformed(pattern: pattern, position: position, reason: reason)
    }

    func peek(_ scalar: Unicode.Scalar) -> Bool { position < scalars.count && scalars[position] == scalar }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek(scalar) else { return false }
        position += 1
        return true
    }

    private mutating func union() throws(TermPatternError) -> RegexpTerms.ID {
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.maximumDepth else { throw malformed("too many nested groups") }
        var parts = [try intersection()]
        while take("|") { parts.append(try intersection()) }
        return terms.union(parts)
    }

    private mutating func intersection() throws(TermPatternError) -> RegexpTerms.ID {
        var parts = [try sequence()]
        while flags.contains(.intersection), take("&") { parts.append(try sequence()) }
        return terms.intersection(parts)
    }

    private mutating func sequence() throws(TermPatternError) -> RegexpTerms.ID {
        var parts: [RegexpTerms.ID] = []
        repeat { parts.append(try repetition()) } while
            position < scalars.count && !peek(")") && !peek("|") && !(flags.contains(.intersection) && peek("&"))
        return parts.reversed().reduce(RegexpTerms.empty) { terms.sequence($1, $0) }
    }

    private mutating func repetition() throws(TermPatternError) -> RegexpTerms.ID {
        var term = try complement()
        while true {
            if take("?") {
                term = terms.union([term, RegexpTerms.empty])
            } else if take("*") {
                term = terms.star(term)
            } else if take("+") {
                term = terms.sequence(term, terms.star(term))
            } else if take("{") {
                let least = try integer()
                var most: Int? = least
                if take(",") { most = peek("}") ? nil : try integer() }
                guard take("}") else { throw malformed("expected '}'") }
                term = try repeated(term, least, most)
            } else {
                return term
            }
        }
    }

    private mutating func repeated(_ term: RegexpTerms.ID, _ least: Int, _ most: Int?) throws(TermPatternError) -> RegexpTerms.ID {
        guard max(least, most ?? 0) <= 1000 else { throw malformed("too many repetitions") }
        if let most, most < least { return RegexpTerms.nothing }
        var result = RegexpTerms.empty
        if let most {
            for _ in least..<most { result = terms.union([terms.sequence(term, result), RegexpTerms.empty]) }
        } else {
            result = terms.star(term)
        }
        for _ in 0..<least { result = terms.sequence(term, result) }
        guard terms.terms.count <= Self.maximumTerms else { throw malformed("too many repetitions") }
        return result
    }

    mutating func integer() throws(TermPatternError) -> Int {
        let digits = scalars[position...].prefix { ("0"..."9").contains($0) }
        guard let value = Int(String(String.UnicodeScalarView(digits))) else { throw malformed("integer expected") }
        position += digits.count
        return value
    }

    private mutating func complement() throws(TermPatternError) -> RegexpTerms.ID {
        guard flags.contains(.complement), take("~") else { return try atom() }
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.maximumDepth else { throw malformed("too many nested groups") }
        return terms.complement(try complement())
    }

    private mutating func atom() throws(TermPatternError) -> RegexpTerms.ID {
        if take("[") { return try characterClass() }
        if take(".") { return terms.scalars(Self.any) }
        if flags.contains(.empty), take("#") { return RegexpTerms.nothing }
        if flags.contains(.anyString), take("@") { return terms.star(terms.scalars(Self.any)) }
        if take("\"") {
            var parts: [RegexpTerms.ID] = []
            while position < scalars.count, !peek("\"") {
                parts.append(literal(scalars[position]))
                position += 1
            }
            guard take("\"") else { throw malformed("expected '\"'") }
            return parts.reversed().reduce(RegexpTerms.empty) { terms.sequence($1, $0) }
        }
        if take("(") {
            if take(")") { return RegexpTerms.empty }
            let inner = try union()
            guard take(")") else { throw malformed("expected ')'") }
            return inner
        }
        if flags.contains(.interval), peek("<") {
            position += 1
            return try interval()
        }
        if take("\\") {
            if let ranges = predefinedClass() { return terms.scalars(ranges) }
        }
        guard position < scalars.count else { throw malformed("unexpected end-of-string") }
        defer { position += 1 }
        return literal(scalars[position])
    }

    mutating func literal(_ scalar: Unicode.Scalar) -> RegexpTerms.ID { terms.scalars(cases(scalar)) }

    func cases(_ scalar: Unicode.Scalar) -> [ClosedRange<UInt32>] {
        let value = scalar.value
        guard ignoresCase, (0x41...0x5A).contains(value & ~0x20) else { return [value...value] }
        return [(value & ~0x20)...(value & ~0x20), (value | 0x20)...(value | 0x20)]
    }
}
