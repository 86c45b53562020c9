public import Scripts

/// `terms_set`: documents that have as many of some terms as a number, a field or a script says.
public struct TermsSetQuery: Equatable, Sendable {
    /// How many of the terms a document must have.
    public enum Minimum: Equatable, Sendable {
        case given(MinimumShouldMatch)
        case field(String)
        /// Called with the number of terms as `params.num_terms`.
        case script(ScriptReference)
    }

    public var field: String
    public var terms: [QueryValue]
    public var minimum: Minimum

    public init(field: String, terms: [QueryValue], minimum: Minimum) {
        self.field = field
        self.terms = terms
        self.minimum = minimum
    }
}
