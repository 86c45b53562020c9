public import Mapping
public import Scripts

/// `function_score`: what a query matches, scored by functions of the documents.
public struct FunctionScoreQuery: Equatable, Sendable {
    /// One function, of the documents that its filter matches.
    public struct Function: Equatable, Sendable {
        /// Nil: of all.
        public var filter: Query?
        public var kind: FunctionKind
        /// What the function's value is multiplied by; nil: 1, and where values are averaged it counts as 1.
        public var weight: Float?

        public init(filter: Query? = nil, kind: FunctionKind, weight: Float? = nil) {
            self.filter = filter
            self.kind = kind
            self.weight = weight
        }
    }

    /// What a function's number comes from.
    public enum FunctionKind: Equatable, Sendable {
        /// 1: only the weight counts.
        case weight
        /// Between 0 and 1; the same again for the same seed.
        case random(seed: Int?, field: String? = nil)
        case fieldValue(FieldValueFunction)
        case decay(DecayFunction)
        case script(ScriptReference)
    }

    /// How the functions' values become one.
    public enum ScoreMode: String, CaseIterable, Equatable, Hashable, Sendable {
        case multiply, sum, avg, first, max, min
    }

    /// How that and the query's score become one.
    public enum BoostMode: String, CaseIterable, Equatable, Hashable, Sendable {
        case multiply, replace, sum, avg, max, min
    }

    public var query: Query
    public var functions: [Function]
    public var scoreMode: ScoreMode
    public var boostMode: BoostMode
    /// The functions' value is cut to it.
    public var maximumBoost: Float
    public var minimumScore: Float?

    public init(
        query: Query, functions: [Function], scoreMode: ScoreMode = .multiply, boostMode: BoostMode = .multiply,
        maximumBoost: Float = .greatestFiniteMagnitude, minimumScore: Float? = nil
    ) {
        self.query = query
        self.functions = functions
        self.scoreMode = scoreMode
        self.boostMode = boostMode
        self.maximumBoost = maximumBoost
        self.minimumScore = minimumScore
    }
}

/// `field_value_factor`: modifier(factor · value).
public struct FieldValueFunction: Equatable, Hashable, Sendable {
    /// What is made of factor · value; `log` is of base 10, `ln` natural, and `1p`, `2p` add 1 or 2 first. Raw values are
    /// Elasticsearch's names.
    public enum Modifier: String, CaseIterable, Equatable, Hashable, Sendable {
        case none, log, log1p, log2p, ln, ln1p, ln2p, square, sqrt, reciprocal
    }

    public var field: String
    public var factor: Double
    public var modifier: Modifier
    /// Of documents without the field; nil: they are an error.
    public var missing: Double?

    public init(field: String, factor: Double = 1, modifier: Modifier = .none, missing: Double? = nil) {
        self.field = field
        self.factor = factor
        self.modifier = modifier
        self.missing = missing
    }
}

/// `gauss`, `exp` and `linear`: 1 near an origin, less farther away.
public struct DecayFunction: Equatable, Sendable {
    /// How the score falls with the distance: as a bell, exponentially, or in a line to 0. Raw values are Elasticsearch's
    /// names.
    public enum Shape: String, CaseIterable, Equatable, Hashable, Sendable {
        case gauss, exp, linear
    }

    /// Which of a document's several distances counts.
    public enum MultiValueMode: String, CaseIterable, Equatable, Hashable, Sendable {
        case min, max, avg, sum
    }

    /// Where distance is counted from: a number or date, or a point.
    public enum Origin: Equatable, Sendable {
        case value(QueryValue)
        case point(GeoPoint)
    }

    public var shape: Shape
    public var field: String
    /// Nil: now, of dates.
    public var origin: Origin?
    /// As it was given: a number, a time (`10d`) or a distance (`2km`).
    public var scale: QueryValue
    public var offset: QueryValue?
    /// The value at `scale` from the origin.
    public var decay: Double
    public var multiValueMode: MultiValueMode

    public init(
        shape: Shape, field: String, origin: Origin?, scale: QueryValue, offset: QueryValue? = nil, decay: Double = 0.5,
        multiValueMode: MultiValueMode = .min
    ) {
        self.shape = shape
        self.field = field
        self.origin = origin
        self.scale = scale
        self.offset = offset
        self.decay = decay
        self.multiValueMode = multiValueMode
    }
}
