/// How a `_search` answer is written.
public struct SearchFormat: Equatable, Sendable {
    /// `hits.total` as a number, as before version 7.
    public var isTotalAnInteger = false
    /// `_id` is left out of hits (`stored_fields: _none_`).
    public var omitsIdentity = false

    /// Names of aggregations carry their kind.
    public var hasTypedKeys = false

    public init() {}

    public init(_ parameters: QueryParameters, omitsIdentity: Bool = false) throws(ElasticsearchError) {
        isTotalAnInteger = try parameters.bool("rest_total_hits_as_int") ?? false
        self.omitsIdentity = omitsIdentity
        hasTypedKeys = try parameters.bool("typed_keys") ?? false
    }
}
