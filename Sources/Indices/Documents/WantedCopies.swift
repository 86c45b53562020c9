/// How many copies of a shard are to be there before it is written to: `wait_for_active_shards`. There is one node, so there is one.
public enum WantedCopies: Equatable, Sendable {
    /// As many as the index says.
    case all
    case count(Int)

    /// - Returns: nil for what is neither `all` nor a number that is not negative.
    public init?(parsing text: String) {
        if text == "all" {
            self = .all
        } else if let count = Int(text), (0...Int(Int32.max)).contains(count) {
            self = .count(count)
        } else {
            return nil
        }
    }

    /// - Returns: how many are wanted, where there are not so many; nil: they are there.
    func missing(replicas: Int) -> Int? {
        let needed =
            switch self {
            case .all: 1 + max(0, replicas)
            case .count(let count): count
            }
        return needed > 1 ? needed : nil
    }
}

/// What a write says of copies.
///
/// Elasticsearch waits for them first. Here none can come, so it is refused at once, with what Elasticsearch says in the end.
public struct CopyRequirement: Equatable, Sendable {
    /// Nil: as the index has it.
    public var copies: WantedCopies?
    /// As the request says it.
    public var timeout: String

    public init(copies: WantedCopies? = nil, timeout: String = "1m") {
        self.copies = copies
        self.timeout = timeout
    }

    /// - Throws: `IndicesError.tooFewCopies`.
    func check(_ metadata: IndexMetadata, shard: Int) throws(IndicesError) {
        let wanted = copies ?? metadata.settings.wantedCopies
        guard let needed = wanted.missing(replicas: metadata.settings.effectiveReplicas) else { return }
        throw .tooFewCopies(index: metadata.name, shard: shard, isAll: wanted == .all, needed: needed, timeout: timeout)
    }
}
