/// What `_forcemerge` is asked to do.
public struct ForceMerge: Equatable, Sendable {
    /// Parts that may be left of each shard; nil: as many as it likes.
    public var maximumSegments: Int?
    /// Removes what deleted documents left, and nothing else.
    public var onlyExpungesDeletes: Bool
    /// Makes checkpoints afterwards, so that the next start has nothing to do again.
    public var flushes: Bool

    public init(maximumSegments: Int? = nil, onlyExpungesDeletes: Bool = false, flushes: Bool = true) {
        self.maximumSegments = maximumSegments
        self.onlyExpungesDeletes = onlyExpungesDeletes
        self.flushes = flushes
    }
}
