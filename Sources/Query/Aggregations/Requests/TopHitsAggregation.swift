/// The best documents of a bucket.
public struct TopHitsAggregation: Equatable, Sendable {
    public var size: Int
    public var from: Int
    public var fetch: Fetch
    /// Nil: best scores first.
    public var sort: Sort?
    public var tracksScores = false

    public init(size: Int = 3, from: Int = 0, fetch: Fetch = Fetch()) {
        self.size = size
        self.from = from
        self.fetch = fetch
    }
}
