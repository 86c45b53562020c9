internal import Foundation
public import Indices
internal import Mapping

/// The tables of the `_cat` APIs that are about the node.
public enum CatCluster {
    /// What `GET /_cat` answers.
    public static let help =
        "=^.^=\n"
        + Set(Endpoint.allCases.filter { $0.rawValue.hasPrefix("cat.") && $0 != .catHelp }.flatMap { endpoint in
            endpoint.specification.routes.map(\.path)
        }).sorted().joined(separator: "\n") + "\n"

    private static func epoch(_ milliseconds: Int64) -> [String?] {
        let seconds = Int(milliseconds / 1000), ofDay = seconds % 86_400
        let clock = [ofDay / 3600, ofDay / 60 % 60, ofDay % 60].map { ($0 < 10 ? "0" : "") + String($0) }
        return [String(seconds), clock.joined(separator: ":")]
    }

    private static let time = [
        CatTable.Column("epoch", aliases: ["t", "time"], "seconds since 1970-01-01 00:00:00"),
        .init("timestamp", aliases: ["ts", "hms", "hhmmss"], "time in HH:MM:SS"),
    ]

    /// - Parameter now: milliseconds since 1970.
    public static func count(_ count: Int, now: Int64) -> CatTable {
        CatTable(
            columns: time + [.init("count", aliases: ["dc", "docs.count", "docsCount"], "the document count")],
            rows: [epoch(now) + [String(count)]])
    }

    /// - Parameter withTime: whether the first columns say when (`ts`).
    public static func health(_ health: ClusterHealth, now: Int64, withTime: Bool) -> CatTable {
        var columns = time + [
            CatTable.Column("cluster", aliases: ["cl"], "cluster name"), .init("status", aliases: ["st"], "health status"),
            .init("node.total", aliases: ["nt", "nodeTotal"], isNumber: true, "total number of nodes"),
            .init("node.data", aliases: ["nd", "nodeData"], isNumber: true, "number of nodes that can store data"),
            .init("shards", aliases: ["t", "sh", "shards.total", "shardsTotal"], isNumber: true, "total number of shards"),
            .init("pri", aliases: ["p", "shards.primary", "shardsPrimary"], isNumber: true, "number of primary shards"),
            .init("relo", aliases: ["r", "shards.relocating", "shardsRelocating"], isNumber: true, "number of relocating nodes"),
            .init("init", aliases: ["i", "shards.initializing", "shardsInitializing"], isNumber: true, "number of initializing nodes"),
            .init("unassign", aliases: ["u", "shards.unassigned", "shardsUnassigned"], isNumber: true, "number of unassigned shards"),
            .init("unassign.pri", aliases: ["up", "shards.unassigned.primary"], isNumber: true, "number of unassigned primary shards"),
            .init("pending_tasks", aliases: ["pt", "pendingTasks"], isNumber: true, "number of pending tasks"),
            .init("max_task_wait_time", aliases: ["mtwt", "maxTaskWaitTime"], isNumber: true, "wait time of longest task pending"),
            .init("active_shards_percent", aliases: ["asp", "activeShardsPercent"], isNumber: true, "active number of shards in percent"),
        ]
        var row = epoch(now) + [
            health.clusterName, health.status.rawValue, "1", "1", String(health.primaryShards), String(health.primaryShards), "0",
            String(health.initializingShards), String(health.unassignedShards), String(health.unassignedPrimaryShards), "0", "-",
            String(format: "%.1f%%", health.activePercent),
        ]
        if !withTime {
            columns.removeFirst(2)
            row.removeFirst(2)
        }
        return CatTable(columns: columns, rows: [row])
    }

