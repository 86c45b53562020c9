public import Query

/// Why there is no vector where `query_vector_builder.lookup` says.
public enum VectorLookupProblem: Equatable, Sendable {
    case documentMissing(DocumentLookup)
    case fieldMissing(DocumentLookup)
    /// What is there is no vector.
    case notAVector(DocumentLookup)
}
