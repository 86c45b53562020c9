public import JSON

/// What an alias of an index says beside its name.
public struct AliasMetadata: Equatable, Sendable {
    /// A query that searches through the alias are restricted to, as it was written.
    public var filter: JSONValue?
    public var indexRouting: String?
    /// Comma-separated.
    public var searchRouting: String?
    /// Whether writes to the alias go to this index; nil: if it is the alias's only one.
    public var isWriteIndex: Bool?
    /// Whether only patterns that ask for hidden names match it.
    public var isHidden: Bool?

    public init(
        filter: JSONValue? = nil, indexRouting: String? = nil, searchRouting: String? = nil, isWriteIndex: Bool? = nil,
        isHidden: Bool? = nil
    ) {
        self.filter = filter
        self.indexRouting = indexRouting
        self.searchRouting = searchRouting
        self.isWriteIndex = isWriteIndex
        self.isHidden = isHidden
    }

    /// Reads what `encoded` wrote; `routing` is both routings, as in a request.
    public init(_ value: JSONValue) {
        self.init(
            filter: value["filter"], indexRouting: (value["index_routing"] ?? value["routing"])?.string,
            searchRouting: (value["search_routing"] ?? value["routing"])?.string, isWriteIndex: value["is_write_index"]?.bool,
            isHidden: value["is_hidden"]?.bool)
        if filter == .null || filter?.object?.isEmpty == true { filter = nil }
    }

    /// As `GET _alias` shows it.
    public var encoded: JSONValue {
        var members = JSONMembers()
        members["filter"] = filter
        members["index_routing"] = indexRouting.map { .string($0) }
        members["search_routing"] = searchRouting.map { .string($0) }
        members["is_write_index"] = isWriteIndex.map { .bool($0) }
        members["is_hidden"] = isHidden.map { .bool($0) }
        return .object(members)
    }
}