    /// `_cat/nodes`: this one. Ids have four letters, or all of them.
    public static func nodes(_ node: NodeFacts, units: CatUnits, fullID: Bool) -> CatTable {
        let columns = [
            CatTable.Column("id", aliases: ["nodeId"], isShown: false, "unique node id"),
            .init("pid", aliases: ["p"], isShown: false, "process id"),
            .init("ip", aliases: ["i"], "ip address"), .init("http_address", aliases: ["http"], isShown: false, "bound http address"),
            .init("version", aliases: ["v"], isShown: false, "es version"),
            .init("disk.total", aliases: ["dt", "diskTotal"], isNumber: true, isShown: false, "total disk space"),
            .init("disk.used", aliases: ["du", "diskUsed"], isNumber: true, isShown: false, "used disk space"),
            .init("disk.avail", aliases: ["d", "da", "disk", "diskAvail"], isNumber: true, isShown: false, "available disk space"),
            .init("disk.used_percent", aliases: ["dup", "diskUsedPercent"], isNumber: true, isShown: false, "used disk space percentage"),
            .init("heap.current", aliases: ["hc", "heapCurrent"], isNumber: true, isShown: false, "used heap"),
            .init("heap.percent", aliases: ["hp", "heapPercent"], isNumber: true, "used heap ratio"),
            .init("heap.max", aliases: ["hm", "heapMax"], isNumber: true, isShown: false, "max configured heap"),
            .init("ram.percent", aliases: ["rp", "ramPercent"], isNumber: true, "used machine memory ratio"),
            .init("ram.max", aliases: ["rm", "ramMax"], isNumber: true, isShown: false, "total machine memory"),
            .init("cpu", isNumber: true, "recent cpu usage"), .init("load_1m", aliases: ["l"], isNumber: true, "1m load avg"),
            .init("load_5m", aliases: ["l"], isNumber: true, "5m load avg"),
            .init("load_15m", aliases: ["l"], isNumber: true, "15m load avg"),
            .init("uptime", aliases: ["u"], isNumber: true, isShown: false, "node uptime"),
            .init("node.role", aliases: ["r", "role", "nodeRole"], "node roles"), .init("master", aliases: ["m"], "*:current master"),
            .init("name", aliases: ["n"], "node name"),
        ]
        let load = node.loadAverages.map { String(format: "%.2f", $0) } + [nil, nil, nil]
        let diskUsed = node.diskTotalBytes - node.diskFreeBytes
        let row: [String?] = [
            fullID ? node.id : String(node.id.prefix(4)), String(node.processID), node.ip, node.httpAddress, VersionInfo.elasticsearch,
            units.bytes(node.diskTotalBytes), units.bytes(diskUsed), units.bytes(node.diskFreeBytes),
            node.diskTotalBytes == 0 ? nil : String(format: "%.2f", Double(diskUsed) / Double(node.diskTotalBytes) * 100),
            units.bytes(node.residentBytes),
            String(node.residentPercent),
            units.bytes(node.memoryBytes), String(node.residentPercent), units.bytes(node.memoryBytes), "0", load[0], load[1], load[2],
            units.time(milliseconds: node.uptimeMilliseconds), NodeFacts.roleLetters, "*", node.name,
        ]
        return CatTable(columns: columns, rows: [row])
    }

    /// `_cat/master`: this node.
    public static func master(_ node: NodeFacts) -> CatTable {
        CatTable(
            columns: [
                .init("id", "node id"), .init("host", aliases: ["h"], "host name"), .init("ip", "ip address "),
                .init("node", aliases: ["n"], "node name"),
            ], rows: [[node.id, node.host, node.ip, node.name]])
    }

    /// `_cat/allocation`: this node's shards and disk.
    public static func allocation(_ node: NodeFacts, _ health: ClusterHealth, units: CatUnits) -> CatTable {
        let used = node.diskTotalBytes - node.diskFreeBytes
        let stored = health.indices.reduce(0) { $0 + $1.storeBytes }
        let columns = [
            CatTable.Column("shards", aliases: ["s"], isNumber: true, "number of shards on node"),
            .init("shards.undesired", isNumber: true, "number of shards that are scheduled to be moved elsewhere in the cluster"),
            .init("write_load.forecast", aliases: ["wlf"], isNumber: true, "sum of index write load forecasts"),
            .init("disk.indices.forecast", aliases: ["dif"], isNumber: true, "sum of shard size forecasts"),
            .init("disk.indices", aliases: ["di", "diskIndices"], isNumber: true, "disk used by ES indices"),
            .init("disk.used", aliases: ["du", "diskUsed"], isNumber: true, "disk used (total, not just ES)"),
            .init("disk.avail", aliases: ["da", "diskAvail"], isNumber: true, "disk available"),
            .init("disk.total", aliases: ["dt", "diskTotal"], isNumber: true, "total capacity of all volumes"),
            .init("disk.percent", aliases: ["dp", "diskPercent"], isNumber: true, "percent disk used"),
            .init("host", aliases: ["h"], "host of node"), .init("ip", "ip of node"), .init("node", aliases: ["n"], "name of node"),
            .init("node.role", aliases: ["r", "role", "nodeRole"], "node roles"),
        ]
        var rows: [[String?]] = [
            [
                String(health.primaryShards), "0", "0.0", units.bytes(stored), units.bytes(stored), units.bytes(used),
                units.bytes(node.diskFreeBytes), units.bytes(node.diskTotalBytes),
                node.diskTotalBytes == 0 ? nil : String(Int(Double(used) / Double(node.diskTotalBytes) * 100)), node.host, node.ip,
                node.name, NodeFacts.roleLetters,
            ]
        ]
        if health.unassignedShards > 0 {
            rows.append([String(health.unassignedShards), nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, "UNASSIGNED", nil])
        }
        return CatTable(columns: columns, rows: rows)
    }

