public import Indices
public import JSON

/// What `_resolve/index` answers.
public enum ResolveResponse {
    /// Indices, aliases and data streams by name.
    public static func json(_ names: ResolvedNames) -> JSONValue {
        [
            "indices": .array(names.indices.map { .object(members(of: $0)) }),
            "aliases": .array(
                names.aliases.map { ["name": .string($0.name), "indices": .array($0.indices.map { .string($0) })] }),
            "data_streams": .array(
                names.dataStreams.map {
                    [
                        "name": .string($0.name), "backing_indices": .array($0.indices.map { .string($0) }),
                        "timestamp_field": .string(DataStreamMembership.timestampField),
                    ]
                }),
        ]
    }

    private static func members(of index: IndexMetadata) -> JSONMembers {
        var members: JSONMembers = ["name": .string(index.name)]
        if !index.aliases.isEmpty, index.dataStream == nil { members["aliases"] = .array(index.aliases.keys.sorted().map { .string($0) }) }
        var attributes: [JSONValue] = [index.isClosed ? "closed" : "open"]
        if index.settings.isHidden { attributes.insert("hidden", at: 0) }
        members["attributes"] = .array(attributes)
        members["data_stream"] = index.dataStream.map { .string($0.name) }
        members["mode"] = "standard"
        return members
    }
}
