public import Indices
public import JSON

/// `_health_report`: what there is to say of the node, an indicator an area.
///
/// Source: https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-health-report
public struct HealthReport: Sendable {
    private struct Indicator {
        var name: String
        var status = ClusterHealth.Status.green
        var symptom: String
        var details: JSONValue = [:]
        var impacts: [JSONValue] = []
    }

    /// Less room than this, and Elasticsearch moves shards away.
    private static let wantedFree = 0.1

    private let health: ClusterHealth
    private let node: NodeFacts
    private let features: [String]?
    private let isVerbose: Bool
    private let size: Int

    /// - Parameters:
    ///   - features: the indicators that are wanted; nil: all.
    ///   - isVerbose: whether details are told.
    ///   - size: the most indices that are named.
    public init(health: ClusterHealth, node: NodeFacts, features: [String]?, isVerbose: Bool, size: Int) {
        self.health = health
        self.node = node
        self.features = features
        self.isVerbose = isVerbose
        self.size = size
    }

    public var json: JSONValue {
        get throws(ElasticsearchError) {
            guard size >= 0 else { throw .illegalArgument("The size parameter must be a positive integer") }
            var indicators = all
            if let features {
                for feature in features where !indicators.contains(where: { $0.name == feature }) {
                    throw ElasticsearchError(status: 404, "resource_not_found_exception", "Did not find indicator [\(feature)]")
                }
                indicators = indicators.filter { features.contains($0.name) }
            }
            var members: JSONMembers = [:]
            if features == nil {
                members["status"] = .string((indicators.map(\.status).min() ?? .green).rawValue)
            }
            members["cluster_name"] = .string(node.clusterName)
            members["indicators"] = .object(JSONMembers(indicators.map { ($0.name, written($0)) }))
            return .object(members)
        }
    }

    private func written(_ indicator: Indicator) -> JSONValue {
        var members: JSONMembers = ["status": .string(indicator.status.rawValue), "symptom": .string(indicator.symptom)]
        if isVerbose {
            members["details"] = indicator.details
            if !indicator.impacts.isEmpty { members["impacts"] = .array(indicator.impacts) }
        }
        return .object(members)
    }

    private var all: [Indicator] {
        [
            master,
            Indicator(name: "repository_integrity", symptom: "No snapshot repositories configured."),
            disk,
            Indicator(
                name: "shards_capacity", symptom: "The cluster has enough room to add new shards.",
                details: ["data": ["max_shards_in_cluster": 1000], "frozen": ["max_shards_in_cluster": 3000]]),
            shards,
            Indicator(
                name: "data_stream_lifecycle", symptom: "No data stream lifecycle health data available yet. Health information will be reported after the first run."),
            Indicator(
                name: "slm", symptom: "No Snapshot Lifecycle Management policies configured",
                details: ["slm_status": "STOPPED", "policies": 0]),
            Indicator(
                name: "ilm", symptom: "No Index Lifecycle Management policies configured",
                details: ["ilm_status": "STOPPED", "policies": 0, "stagnating_indices": 0]),
            Indicator(name: "file_settings", symptom: "No file-based setting errors"),
        ]
    }

    private var master: Indicator {
        let node: JSONValue = ["node_id": .string(node.id), "name": .string(node.name)]
        return Indicator(
            name: "master_is_stable", symptom: "The cluster has a stable master node",
            details: ["current_master": node, "recent_masters": [node]])
    }

    private var disk: Indicator {
        let hasRoom = Double(node.diskFreeBytes) >= Self.wantedFree * Double(node.diskTotalBytes)
        let blocked = health.indices.filter { $0.metadata.settings.blocks.contains(.readOnlyAllowDelete) }.count
        var indicator = Indicator(
            name: "disk", status: hasRoom ? .green : .yellow,
            symptom: hasRoom
                ? "The cluster has enough available disk space."
                : "1 node with roles: [data, ingest, ml, master, remote_cluster_client] is out of disk or running low on disk space.",
            details: [
                "indices_with_readonly_block": .int(blocked), "nodes_with_enough_disk_space": hasRoom ? 1 : 0,
                "nodes_with_unknown_disk_status": 0, "nodes_over_high_watermark": hasRoom ? 0 : 1,
                "nodes_over_flood_stage_watermark": 0,
            ])
        if blocked > 0 {
            indicator.status = .red
            indicator.symptom = "\(blocked) \(blocked == 1 ? "index is" : "indices are") not allowed to be updated."
        }
        return indicator
    }

    private var shards: Indicator {
        let primaries = health.unassignedPrimaryShards, replicas = health.unassignedShards - primaries
        var indicator = Indicator(
            name: "shards_availability", status: health.status, symptom: "This cluster has all shards available.",
            details: [
                "started_primaries": .int(health.primaryShards), "unassigned_primaries": .int(primaries),
                "initializing_primaries": .int(health.initializingShards), "creating_primaries": 0, "restarting_primaries": 0,
                "started_replicas": 0, "unassigned_replicas": .int(replicas), "initializing_replicas": 0, "creating_replicas": 0,
                "restarting_replicas": 0,
            ])
        func named(_ isOf: (IndexStatistics) -> Bool) -> String {
            health.indices.filter(isOf).map(\.name).sorted().prefix(size).joined(separator: ", ")
        }
        func impact(_ id: String, _ severity: Int, _ description: String, _ area: String) -> JSONValue {
            [
                "id": .string("elasticsearch:health:shards_availability:impact:" + id), "severity": .int(severity),
                "description": .string(description), "impact_areas": [.string(area)],
            ]
        }
        func counted(_ count: Int, _ kind: String) -> String { "\(count) unavailable \(kind) shard\(count == 1 ? "" : "s")" }
        let parts = (primaries > 0 ? [counted(primaries, "primary")] : []) + (replicas > 0 ? [counted(replicas, "replica")] : [])
        if !parts.isEmpty { indicator.symptom = "This cluster has \(parts.joined(separator: ", "))." }
        if primaries > 0 {
            indicator.impacts.append(
                impact(
                    "primary_unassigned", 1,
                    "Cannot add data to indices [\(named { $0.health == .red })]. Searches might return incomplete results.", "ingest"))
        }
        if replicas > 0 {
            indicator.impacts.append(
                impact(
                    "replica_unassigned", 2,
                    "Searches might be slower than usual. Fewer redundant copies of the data exist on indices "
                        + "[\(named { $0.health == .yellow })].", "search"))
        }
        return indicator
    }
}
