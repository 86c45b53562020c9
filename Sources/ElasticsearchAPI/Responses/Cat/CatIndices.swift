public import Indices
internal import Mapping
internal import Shards

/// The tables of the `_cat` APIs that are about indices.
public enum CatIndices {
    private static let columns = [
        CatTable.Column("health", aliases: ["h"], "current health status"), .init("status", aliases: ["s"], "open/close status"),
        .init("index", aliases: ["i", "idx"], "index name"), .init("uuid", aliases: ["id"], "index uuid"),
        .init("pri", aliases: ["p", "shards.primary", "shardsPrimary"], isNumber: true, "number of primary shards"),
        .init("rep", aliases: ["r", "shards.replica", "shardsReplica"], isNumber: true, "number of replica shards"),
        .init("docs.count", aliases: ["dc", "docsCount"], isNumber: true, "available docs"),
        .init("docs.deleted", aliases: ["dd", "docsDeleted"], isNumber: true, "deleted docs"),
        .init("creation.date", aliases: ["cd"], isShown: false, "index creation date (millisecond value)"),
        .init("creation.date.string", aliases: ["cds"], isShown: false, "index creation date (as string)"),
        .init("store.size", aliases: ["ss", "storeSize"], isNumber: true, "store size of primaries & replicas"),
        .init("pri.store.size", isNumber: true, "store size of primaries"),
        .init("dataset.size", isNumber: true, "total size of dataset"),
    ] + CatCounters.columns + CatCounters.columns.map(\.ofPrimaries)

    /// - Parameter health: only indices of this health; nil for all.
    public static func table(
        _ indices: [IndexStatistics], health: ClusterHealth.Status?, units: CatUnits
    ) -> CatTable {
        CatTable(
            columns: columns,
            rows: indices.filter { health == nil || $0.health == health }.map { index in
                let isOpen = index.state == .open
                let total = { (value: KeyPath<IndexStatistics, Int>) in isOpen ? String(index[keyPath: value]) : nil }
                let size = isOpen ? units.bytes(index.storeBytes) : nil
                let counters = isOpen ? CatCounters.cells(of: index.shards, units) : CatCounters.columns.map { _ in nil }
                return [
                    index.health.rawValue, index.metadata.isClosed ? "close" : "open", index.name, index.uuid,
                    String(index.numberOfShards), String(index.numberOfReplicas), total(\.documents), total(\.deletedDocuments),
                    String(index.metadata.creationMilliseconds),
                    DateFormat.standard.string(milliseconds: Int64(index.metadata.creationMilliseconds)), size, size, size,
                ] + counters + counters
            })
    }

    /// A row a copy of a shard, those that have no place among them.
    public static func shards(_ indices: [IndexStatistics], node: NodeFacts, units: CatUnits) -> CatTable {
        let columns = [
            CatTable.Column("index", aliases: ["i", "idx"], "index name"),
            .init("shard", aliases: ["s", "sh"], "shard name"),
            .init("prirep", aliases: ["p", "pr", "primaryOrReplica"], "primary or replica"),
            .init("state", aliases: ["st"], "shard state"), .init("docs", aliases: ["d", "dc"], isNumber: true, "number of docs in shard"),
            .init("store", aliases: ["sto"], isNumber: true, "store size of shard (how much disk it uses)"),
            .init("dataset", aliases: ["dataset.size"], isNumber: true, "total size of dataset"), .init("ip", "ip of node where it lives"),
            .init("id", isShown: false, "unique id of node where it lives"), .init("node", aliases: ["n"], "name of node where it lives"),
            .init("sync_id", isShown: false, "sync id"),
            .init("unassigned.reason", aliases: ["ur"], isShown: false, "reason shard became unassigned"),
            .init("unassigned.at", aliases: ["ua"], isShown: false, "time shard became unassigned (UTC)"),
            .init("unassigned.for", aliases: ["uf"], isNumber: true, isShown: false, "time has been unassigned"),
            .init("unassigned.details", aliases: ["ud"], isShown: false, "additional details as to why the shard became unassigned"),
            .init("recoverysource.type", aliases: ["rs"], isShown: false, "recovery source type"),
            .init("seq_no.max", aliases: ["sqm", "maxSeqNo"], isNumber: true, isShown: false, "max sequence number"),
            .init("seq_no.local_checkpoint", aliases: ["sql", "localCheckpoint"], isNumber: true, isShown: false, "local checkpoint"),
            .init("seq_no.global_checkpoint", aliases: ["sqg", "globalCheckpoint"], isNumber: true, isShown: false, "global checkpoint"),
            .init("path.data", aliases: ["pd", "dataPath"], isNumber: true, isShown: false, "shard data path"),
            .init("path.state", aliases: ["ps", "statsPath"], isNumber: true, isShown: false, "shard state path"),
            .init("refresh.is_search_idle", aliases: ["rsi", "refreshSearchIdle"], isShown: false, "shard idle state"),
        ] + CatCounters.columns
        let rest = [String?](repeating: nil, count: columns.count - 12)
        let rows = indices.flatMap { index in
            (0..<index.numberOfShards).flatMap { number -> [[String?]] in
                let copies = (0..<min(index.numberOfReplicas, 1000)).map { _ -> [String?] in
                    [index.name, String(number), "r", "UNASSIGNED", nil, nil, nil, nil, nil, nil, nil, "INDEX_CREATED"] + rest
                }
                guard index.health != .red else {
                    let state = index.state == .recovering ? "INITIALIZING" : "UNASSIGNED"
                    return [[index.name, String(number), "p", state, nil, nil, nil, nil, nil, nil, nil, "ALLOCATION_FAILED"] + rest] + copies
                }
                let shard = index.shards.indices.contains(number) ? index.shards[number] : nil
                let size = shard.map { units.bytes($0.storeBytes) }
                let last = shard.map { String($0.maximumSequenceNumber) }
                let path = index.paths.indices.contains(number) ? index.paths[number] : nil
                let place: [String?] = [
                    index.name, String(number), "p", "STARTED", shard.map { String($0.documents) }, size, size, node.ip, node.id,
                    node.name, nil, nil, nil, nil, nil, nil, last, last, last, path, path, "false",
                ]
                return [place + (shard.map { CatCounters.cells(of: [$0], units) } ?? CatCounters.columns.map { _ in nil })] + copies
            }
        }
        return CatTable(columns: columns, rows: rows)
    }

