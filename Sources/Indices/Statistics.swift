/// Counts and sizes of one index, as `_stats`, `_cat/indices` and `_cluster/health` show them.
public struct IndexStatistics: Sendable {
    public var name: String
    public var uuid: String
    public var numberOfShards: Int
    public var numberOfReplicas: Int
    /// Documents that searches see.
    public var documents: Int
    /// Dead documents whose rows are still there.
    public var deletedDocuments: Int
    public var storeBytes: Int
}

/// The node and its shards at a glance.
public struct ClusterHealth: Sendable {
    public var clusterName: String
    public var primaryShards: Int
    /// Copies that the indices ask for and one node cannot hold.
    public var unassignedShards: Int
    /// `green`, or `yellow` while copies are unassigned.
    public var status: Status

    public enum Status: String, Sendable, Comparable {
        case green, yellow, red

        private var rank: Int {
            switch self {
            case .green: 2
            case .yellow: 1
            case .red: 0
            }
        }

        public static func < (left: Status, right: Status) -> Bool { left.rank < right.rank }
    }
}
