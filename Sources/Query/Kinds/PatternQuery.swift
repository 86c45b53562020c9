/// `prefix`, `wildcard` and `regexp`: terms that look like something.
public struct PatternQuery: Equatable, Sendable {
    /// How the pattern is read.
    public enum Kind: Equatable, Sendable {
        case prefix
        case wildcard
        /// Operators beyond the usual ones, by their names (`ALL`, `INTERVAL|COMPLEMENT`), and states of the automaton at most.
        case regexp(flags: String, maximumStates: Int)
    }

    public var field: String
    public var text: String
    public var kind: Kind
    public var isCaseInsensitive: Bool

    public init(field: String, text: String, kind: Kind, isCaseInsensitive: Bool = false) {
        self.field = field
        self.text = text
        self.kind = kind
        self.isCaseInsensitive = isCaseInsensitive
    }
}

/// `fuzzy`: terms that differ from one by few edits.
public struct FuzzyTermQuery: Equatable, Sendable {
    public var field: String
    public var value: QueryValue
    public var fuzziness: Fuzziness
    public var prefixLength: Int
    public var maximumExpansions: Int
    public var allowsTranspositions: Bool

    public init(
        field: String, value: QueryValue, fuzziness: Fuzziness = .automatic, prefixLength: Int = 0,
        maximumExpansions: Int = 50, allowsTranspositions: Bool = true
    ) {
        self.field = field
        self.value = value
        self.fuzziness = fuzziness
        self.prefixLength = prefixLength
        self.maximumExpansions = maximumExpansions
        self.allowsTranspositions = allowsTranspositions
    }
}
