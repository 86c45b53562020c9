/// The node and its shards at a glance.
public struct ClusterHealth: Sendable {
    public var clusterName: String
    public var status: Status
    public var primaryShards: Int
    public var initializingShards: Int
    /// Copies that the indices ask for and one node cannot hold, and shards that cannot be opened.
    public var unassignedShards: Int
    public var unassignedPrimaryShards: Int
    /// The indices that were asked for, by name.
    public var indices: [IndexStatistics]

    /// Better is greater. Red: a shard does not answer; yellow: copies that are asked for have no place.
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

    init(clusterName: String, indices: [IndexStatistics]) {
        self.clusterName = clusterName
        self.indices = indices
        status = indices.map(\.health).min() ?? .green
        primaryShards = indices.reduce(0) { $0 + $1.activeShards }
        initializingShards = indices.reduce(0) { $0 + $1.initializingShards }
        unassignedShards = indices.reduce(0) { $0 + $1.unassignedShards }
        unassignedPrimaryShards = indices.reduce(0) { $0 + ($1.state == .damaged ? $1.numberOfShards : 0) }
    }
}
