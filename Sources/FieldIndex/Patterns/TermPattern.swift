/// What terms may look like.
public struct TermPattern: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case prefix
        case whole
        case wildcard
        case regexp(RegexpFlags, maximumStates: Int)
    }

    let kind: Kind
    let text: String
    /// Whether ASCII letters match in either case, as in Elasticsearch's `case_insensitive`.
    let ignoresCase: Bool

    /// Terms that begin with a text.
    public static func prefix(_ text: String, ignoringCase: Bool = false) -> TermPattern {
        TermPattern(kind: .prefix, text: text, ignoresCase: ignoringCase)
    }

    /// The term that is a text but for the case of ASCII letters.
    public static func ignoringCase(_ text: String) -> TermPattern {
        TermPattern(kind: .whole, text: text, ignoresCase: true)
    }

    /// `*` is any run of characters, `?` any single one, and `\` takes the next as it is.
    public static func wildcard(_ text: String, ignoringCase: Bool = false) -> TermPattern {
        TermPattern(kind: .wildcard, text: text, ignoresCase: ignoringCase)
    }

    /// A regular expression in Lucene's syntax, for whole terms.
    ///
    /// - Parameter maximumStates: of the automaton (`max_determinized_states`).
    /// - Throws: `TermPatternError` if it is malformed.
    public static func regexp(
        _ text: String, flags: RegexpFlags = .all, ignoringCase: Bool = false, maximumStates: Int = 10_000
    ) throws(TermPatternError) -> TermPattern {
        let pattern = TermPattern(
            kind: .regexp(flags, maximumStates: maximumStates), text: text, ignoresCase: ignoringCase)
        _ = try pattern.matcher()
        return pattern
    }

    func matcher() throws(TermPatternError) -> TermMatcher {
        switch kind {
        case .prefix: TermMatcher(prefix: text, ignoresCase: ignoresCase)
        case .whole: TermMatcher(whole: text)
        case .wildcard: TermMatcher(wildcard: text, ignoresCase: ignoresCase)
        case .regexp(let flags, let maximum):
            TermMatcher(
                regexp: try RegexpAutomaton(text, flags: flags, ignoresCase: ignoresCase, maximumStates: maximum))
        }
    }

    /// Whether a text as a whole looks like this.
    public func matches(_ text: String) throws(TermPatternError) -> Bool {
        var matcher = try matcher()
        let bytes = Array(text.utf8)
        return try bytes.withUnsafeBufferPointer { bytes throws(TermPatternError) in try matcher.matches(bytes) }
    }
}

extension TermPattern {
    /// As Lucene writes it: `abc*`, `a?c`, `/regexp/`.
    public var notation: String {
        switch kind {
        case .prefix: text + "*"
        case .whole, .wildcard: text
        case .regexp: "/\(text)/"
        }
    }
}
