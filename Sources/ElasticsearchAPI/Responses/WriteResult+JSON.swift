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
    ///   - listsPipelines: with the pipelines that the document went through, of which there are none.
    func bulkItem(_ action: String, listsPipelines: Bool) -> JSONValue {
        var members = members
        if listsPipelines { members["executed_pipelines"] = [] }
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
