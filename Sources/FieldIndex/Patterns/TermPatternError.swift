/// Why a pattern of terms cannot be run.
public enum TermPatternError: Error, Equatable, Sendable {
    /// The regular expression cannot be read from this character on.
    case malformed(pattern: String, position: Int, reason: String)
    /// The automaton needs more states than it may have.
    case tooComplex(pattern: String, maximumStates: Int)
}
