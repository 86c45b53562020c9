public import Scripts

/// A second, more expensive scoring of a shard's best documents.
///
/// Source: https://www.elastic.co/docs/reference/elasticsearch/rest-apis/filter-search-results#rescore
public struct Rescorer: Equatable, Sendable {
    /// How the first score and the second become one. Raw values are Elasticsearch's names.
    public enum Mode: String, CaseIterable, Equatable, Hashable, Sendable {
        case total, multiply, avg, max, min

        /// The score of a document that both queries match.
        public func combine(_ first: Float, _ second: Float) -> Float {
            switch self {
            case .total: first + second
            case .multiply: first * second
            case .avg: (first + second) / 2
            case .max: Swift.max(first, second)
            case .min: Swift.min(first, second)
            }
        }
    }

    /// A second query, its score multiplied and brought together with the first.
    public struct QueryRescore: Equatable, Sendable {
        public var query: Query
        public var queryWeight: Float = 1
        public var rescoreWeight: Float = 1
        public var mode = Mode.total

        public init(_ query: Query) {
            self.query = query
        }
    }

    /// What the second score comes from.
    public enum Kind: Equatable, Sendable {
        case query(QueryRescore)
        /// The script's score in the place of the first.
        case script(ScriptReference)
    }

    public var kind: Kind
    /// How many documents of a shard are scored anew.
    public var window: Int

    public static let defaultWindow = 10

    public init(_ kind: Kind, window: Int = Self.defaultWindow) {
        self.kind = kind
        self.window = window
    }
}

/// A `Rescorer` bound to a mapping.
public struct RescorePlan: Equatable, Sendable {
    /// What the second score comes from.
    public enum Kind: Equatable, Sendable {
        case query(QueryPlan, queryWeight: Float, rescoreWeight: Float, mode: Rescorer.Mode)
        case script(ScriptScorePlan)
    }

    public var kind: Kind
    public var window: Int
}
