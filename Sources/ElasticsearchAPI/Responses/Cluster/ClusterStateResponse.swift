public import Indices
public import JSON
internal import Mapping

/// What `_cluster/state` answers: as much of it as clients read.
public struct ClusterStateResponse: Sendable {
    private static let metrics: Set = [
        "_all", "version", "master_node", "blocks", "nodes", "metadata", "routing_table", "routing_nodes", "customs",
    ]

    private let node: NodeFacts
    private let cluster: ClusterMetadata
    private let indices: [IndexStatistics]
    private let metrics: Set<String>

    /// - Parameter metrics: comma-separated; nil and `_all` for all.
    /// - Throws: `ElasticsearchError` for others.
    public init(
        _ node: NodeFacts, _ cluster: ClusterMetadata, _ indices: [IndexStatistics], metrics: String?, path: String
    ) throws(ElasticsearchError) {
        self.node = node
        self.cluster = cluster
        self.indices = indices
        self.metrics = Set((metrics ?? "_all").split(separator: ",").map(String.init))
        if let unknown = self.metrics.subtracting(Self.metrics).min() {
            throw .illegalArgument("request [\(path)] contains unrecognized metric: [\(unknown)]")
        }
    }

    public var json: JSONValue {
        var members: JSONMembers = ["cluster_name": .string(node.clusterName), "cluster_uuid": .string(node.id)]
        if isWanted("version") || isWanted("metadata") || isWanted("routing_table") {
            members["version"] = .int(version)
            members["state_uuid"] = .string("\(node.id)-\(version)")
        }
        if isWanted("master_node") { members["master_node"] = .string(node.id) }
        if isWanted("blocks") { members["blocks"] = blocks }
        if isWanted("nodes") { members["nodes"] = .object([(node.id, nodeJSON)].members) }
        if isWanted("metadata") { members["metadata"] = metadata }
        if isWanted("routing_table") {
            members["routing_table"] = ["indices": .object(indices.map { ($0.name, ["shards": routing(of: $0)]) }.members)]
        }
        if isWanted("routing_nodes") { members["routing_nodes"] = routingNodes }
        return .object(members)
    }

    private func isWanted(_ metric: String) -> Bool { metrics.contains("_all") || metrics.contains(metric) }

    /// Counts whatever changes what is shown.
    private var version: Int { 1 + cluster.version + indices.reduce(0) { $0 + $1.metadata.version } }

    private var nodeJSON: JSONValue {
        [
            "name": .string(node.name), "ephemeral_id": .string(node.id), "transport_address": .string("\(node.host):9300"),
            "external_id": .string(node.name), "attributes": [:], "roles": .array(NodeFacts.roles.map { .string($0) }),
            "version": .string(VersionInfo.elasticsearch), "min_index_version": 8_000_099, "max_index_version": 9_033_000,
        ]
    }

    private var blocks: JSONValue {
        let blocked = indices.filter { !$0.metadata.settings.blocks.isEmpty }
        if blocked.isEmpty { return [:] }
        return [
            "indices": .object(
                blocked.map { index -> (String, JSONValue) in
                    let blocks = index.metadata.settings.blocks.sorted().map { block -> (String, JSONValue) in
                        (String(block.number), ["description": .string("index \(block.rawValue) (api)"), "retryable": false])
                    }
                    return (index.name, .object(blocks.members))
                }.members)
        ]
    }

    private var metadata: JSONValue {
        [
            "cluster_uuid": .string(node.id), "cluster_uuid_committed": true,
            "cluster_coordination": [
                "term": 1, "last_committed_config": [.string(node.id)], "last_accepted_config": [.string(node.id)],
                "voting_config_exclusions": .array(cluster.votingExclusions.map(\.json)),
            ],
            "templates": .object(
                cluster.legacyTemplates.sorted { $0.key < $1.key }.map { ($0.key, $0.value.encoded { SettingsJSON.object($0, isFlat: false) }) }.members),
            "index_template": [
                "index_template": .object(
                    cluster.indexTemplates.sorted { $0.key < $1.key }
                        .map { ($0.key, $0.value.encoded { SettingsJSON.object($0, isFlat: false) }) }.members)
            ],
            "component_template": [
                "component_template": .object(
                    cluster.componentTemplates.sorted { $0.key < $1.key }
                        .map { ($0.key, $0.value.encoded { SettingsJSON.object($0, isFlat: false) }) }.members)
            ],
            "indices": .object(indices.map { ($0.name, index($0.metadata)) }.members), "index-graveyard": ["tombstones": []],
        ]
    }

    private func index(_ index: IndexMetadata) -> JSONValue {
        [
            "version": .int(index.version), "mapping_version": .int(index.version), "settings_version": .int(index.version),
            "aliases_version": .int(index.version), "routing_num_shards": .int(index.settings.numberOfShards),
            "state": index.isClosed ? "close" : "open", "settings": SettingsJSON.object(SettingsJSON.all(index), isFlat: false),
            "mappings": index.mapping.encoded["properties"] == nil ? [:] : ["_doc": index.mapping.encoded],
            "aliases": .array(index.aliases.keys.sorted().map { .string($0) }),
            "primary_terms": .object((0..<index.settings.numberOfShards).map { (String($0), 1) }.members),
        ]
    }

    private func routing(of index: IndexStatistics) -> JSONValue {
        .object(
            (0..<index.numberOfShards).map { number -> (String, JSONValue) in
                let copies = (0..<min(index.numberOfReplicas, 100)).map { _ in shard(number, of: index, isPrimary: false) }
                return (String(number), .array([shard(number, of: index, isPrimary: true)] + copies))
            }.members)
    }

    private func shard(_ number: Int, of index: IndexStatistics, isPrimary: Bool) -> JSONValue {
        ShardRoutingJSON.object(number, of: index, isPrimary: isPrimary, node: node)
    }

    private var routingNodes: JSONValue {
        let primaries = indices.flatMap { index in (0..<index.numberOfShards).map { (index, $0) } }
        return [
            "unassigned": .array(
                indices.flatMap { index in
                    (0..<index.numberOfShards).flatMap { number in
                        (0..<min(index.numberOfReplicas, 100)).map { _ in shard(number, of: index, isPrimary: false) }
                    }
                }),
            "nodes": .object([(node.id, .array(primaries.map { shard($1, of: $0, isPrimary: true) }))].members),
        ]
    }
}
