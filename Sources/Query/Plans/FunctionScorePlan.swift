internal import Glibc

/// `function_score` bound to a mapping.
public struct FunctionScorePlan: Hashable, Sendable {
    /// A function, and the documents that it is for. `weight` multiplies what it gives; nil: 1.
    public struct Function: Hashable, Sendable {
        /// Nil: of all documents.
        public var filter: QueryPlan?
        public var kind: Kind
        public var weight: Float?
    }

    /// What a function's number comes from.
    public enum Kind: Hashable, Sendable {
        case weight
        /// Of a field's values; nil: of the documents.
        case random(seed: Int, field: String?)
        case fieldValue(FieldValueFunction, Column)
        case decay(DecayPlan)
        /// Of the query's documents; the plan's own query is not looked at.
        case script(ScriptScorePlan)
    }

    /// Where a field's values are.
    public enum Column: Hashable, Sendable {
        /// Whole numbers, which are multiplied to be the field's.
        case longs(scale: Double)
        case doubles
    }

    public var query: QueryPlan
    public var functions: [Function]
    public var scoreMode: FunctionScoreQuery.ScoreMode
    public var boostMode: FunctionScoreQuery.BoostMode
    public var maximumBoost: Float
    public var minimumScore: Float?
}

/// A function of the distance from an origin.
public struct DecayPlan: Hashable, Sendable {
    /// Where distance is counted from, and where the document's values stand.
    public enum Distance: Hashable, Sendable {
        case fromNumber(Double, FunctionScorePlan.Column)
        /// Metres.
        case fromPlace(latitude: Double, longitude: Double)
    }

    public var field: String
    public var distance: Distance
    public var shape: DecayFunction.Shape
    /// In the distance's unit.
    public var scale: Double
    /// Nearer than this, the function is 1.
    public var offset: Double
    public var decay: Double
    public var multiValueMode: DecayFunction.MultiValueMode

    /// The function's value.
    ///
    /// Source: https://www.elastic.co/docs/reference/query-languages/query-dsl/query-dsl-function-score-query#function-decay
    public func value(atDistance distance: Double) -> Double {
        let beyond = max(0, distance - offset)
        switch shape {
        case .gauss: return Glibc.exp(log(decay) * (beyond / scale) * (beyond / scale))
        case .exp: return Glibc.exp(log(decay) * beyond / scale)
        case .linear:
            let width = scale / (1 - decay)
            return max(0, (width - beyond) / width)
        }
    }
}
