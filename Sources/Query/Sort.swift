/// The order that a search asks its hits in: the first key, then the next among equals.
public struct Sort: Equatable, Sendable {
    public enum Order: String, CaseIterable, Equatable, Hashable, Sendable {
        case ascending = "asc"
        case descending = "desc"
    }

    public enum Key: Equatable, Sendable {
        case score
        /// `_doc`: the order that costs nothing.
        case document
        /// `_shard_doc`: as `_doc`, unique across the shards of a point in time.
        case shardDocument
        case field(FieldSort)
    }

    public struct Clause: Equatable, Sendable {
        public var key: Key
        public var order: Order

        public init(_ key: Key, _ order: Order) {
            self.key = key
            self.order = order
        }
    }

    public var clauses: [Clause]
    /// What scripts and distances among the keys are called.
    public var computed: [ComputedField] = []

    public init(_ clauses: [Clause]) {
        self.clauses = clauses
    }

    /// Best scores first is the order without a sort: such hits show no sort values.
    public var isDefault: Bool { clauses == [Clause(.score, .descending)] }
}

/// A field to sort by, with what decides among its values.
public struct FieldSort: Equatable, Sendable {
    public var name: String
    /// `_first`, `_last` or a value for documents without one.
    public var missing: QueryValue?
    public var mode: String?
    public var unmappedType: String?
    public var numericType: String?
    public var format: String?

    public init(
        name: String, missing: QueryValue? = nil, mode: String? = nil, unmappedType: String? = nil, numericType: String? = nil,
        format: String? = nil
    ) {
        self.name = name
        self.missing = missing
        self.mode = mode
        self.unmappedType = unmappedType
        self.numericType = numericType
        self.format = format
    }
}
