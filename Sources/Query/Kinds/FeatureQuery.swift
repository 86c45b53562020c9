public import Mapping

/// Queries whose scores come from numbers of documents.
public enum FeatureQuery: Equatable, Sendable {
    case rank(RankFeatureQuery)
    case sparse(SparseVectorQuery)
    case distance(DistanceFeatureQuery)
}

/// `rank_feature`: documents with a feature, by a function of its weight.
public struct RankFeatureQuery: Equatable, Sendable {
    /// A score of the feature's weight w.
    public enum Function: Hashable, Sendable {
        /// w / (w + pivot); without a pivot, about the mean of the weights.
        case saturation(pivot: Float?)
        /// ln(factor + w)
        case log(factor: Float)
        /// wᵉ / (wᵉ + pivotᵉ)
        case sigmoid(pivot: Float, exponent: Float)
        case linear
    }

    public var field: String
    public var function: Function

    public init(field: String, function: Function = .saturation(pivot: nil)) {
        self.field = field
        self.function = function
    }
}

/// `sparse_vector`: documents by the products of their tokens' weights with the query's.
public struct SparseVectorQuery: Equatable, Sendable {
    /// A token of the query, and its weight, which scores multiply.
    public struct Token: Hashable, Sendable {
        public var name: String
        public var weight: Float

        public init(_ name: String, weight: Float) {
            self.name = name
            self.weight = weight
        }
    }

    /// Which tokens are left out: those that many documents have and that weigh little.
    public struct Pruning: Hashable, Sendable {
        /// Times the mean share of documents that have a token.
        public var frequencyRatio: Float = 5
        /// Times the greatest weight of the query.
        public var weightRatio: Float = 0.4
        /// Whether those are scored that would be left out, for rescoring.
        public var keepsPruned = false

        public init() {}
    }

    /// A text that a model is to turn into tokens.
    public struct Inference: Equatable, Sendable {
        public var modelID: String?
        public var text: String

        public init(modelID: String?, text: String) {
            self.modelID = modelID
            self.text = text
        }
    }

    public var field: String
    public var tokens: [Token]
    public var inference: Inference?
    /// Nil: as the mapping says.
    public var prunes: Bool?
    public var pruning: Pruning?

    public init(field: String, tokens: [Token]) {
        self.field = field
        self.tokens = tokens
    }
}

/// `distance_feature`: documents by how near their date or place is.
public struct DistanceFeatureQuery: Equatable, Sendable {
    /// Where distance is counted from: a date (its text or milliseconds) or a point.
    public enum Origin: Equatable, Sendable {
        case value(QueryValue)
        case point(GeoPoint)
    }

    public var field: String
    public var origin: Origin
    /// Where the score is half: a time or a length.
    public var pivot: String

    public init(field: String, origin: Origin, pivot: String) {
        self.field = field
        self.origin = origin
        self.pivot = pivot
    }
}
