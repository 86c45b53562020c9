public import Query

/// Why there is no vector where `query_vector_builder.lookup` says.
public enum VectorLookupProblem: Equatable, Sendable {
    case documentMissing(VectorLookup)
    case fieldMissing(VectorLookup)
    /// What is there is no vector.
    case notAVector(VectorLookup)
}
