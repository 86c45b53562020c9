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
    /// What it is sorted by, where fields take part.
    public var keys: [SortKey]
    /// What it has in common with others of its group, where hits are collapsed.
    public var group: SortKey?

    public init(shard: Int, ordinal: UInt32, score: Float, keys: [SortKey] = [], group: SortKey? = nil) {
        self.shard = shard
        self.ordinal = ordinal
        self.score = score
        self.keys = keys
        self.group = group
    }
}

/// Merging of shards' best documents.
public enum TopDocuments {
    /// The first `limit` documents of several shards.
    ///
    /// - Parameters:
    ///   - shards: each shard's documents, in this order.
    ///   - keys: what each shard's documents are sorted by; none where only scores and places count.
    ///   - groups: what each shard's documents are collapsed by: only the first of a group is taken.
    /// - Complexity: O(*limit* · *shards*).
    public static func merge(
        _ shards: [[ScoredOrdinal]], keys: [[[SortKey]]] = [], groups: [[SortKey]] = [], limit: Int, order: DocumentOrder = .best
    ) -> [ScoredDocument] {
        var cursors = shards.map { $0[...] }
        var merged: [ScoredDocument] = []
        var seen: Set<SortKey> = []
        merged.reserveCapacity(min(limit, shards.reduce(0) { $0 + $1.count }))
        while merged.count < limit {
            var best: ScoredDocument?
            for (shard, documents) in cursors.enumerated() {
                guard let first = documents.first else { continue }
                var candidate = ScoredDocument(shard: shard, ordinal: first.ordinal, score: first.score)
                if keys.indices.contains(shard), keys[shard].indices.contains(documents.startIndex) {
                    candidate.keys = keys[shard][documents.startIndex]
                }
                if groups.indices.contains(shard), groups[shard].indices.contains(documents.startIndex) {
                    candidate.group = groups[shard][documents.startIndex]
                }
                if best.map({ order.precedes(candidate, $0) }) ?? true { best = candidate }
            }
            guard let best else { break }
            cursors[best.shard].removeFirst()
            if let group = best.group, !seen.insert(group).inserted { continue }
            merged.append(best)
        }
        return merged
    }
}
