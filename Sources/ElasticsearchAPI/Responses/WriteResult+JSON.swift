public import Indices
public import JSON

extension WriteResult {
    /// The HTTP status of a write that was carried out.
    public var status: Int {
        switch outcome {
        case .created: 201
        case .updated, .deleted, .noop: 200
        case .notFound: 404
        }
    }

    /// The body of an answer to a single write.
    public var json: JSONValue { .object(members) }

    /// - Parameters:
    ///   - action: `index`, `create`, `delete` or `update`.
    ///   - pipelines: those that the document went through; nil: they are not listed.
    func bulkItem(_ action: String, pipelines: [String]?) -> JSONValue {
        var members = members
        if let pipelines { members["executed_pipelines"] = .array(pipelines.map { .string($0) }) }
        members["status"] = .int(status)
        return .object([(action, .object(members))].members)
    }

    private var members: JSONMembers {
        var pairs: [(String, JSONValue)] = [
            ("_index", .string(index)), ("_id", .string(id)), ("_version", .int(Int(version))),
            ("result", .string(outcome.rawValue)),
        ]
        if forcedRefresh { pairs.append(("forced_refresh", true)) }
        pairs += [
            ("_shards", ShardCounts(total: outcome == .noop ? 0 : 1).json()), ("_seq_no", .int(Int(sequenceNumber))),
            ("_primary_term", .int(Int(primaryTerm))),
        ]
        if let shownSource {
            pairs.append((
                "get",
                [
                    "_seq_no": .int(Int(sequenceNumber)), "_primary_term": .int(Int(primaryTerm)), "found": true,
                    "_source": shownSource,
                ]))
        }
        return pairs.members
    }
}

extension [(String, JSONValue)] {
    /// As the members of an object.
    var members: JSONMembers { JSONMembers(self) }
}

/// The answer to a write whose document its pipeline dropped.
public enum DroppedWrite {
    /// - Parameter id: nil where none was given.
    public static func members(index: String, id: String?) -> JSONMembers {
        [
            "_index": .string(index), "_id": .string(id ?? "auto-generated"), "_version": -3, "result": "noop",
            "_shards": ["total": 0, "successful": 0, "failed": 0], "_seq_no": -2, "_primary_term": 0,
        ]
    }
}
