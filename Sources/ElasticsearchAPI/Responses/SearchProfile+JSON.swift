internal import Indices
internal import JSON
internal import Shards
internal import VectorIndex

extension SearchProfile {
    /// `profile` of a `_search` answer, in Elasticsearch's shape: for each shard the searches, and under `dfs` what each
    /// top-level `knn` took.
    ///
    /// How vectors were looked for, and what each way was predicted to cost, stands in `debug` of the part it belongs to.
    var json: JSONValue { ["shards": .array(shards.map(\.json))] }
}

extension SearchProfile.Shard {
    fileprivate var json: JSONValue {
        var members: JSONMembers = [
            "id": .string("[\(nodeID)][\(index)][\(number)]"), "node_id": .string(nodeID), "shard_id": .int(number),
            "index": .string(index), "cluster": "(local)",
        ]
        let nearest = nearest.compactMap(\.self)
        if !nearest.isEmpty {
            members["dfs"] = [
                "knn": .array(
                    nearest.map { $0.json(type: "DocAndScoreQuery", collector: "SimpleTopScoreDocCollector") })
            ]
        }
        members["searches"] = .array([query.json(type: "Query", collector: "QueryPhaseCollector")])
        members["aggregations"] = []
        return .object(members)
    }
}

extension SearchProfile.Phase {
    fileprivate func json(type: String, collector: String) -> JSONValue {
        var query: JSONMembers = [
            "type": .string(type), "description": .string(work.map(\.field).joined(separator: ", ")),
            "time_in_nanos": .int(nanoseconds),
            "breakdown": [
                "create_weight": 0, "create_weight_count": 1, "build_scorer": .int(nanoseconds), "build_scorer_count": 1,
                "next_doc": 0, "next_doc_count": .int(documents), "score": 0, "score_count": .int(documents),
            ],
        ]
        if !work.isEmpty { query["debug"] = ["vector_searches": .array(work.map(\.json))] }
        var members = JSONMembers()
        if !work.isEmpty { members["vector_operations_count"] = .int(work.reduce(0) { $0 + $1.comparisons }) }
        members["query"] = .array([.object(query)])
        members["rewrite_time"] = 0
        members["collector"] = [
            ["name": .string(collector), "reason": "search_top_hits", "time_in_nanos": .int(nanoseconds)]
        ]
        return .object(members)
    }
}

extension VectorWork {
    fileprivate var json: JSONValue {
        var members: JSONMembers = [
            "field": .string(field), "strategy": .string(strategy.rawValue), "vector_operations_count": .int(comparisons),
        ]
        if let predicted {
            members["predicted_cost"] = ["graph": .double(predicted.graph), "exact": .double(predicted.exact)]
        }
        return .object(members)
    }
}
