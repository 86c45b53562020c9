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
    public var field: String
    public var values: [QueryValue]
    /// To be replaced by the values before the query is planned.
    public var lookup: DocumentLookup?

    public init(field: String, values: [QueryValue], lookup: DocumentLookup? = nil) {
        self.field = field
        self.values = values
        self.lookup = lookup
    }
}
