/// `term`: documents that have a value as it is indexed, not analysed.
public struct TermQuery: Equatable, Sendable {
    public var field: String
    public var value: QueryValue
    public var isCaseInsensitive: Bool

    public init(field: String, value: QueryValue, isCaseInsensitive: Bool = false) {
        self.field = field
        self.value = value
        self.isCaseInsensitive = isCaseInsensitive
    }
}

/// `terms`: documents that have any of some values.
public struct TermsQuery: Equatable, Sendable {
    /// Where values stand that are not in the query itself.
    public struct Lookup: Equatable, Sendable {
        public var index: String
        public var id: String
        /// A dotted path in the document's source.
        public var path: String
        public var routing: String?

        public init(index: String, id: String, path: String, routing: String? = nil) {
            self.index = index
            self.id = id
            self.path = path
            self.routing = routing
        }
    }

    public var field: String
    public var values: [QueryValue]
    /// To be replaced by the values before the query is planned.
    public var lookup: Lookup?

    public init(field: String, values: [QueryValue], lookup: Lookup? = nil) {
        self.field = field
        self.values = values
        self.lookup = lookup
    }
}