    /// The threads that do the work here are not pools that clients could know: the ones that Elasticsearch shows are idle.
    public static func threadPools(_ node: NodeFacts, pattern: String?) -> CatTable {
        let patterns = (pattern ?? "*").split(separator: ",").map { WildcardPattern(String($0)) }
        func hidden(_ name: String, _ alias: String, _ words: String, isNumber: Bool = false) -> CatTable.Column {
            CatTable.Column(name, aliases: [alias], isNumber: isNumber, isShown: false, words)
        }
        let columns = [
            CatTable.Column("node_name", aliases: ["nn"], "node name"), hidden("node_id", "id", "persistent node id"),
            hidden("ephemeral_node_id", "eid", "ephemeral node id"), hidden("pid", "p", "process id"), hidden("host", "h", "host name"),
            hidden("ip", "i", "ip address"), hidden("port", "po", "bound transport port"),
            .init("name", aliases: ["n"], "thread pool name"), hidden("type", "t", "thread pool type"),
            .init("active", aliases: ["a"], isNumber: true, "number of active threads"),
            hidden("pool_size", "psz", "number of threads", isNumber: true),
            .init("queue", aliases: ["q"], isNumber: true, "number of tasks currently in queue"),
            hidden("queue_size", "qs", "maximum number of tasks permitted in queue", isNumber: true),
            .init("rejected", aliases: ["r"], isNumber: true, "number of rejected tasks"),
            hidden("largest", "l", "highest number of seen active threads", isNumber: true),
            hidden("completed", "c", "number of completed tasks", isNumber: true),
            hidden("core", "cr", "core number of threads in a scaling thread pool", isNumber: true),
            hidden("max", "mx", "maximum number of threads in a scaling thread pool", isNumber: true),
            hidden("size", "sz", "number of threads in a fixed thread pool", isNumber: true),
            hidden("keep_alive", "ka", "thread keep alive time"),
        ]
        let count = String(node.processors)
        return CatTable(
            columns: columns,
            rows: NodeFacts.threadPools.filter { name in patterns.contains { $0.matches(name) } }.map { name in
                let isFixed = NodeFacts.fixedThreadPools.contains(name)
                return [
                    node.name, node.id, node.id, String(node.processID), node.host, node.ip, "9300", name, isFixed ? "fixed" : "scaling",
                    "0", "0", "0", isFixed ? "1000" : "-1", "0", "0", "0", isFixed ? nil : "1", isFixed ? nil : count,
                    isFixed ? count : nil, isFixed ? nil : "5m",
                ]
            })
    }

    /// Tables that are empty, since there is nothing of the kind.
    public static func nothing(_ columns: [String]) -> CatTable {
        CatTable(columns: columns.map { CatTable.Column($0, $0.replacing("_", with: " ")) })
    }

    /// `_cat/ml/trained_models`: a row a model.
    public static func models(_ entries: [ModelSelection.Entry], units: CatUnits) -> CatTable {
        let columns = [
            CatTable.Column("id", "the trained model id"),
            .init(
                "heap_size", aliases: ["hs", "modelHeapSize"], isNumber: true,
                "the estimated heap size to keep the model in memory"),
            .init("operations", aliases: ["o", "modelOperations"], isNumber: true, "the estimated number of operations to use the model"),
            .init("create_time", aliases: ["ct"], isShown: false, "The time the model was created"),
            .init("type", aliases: ["t"], isShown: false, "The model type"),
            .init("ingest.pipelines", aliases: ["ip", "ingestPipelines"], isNumber: true, "The number of pipelines referencing the model"),
            .init(
                "data_frame.id", aliases: ["dfid", "dataFrameAnalytics"], isShown: false,
                "The data frame analytics config id that created the model (if still available)"),
        ]
        return CatTable(
            columns: columns,
            rows: entries.map { [$0.description.id, units.bytes($0.description.bytes), "0", nil, "pytorch", "0", "__none__"] })
    }
}
