/// The order in which shards give their documents, and in which these are merged.
public struct DocumentOrder: Equatable, Sendable {
    /// What counts first where fields take part, scores among it; else empty, and `score` decides.
    public var keys: [OrderKey] = []
    /// Nil: scores do not count.
    public var score: Sort.Order?
    /// By ordinal, among equals.
    public var document: Sort.Order
    /// Whether one shard's documents all come before the next one's, among equals; else ordinals count first.
    public var groupsShards: Bool

    public init(score: Sort.Order?, document: Sort.Order = .ascending, groupsShards: Bool = true) {
        self.score = score
        self.document = document
        self.groupsShards = groupsShards
    }

    /// Greater scores first, then lower shards, then lower ordinals.
    public static let best = DocumentOrder(score: .descending)

    /// Whether `left` comes strictly before `right`.
    public func precedes(_ left: ScoredDocument, _ right: ScoredDocument) -> Bool {
        for (key, (before, after)) in zip(keys, zip(left.keys, right.keys)) {
            let comparison = key.compare(before, after)
            if comparison != 0 { return comparison < 0 }
        }
        if let score, left.score != right.score {
            return score == .descending ? left.score > right.score : left.score < right.score
        }
        let (before, after) = document == .ascending ? (left, right) : (right, left)
        return groupsShards
            ? (before.shard, before.ordinal) < (after.shard, after.ordinal)
            : (before.ordinal, before.shard) < (after.ordinal, after.shard)
    }
}

/// A place in an order: what follows it is wanted.
public struct DocumentCursor: Equatable, Sendable {
    /// Nil where scores do not count.
    public var score: Float?
    /// One for each key of the order.
    public var keys: [SortKey] = []
    /// The ordinal of the last document before, among those of this score. Nil: all of this score are before. One that no
    /// document has lets all of a shard through, or none.
    public var ordinal: Int64?

    public init(score: Float?, keys: [SortKey] = [], ordinal: Int64?) {
        self.score = score
        self.keys = keys
        self.ordinal = ordinal
    }

    /// Whether a document comes after this place.
    public func isBefore(_ document: ScoredOrdinal, in order: DocumentOrder) -> Bool {
        if let direction = order.score, let score, document.score != score {
            return direction == .descending ? document.score < score : document.score > score
        }
        guard let ordinal else { return false }
        return order.document == .ascending ? Int64(document.ordinal) > ordinal : Int64(document.ordinal) < ordinal
    }
}
