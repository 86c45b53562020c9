internal import Mapping

/// `semantic`, and `match` of a semantic field: documents with chunks that are near to a text.
public struct SemanticQuery: Equatable, Sendable {
    public var field: String
    public var text: String
    /// The text's vectors, by the inference endpoints that made them: to be filled in before the query is planned.
    public var vectors: [String: [Float]] = [:]
    /// What is looked for in indices where the field is not a semantic one; nil: it has to be.
    public var match: MatchQuery?
    /// All of them must match: of the nearest that are looked for, as of what is found.
    public var filter: [Query] = []

    public init(field: String, text: String) {
        self.field = field
        self.text = text
    }

    /// What a `match` query is to semantic fields; to others it stays what it is.
    public init(_ match: MatchQuery) {
        field = match.field
        text = match.text.scalar.text
        self.match = match
    }
}
