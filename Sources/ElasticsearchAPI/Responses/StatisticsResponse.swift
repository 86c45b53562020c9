public import Indices
public import JSON

/// What `_stats` says.
public struct StatisticsResponse: Sendable {
    /// The statistics that are kept.
    public enum Metric: String, CaseIterable, Sendable {
        case docs, store
        case merges = "merge"
    }

    private let indices: [IndexStatistics]
    private let metrics: Set<Metric>

    /// - Parameter metrics: comma-separated, `_all` or nil for all.
    /// - Throws: `ElasticsearchError` for a metric that is not kept.
    public init(_ indices: [IndexStatistics], metrics: String?, path: String) throws(ElasticsearchError) {
        self.indices = indices
        let names = metrics?.split(separator: ",").map(String.init) ?? []
        if names.isEmpty || names == ["_all"] {
            self.metrics = Set(Metric.allCases)
            return
        }
        var chosen: Set<Metric> = []
        for name in names {
            guard let metric = Metric(rawValue: name) else {
                throw .illegalArgument("request [\(path)] contains unrecognized metric: [\(name)]")
            }
            chosen.insert(metric)
        }
        self.metrics = chosen
    }

    public var json: JSONValue {
        let shards = ShardCounts(total: indices.reduce(0) { $0 + $1.numberOfShards })
        let byIndex = indices.map { index -> (String, JSONValue) in
            let statistics = statistics([index])
            return (index.name, ["uuid": .string(index.uuid), "status": "open", "primaries": statistics, "total": statistics])
        }
        let all = statistics(indices)
        return [
            "_shards": shards.json(), "_all": ["primaries": all, "total": all], "indices": .object(byIndex.members),
        ]
    }

    private func statistics(_ indices: [IndexStatistics]) -> JSONValue {
        var members: JSONMembers = [:]
        if metrics.contains(.docs) {
            members["docs"] = [
                "count": .int(indices.reduce(0) { $0 + $1.documents }),
                "deleted": .int(indices.reduce(0) { $0 + $1.deletedDocuments }),
            ]
        }
        if metrics.contains(.store) {
            let bytes = JSONValue.int(indices.reduce(0) { $0 + $1.storeBytes })
            members["store"] = ["size_in_bytes": bytes, "total_data_set_size_in_bytes": bytes, "reserved_in_bytes": 0]
        }
        if metrics.contains(.merges) {
            members["merges"] = ["current": 0, "current_docs": 0, "current_size_in_bytes": 0, "total": 0]
        }
        return .object(members)
    }
}
