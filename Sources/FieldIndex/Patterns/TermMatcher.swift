/// Compares terms with a pattern. What it learns from one helps with the next.
struct TermMatcher {
    private enum Kind {
        case prefix([UInt8])
        case whole([UInt8])
        case wildcard([WildcardPart])
        case regexp
    }

    private let kind: Kind
    private let ignoresCase: Bool
    private var automaton: RegexpAutomaton?
    /// What all terms that match begin with.
    let literalPrefix: [UInt8]

    init(prefix: String, ignoresCase: Bool) {
        let bytes = Array(prefix.utf8)
        kind = .prefix(ignoresCase ? bytes.map(\.folded) : bytes)
        literalPrefix = ignoresCase ? [] : bytes
        self.ignoresCase = ignoresCase
    }

    init(whole text: String) {
        kind = .whole(text.utf8.map(\.folded))
        literalPrefix = []
        ignoresCase = true
    }

    init(wildcard: String, ignoresCase: Bool) {
        let parts = WildcardPart.parts(of: wildcard, ignoresCase: ignoresCase)
        kind = .wildcard(parts)
        self.ignoresCase = ignoresCase
        var prefix: [UInt8] = []
        for part in parts {
            guard case .byte(let byte) = part, !ignoresCase else { break }
            prefix.append(byte)
        }
        literalPrefix = prefix
    }

    init(regexp: RegexpAutomaton) {
        kind = .regexp
        automaton = regexp
        literalPrefix = regexp.literalPrefix
        ignoresCase = false
    }

    mutating func matches(_ term: UnsafeBufferPointer<UInt8>) throws(TermPatternError) -> Bool {
        switch kind {
        case .prefix(let prefix):
            guard term.count >= prefix.count else { return false }
            return prefix.indices.allSatisfy { (ignoresCase ? term[$0].folded : term[$0]) == prefix[$0] }
        case .whole(let whole): return term.count == whole.count && whole.indices.allSatisfy { term[$0].folded == whole[$0] }
        case .wildcard(let parts): return WildcardPart.match(parts, term, ignoresCase: ignoresCase)
        case .regexp: return try automaton?.matches(term) ?? false
        }
    }
}
