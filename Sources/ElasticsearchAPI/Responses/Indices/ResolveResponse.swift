public import Indices
public import JSON

/// What `_resolve/index` answers.
public enum ResolveResponse {
    /// Indices and aliases by name. There are no data streams.
    public static func json(_ names: (indices: [IndexMetadata], aliases: [(name: String, indices: [String])])) -> JSONValue {
        [
            "indices": .array(names.indices.map { .object(members(of: $0)) }),
            "aliases": .array(
                names.aliases.map { ["name": .string($0.name), "indices": .array($0.indices.map { .string($0) })] }),
            "data_streams": [],
        ]
    }

    private static func members(of index: IndexMetadata) -> JSONMembers {
        var members: JSONMembers = ["name": .string(index.name)]
        if !index.aliases.isEmpty { members["aliases"] = .array(index.aliases.keys.sorted().map { .string($0) }) }
        var attributes: [JSONValue] = [index.isClosed ? "closed" : "open"]
        if index.settings.isHidden { attributes.insert("hidden", at: 0) }
        members["attributes"] = .array(attributes)
        members["mode"] = "standard"
        return members
    }
}
