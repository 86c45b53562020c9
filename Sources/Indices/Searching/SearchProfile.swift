public import Shards

/// How a search was answered: what `profile` shows.
public struct SearchProfile: Equatable, Sendable {
    /// A part of the work, with the wall-clock time that it took.
    public struct Phase: Equatable, Sendable {
        public var nanoseconds: Int
        /// Documents that it found.
        public var documents: Int
        /// The searches of vectors in it.
        public var work: [VectorWork]

        public init(nanoseconds: Int, documents: Int, work: [VectorWork] = []) {
            self.nanoseconds = nanoseconds
            self.documents = documents
            self.work = work
        }
    }

    /// How one shard found its documents.
    public struct Shard: Equatable, Sendable {
        public var nodeID: String
        public var index: String
        public var number: Int
        /// Each top-level `knn` in turn; nil for one that finds nothing in this index.
        public var nearest: [Phase?]
        public var query: Phase

        public init(nodeID: String, index: String, number: Int, nearest: [Phase?], query: Phase) {
            self.nodeID = nodeID
            self.index = index
            self.number = number
            self.nearest = nearest
            self.query = query
        }
    }

    public var shards: [Shard]

    public init(shards: [Shard]) {
        self.shards = shards
    }
}
