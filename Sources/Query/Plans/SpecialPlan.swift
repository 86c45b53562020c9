public import Mapping

/// Plans of field types that are neither looked up by a value nor by a range.
public enum SpecialPlan: Hashable, Sendable {
    /// Documents with a span that stands in a relation to another one; scored 1.
    case spans(field: String, SpanMatch)
    case rank(RankFeaturePlan)
    case sparse(SparseVectorPlan)
    case nearness(NearnessPlan)

    public var field: String {
        switch self {
        case .spans(let field, _): field
        case .rank(let plan): plan.field
        case .sparse(let plan): plan.field
        case .nearness(let plan): plan.field
        }
    }
}

/// Documents with a feature, by a function of its weight.
public struct RankFeaturePlan: Hashable, Sendable {
    public var field: String
    public var feature: String
    public var function: RankFeatureQuery.Function
}

/// Documents with any of some tokens, by the sum of the products of weights.
public struct SparseVectorPlan: Hashable, Sendable {
    public var field: String
    public var tokens: [SparseVectorQuery.Token]
    public var pruning: SparseVectorQuery.Pruning?
}

/// Documents with a number or a point, by pivot / (pivot + distance).
public struct NearnessPlan: Hashable, Sendable {
    /// Where distance is counted from: milliseconds since 1970, or degrees.
    public enum Origin: Hashable, Sendable {
        case number(Int64)
        case point(latitude: Double, longitude: Double)
    }

    public var field: String
    public var origin: Origin
    /// In the units of the field's numbers, or in metres.
    public var pivot: Double
}
