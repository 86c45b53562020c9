internal import Ingest
internal import JSON

extension IngestStatistics {
    /// As `_nodes/stats` shows it.
    var json: JSONValue {
        let pipelines = pipelines.map { pipeline in
            var members = pipeline.counts.members
            members["ingested_as_first_pipeline_in_bytes"] = 0
            members["produced_as_first_pipeline_in_bytes"] = 0
            members["processors"] = .array(
                pipeline.processors.map { processor in
                    var entry = JSONMembers()
                    entry[processor.name] = ["type": .string(processor.type), "stats": .object(processor.counts.members)]
                    return .object(entry)
                })
            return (pipeline.id, JSONValue.object(members))
        }
        return ["total": .object(total.members), "pipelines": .object(JSONMembers(pipelines))]
    }

    /// As `_cluster/stats` shows it: by type.
    var summary: JSONValue {
        var types: [String: IngestCounts] = [:]
        for processor in pipelines.flatMap(\.processors) { types[processor.type, default: IngestCounts()].add(processor.counts) }
        var members = JSONMembers()
        for (type, counts) in types.sorted(by: { $0.key < $1.key }) { members[type] = .object(counts.members) }
        return ["number_of_pipelines": .int(pipelines.count), "processor_stats": .object(members)]
    }
}

extension IngestCounts {
    fileprivate var members: JSONMembers {
        ["count": .int(count), "time_in_millis": .int(Int(nanoseconds / 1_000_000)), "current": 0, "failed": .int(failed)]
    }
}
