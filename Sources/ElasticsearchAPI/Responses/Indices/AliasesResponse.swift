public import Indices
public import JSON

/// What `_alias` and `_aliases` answer.
public enum AliasesResponse {
    static func object(_ aliases: [String: AliasMetadata]) -> JSONValue {
        .object(aliases.sorted { $0.key < $1.key }.map { ($0.key, $0.value.encoded) }.members)
    }

    /// `{"index": {"aliases": {"alias": {}}}, …}`; an error and a status where names are missing.
    public static func json(
        _ found: [(index: String, aliases: [String: AliasMetadata])], missing: [String]
    ) -> (json: JSONValue, status: Int) {
        var members = JSONMembers()
        if !missing.isEmpty {
            let names = missing.count == 1 ? "alias [\(missing[0])] missing" : "aliases [\(missing.sorted().joined(separator: ","))] missing"
            members["error"] = .string(names)
            members["status"] = 404
        }
        for entry in found { members[entry.index] = ["aliases": object(entry.aliases)] }
        return (.object(members), missing.isEmpty ? 200 : 404)
    }

    /// - Parameter missing: for each action the aliases that it did not find.
    public static func updated(_ actions: [AliasAction], missing: [[String]]) -> JSONValue {
        let hasErrors = missing.contains { !$0.isEmpty }
        var members: JSONMembers = ["acknowledged": true, "errors": .bool(hasErrors)]
        if hasErrors {
            members["action_results"] = .array(zip(actions, missing).map { .object(result(of: $0, missing: $1)) })
        }
        return .object(members)
    }

    private static func result(of action: AliasAction, missing: [String]) -> JSONMembers {
        let (type, indices, aliases): (JSONValue, [String], [String]) =
            switch action {
            case .add(let indices, let aliases, _): ("add", indices, aliases)
            case .remove(let indices, let aliases, _): ("remove", indices, aliases)
            case .removeIndex(let indices): ("remove_index", indices, [])
            }
        var members: JSONMembers = [
            "action": [
                "type": type, "indices": .array(indices.map { .string($0) }), "aliases": .array(aliases.map { .string($0) }),
            ],
            "status": missing.isEmpty ? 200 : 404,
        ]
        if !missing.isEmpty { members["error"] = ElasticsearchError(IndicesError.aliasesMissing(missing)).itemJSON }
        return members
    }
}
