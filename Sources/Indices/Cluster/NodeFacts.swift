internal import Files
internal import Foundation

/// What there is to say of the node and the machine it runs on.
public struct NodeFacts: Sendable {
    /// Elasticsearch's letters of the roles that one node has.
    public static let roleLetters = "dilmr"
    public static let roles = ["data", "ingest", "ml", "master", "remote_cluster_client"]
    /// The parts of Elasticsearch, by its names, that clients look for and find here.
    public static let modules = [
        "aggregations", "analysis-common", "data-streams", "ingest-common", "lang-expression", "lang-mustache", "lang-painless",
        "mapper-extras", "parent-join", "rank-eval", "rank-rrf", "reindex", "x-pack-async-search", "x-pack-inference", "x-pack-ml",
        "x-pack-sql",
    ]
    /// The thread pools of Elasticsearch that clients look for.
    public static let threadPools = (fixedThreadPools + scalingThreadPools).sorted()
    /// Those that have a thread for each processor.
    public static let fixedThreadPools = ["analyze", "force_merge", "get", "search", "search_coordination", "write"]
    private static let scalingThreadPools = [
        "fetch_shard_started", "fetch_shard_store", "flush", "generic", "management", "refresh", "snapshot", "warmer",
    ]

    public var id: String
    public var name: String
    public var clusterName: String
    public var host: String
    public var ip: String { host }
    public var port: Int
    /// Milliseconds since 1970.
    public var startMilliseconds: Int64
    public var uptimeMilliseconds: Int
    public var processID: Int
    public var processors: Int
    /// What the process may use.
    public var memoryBytes: Int
    /// The most that it ever used.
    public var residentBytes: Int
    /// Of the last 1, 5 and 15 minutes.
    public var loadAverages: [Double]
    public var diskTotalBytes: Int
    public var diskFreeBytes: Int
    public var dataPath: String

    public var httpAddress: String { "\(host):\(port)" }
    public var residentPercent: Int { memoryBytes == 0 ? 0 : min(100, Int(Double(residentBytes) / Double(memoryBytes) * 100)) }

    private static let start = Date()

    /// - Complexity: a few calls of the system.
    public init(_ directory: DataDirectory, name: String, clusterName: String, host: String = "127.0.0.1", port: Int = 9200) {
        id = directory.nodeID
        self.name = name
        self.clusterName = clusterName
        self.host = host
        self.port = port
        startMilliseconds = Int64((Self.start.timeIntervalSince1970 * 1000).rounded())
        uptimeMilliseconds = Int(Date().timeIntervalSince(Self.start) * 1000)
        processID = Int(ProcessInfo.processInfo.processIdentifier)
        processors = ProcessInfo.processInfo.activeProcessorCount
        memoryBytes = SystemMemory.limit
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        residentBytes = Int(usage.ru_maxrss) * 1024
        var averages = [0.0, 0, 0]
        loadAverages = getloadavg(&averages, 3) == 3 ? averages : []
        dataPath = directory.path
        diskTotalBytes = Directory.totalBytes(at: directory.path) ?? 0
        diskFreeBytes = Directory.freeBytes(at: directory.path) ?? 0
    }
}
