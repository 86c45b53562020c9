/// How the scores of one list are made comparable with another's.
///
/// Source: https://www.elastic.co/docs/reference/elasticsearch/rest-apis/retrievers/linear-retriever
public enum ScoreNormalizer: String, CaseIterable, Equatable, Sendable {
    case none
    /// From 0 for the least to 1 for the greatest; 1 for all where they are alike.
    case minmax
    /// Divided by the root of the sum of their squares.
    case euclidean = "l2_norm"

    private static let epsilon: Float = 1e-6

    /// - Complexity: O(*n*).
    public func normalized(_ scores: [Float]) -> [Float] {
        switch self {
        case .none: return scores
        case .minmax:
            guard let least = scores.min(), let greatest = scores.max() else { return scores }
            if abs(least - greatest) < Self.epsilon { return scores.map { _ in 1 } }
            return scores.map { ($0 - least) / (greatest - least) }
        case .euclidean:
            let norm = scores.reduce(0.0) { $0 + Double($1 * $1) }.squareRoot()
            return norm < Double(Self.epsilon) ? scores : scores.map { Float(Double($0) / norm) }
        }
    }
}
