/// The order that a search asks its hits in: the first key, then the next among equals.
public struct Sort: Equatable, Sendable {
    /// Raw values are Elasticsearch's names.
    public enum Order: String, CaseIterable, Equatable, Hashable, Sendable {
        case ascending = "asc"
        case descending = "desc"
    }

    /// What hits are compared by.
    public enum Key: Equatable, Sendable {
        case score
        /// `_doc`: the order that costs nothing.
        case document
        /// `_shard_doc`: as `_doc`, unique across the shards of a point in time.
        case shardDocument
        case field(FieldSort)
    }

    /// A key, and which end comes first.
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
    /// The nested objects whose values count; nil: the document's own.
    public var nested: NestedSort?

    public init(
        name: String, missing: QueryValue? = nil, mode: String? = nil, unmappedType: String? = nil, numericType: String? = nil,
        format: String? = nil, nested: NestedSort? = nil
    ) {
        self.name = name
        self.missing = missing
        self.mode = mode
        self.unmappedType = unmappedType
        self.numericType = numericType
        self.format = format
        self.nested = nested
    }
}

/// The nested objects that documents are sorted by.
public struct NestedSort: Equatable, Sendable {
    /// A path of nested objects, and which of them count.
    public struct Level: Equatable, Sendable {
        /// The objects' full path.
        public var path: String
        /// Only objects that match it count; nil: all.
        public var filter: Query?

        public init(path: String, filter: Query? = nil) {
            self.path = path
            self.filter = filter
        }
    }

    /// Outermost first; the values are of the last one's objects.
    public var levels: [Level]
    /// How many of a document's objects count, the first of them; nil: all.
    public var maximumChildren: Int?

    public init(levels: [Level], maximumChildren: Int? = nil) {
        self.levels = levels
        self.maximumChildren = maximumChildren
    }
}
