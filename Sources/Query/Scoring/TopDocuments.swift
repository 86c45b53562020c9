/// A document of a shard with its score.
public struct ScoredOrdinal: Equatable, Hashable, Sendable {
    public var ordinal: UInt32
    public var score: Float

    public init(ordinal: UInt32, score: Float) {
        self.ordinal = ordinal
        self.score = score
    }

    /// Best first: greater scores, then lower ordinals.
    public static func precedes(_ left: ScoredOrdinal, _ right: ScoredOrdinal) -> Bool {
        left.score != right.score ? left.score > right.score : left.ordinal < right.ordinal
    }
}

/// A document of an index with its score.
public struct ScoredDocument: Equatable, Hashable, Sendable {
    public var shard: Int
    public var ordinal: UInt32
    public var score: Float

    public init(shard: Int, ordinal: UInt32, score: Float) {
        self.shard = shard
        self.ordinal = ordinal
        self.score = score
    }
}

/// Merging of shards' best documents.
public enum TopDocuments {
    /// The best `limit` documents of several shards: greater scores first, then lower shards, then lower ordinals.
    ///
    /// - Parameter shards: each shard's documents, best first.
    /// - Complexity: O(*limit* · *shards*).
    public static func merge(_ shards: [[ScoredOrdinal]], limit: Int) -> [ScoredDocument] {
        var cursors = shards.map { $0[...] }
        var merged: [ScoredDocument] = []
        merged.reserveCapacity(min(limit, shards.reduce(0) { $0 + $1.count }))
        while merged.count < limit {
            // Strictly greater: the first of equals stands in the lowest shard.
            var best: (shard: Int, document: ScoredOrdinal)?
            for (shard, documents) in cursors.enumerated() {
                guard let first = documents.first else { continue }
                if best.map({ first.score > $0.document.score }) ?? true { best = (shard, first) }
            }
            guard let best else { break }
            cursors[best.shard].removeFirst()
            merged.append(
                ScoredDocument(shard: best.shard, ordinal: best.document.ordinal, score: best.document.score))
        }
        return merged
    }
}