    /// `_cat/segments`: a row a shard, which is told of as one segment.
    public static func segments(_ indices: [IndexStatistics], node: NodeFacts, units: CatUnits) -> CatTable {
        let columns = [
            CatTable.Column("index", aliases: ["i", "idx"], "index name"), .init("shard", aliases: ["s", "sh"], "shard name"),
            .init("prirep", aliases: ["p", "pr", "primaryOrReplica"], "primary or replica"), .init("ip", "ip of node where it lives"),
            .init("id", isShown: false, "unique id of node where it lives"),
            .init("segment", aliases: ["seg"], "segment name"),
            .init("generation", aliases: ["g", "gen"], isNumber: true, "segment generation"),
            .init("docs.count", aliases: ["dc", "docsCount"], isNumber: true, "number of docs in segment"),
            .init("docs.deleted", aliases: ["dd", "docsDeleted"], isNumber: true, "number of deleted docs in segment"),
            .init("size", aliases: ["si"], isNumber: true, "segment size in bytes"),
            .init("size.memory", aliases: ["sm", "sizeMemory"], isNumber: true, "segment memory in bytes"),
            .init("committed", aliases: ["ic", "isCommitted"], "is segment committed"),
            .init("searchable", aliases: ["is", "isSearchable"], "is segment searched"),
            .init("version", aliases: ["v", "ver"], "version"), .init("compound", aliases: ["ico", "isCompound"], "is segment compound"),
        ]
        let rows = indices.flatMap { index in
            index.shards.enumerated().map { number, shard -> [String?] in
                [
                    index.name, String(number), "p", node.ip, node.id, "_0", "0", String(shard.documents), String(shard.deletedDocuments),
                    units.bytes(shard.storeBytes), units.bytes(0), "true", "true", VersionInfo.elasticsearch, "false",
                ]
            }
        }
        return CatTable(columns: columns, rows: rows)
    }

    /// `_cat/recovery`: a row a shard; what was on disk is all that there is to recover from.
    public static func recovery(_ indices: [IndexStatistics], node: NodeFacts, units: CatUnits) -> CatTable {
        let columns: [(name: String, aliases: [String])] = [
            ("index", ["i", "idx"]), ("shard", ["s", "sh"]), ("time", ["t", "ti"]), ("type", ["ty"]), ("stage", ["st"]),
            ("source_host", ["shost"]), ("source_node", ["snode"]), ("target_host", ["thost"]), ("target_node", ["tnode"]),
            ("repository", ["rep"]), ("snapshot", ["snap"]), ("files", ["f"]), ("files_recovered", ["fr"]), ("files_percent", ["fp"]),
            ("files_total", ["tf"]), ("bytes", ["b"]), ("bytes_recovered", ["br"]), ("bytes_percent", ["bp"]), ("bytes_total", ["tb"]),
            ("translog_ops", ["to"]), ("translog_ops_recovered", ["tor"]), ("translog_ops_percent", ["top"]),
        ]
        let rows = indices.flatMap { index in
            (0..<index.numberOfShards).map { number -> [String?] in
                let stage = index.state == .recovering ? "index" : "done"
                return [
                    index.name, String(number), units.time(milliseconds: 0), "existing_store", stage, "n/a", "n/a", node.host, node.name,
                    "n/a", "n/a", "0", "0", "100.0%", "0", units.bytes(0), units.bytes(0), "100.0%", units.bytes(0), "0", "0", "100.0%",
                ]
            }
        }
        return CatTable(
            columns: columns.map { CatTable.Column($0.name, aliases: $0.aliases, $0.name.replacing("_", with: " ")) }, rows: rows)
    }
}
