internal import Mapping
public import Shards

/// Counts and sizes of one index, as `_stats`, `_cat/indices` and `_cluster/health` show them.
public struct IndexStatistics: Sendable {
    /// What keeps an index from being searched, if anything does.
    public enum State: String, Sendable {
        case open, closed, recovering, damaged
    }

    public var metadata: IndexMetadata
    public var state: State
    /// One for each shard; empty unless the index is open.
    public var shards: [ShardStatistics]
    /// Each shard's directory.
    public var paths: [String]

    init(_ metadata: IndexMetadata, state: State, shards: [ShardStatistics] = [], paths: [String] = []) {
        self.metadata = metadata
        self.state = state
        // What is not indexed is no vector that a search looks for.
        self.shards = shards.map { shard in
            var shard = shard
            shard.vectors.removeAll { vectors in
                guard case .denseVector(let options)? = metadata.mapping.field(vectors.field)?.type else { return false }
                return !options.isIndexed
            }
            return shard
        }
        self.paths = paths
    }

    public var name: String { metadata.name }
    public var uuid: String { metadata.uuid }
    public var numberOfShards: Int { metadata.settings.numberOfShards }
    public var numberOfReplicas: Int { metadata.settings.effectiveReplicas }
    /// Documents that searches see.
    public var documents: Int { shards.reduce(0) { $0 + $1.documents } }
    /// Dead documents whose rows are still there.
    public var deletedDocuments: Int { shards.reduce(0) { $0 + $1.deletedDocuments } }
    public var storeBytes: Int { shards.reduce(0) { $0 + $1.storeBytes } }

    /// Red without its shards; yellow while copies have no place.
    public var health: ClusterHealth.Status {
        switch state {
        case .open, .closed: numberOfReplicas == 0 ? .green : .yellow
        case .recovering, .damaged: .red
        }
    }

    /// Shards that can be searched, or could if the index were not closed.
    public var activeShards: Int { health == .red ? 0 : numberOfShards }
    /// Copies that one node cannot hold, and shards that cannot be opened.
    public var unassignedShards: Int {
        let copies = numberOfShards.multipliedReportingOverflow(by: numberOfReplicas)
        return (copies.overflow ? Int(Int32.max) : copies.partialValue) + (state == .damaged ? numberOfShards : 0)
    }
    public var initializingShards: Int { state == .recovering ? numberOfShards : 0 }
}
