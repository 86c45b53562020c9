/// `terms_set` bound to a mapping: scored by the sum of the terms' scores.
public struct TermsSetPlan: Hashable, Sendable {
    /// How many of the terms a document must have.
    public enum Minimum: Hashable, Sendable {
        case given(Int)
        /// Whole numbers of a field; documents without it do not match.
        case field(String)
        case script(ScriptPlan)
    }

    /// One for each term; those that no document can have match nothing.
    public var terms: [QueryPlan]
    public var minimum: Minimum
}
