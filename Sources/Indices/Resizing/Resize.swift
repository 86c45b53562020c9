internal import Analysis

/// A new index with the documents of another one, in as many, fewer or more shards.
///
/// Source: https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-indices-shrink and its kin
public struct Resize: Sendable {
    /// What becomes of the number of shards.
    public enum Kind: String, Sendable {
        case clone, shrink, split
    }

    public var kind: Kind
    public var source: String
    public var target: String
    /// Laid over the source's; null takes one of them away.
    public var settings: SettingsChange
    public var aliases: [String: AliasMetadata]
    /// Bytes that a shard may have, from which their number follows.
    public var maximumShardBytes: Int?

    public init(
        _ kind: Kind, from source: String, to target: String, settings: SettingsChange = SettingsChange([:]),
        aliases: [String: AliasMetadata] = [:], maximumShardBytes: Int? = nil
    ) {
        self.kind = kind
        self.source = source
        self.target = target
        self.settings = settings
        self.aliases = aliases
        self.maximumShardBytes = maximumShardBytes
    }

    // MARK: Shards

    static let shardsKey = "index.number_of_shards"
    static let routingShardsKey = "index.number_of_routing_shards"

    /// How many shards the new index has.
    ///
    /// - Throws: `ResizeProblem`.
    func shardCount(of source: IndexSettings, sourceBytes: Int) throws(ResizeProblem) -> Int {
        let count = source.numberOfShards
        let wanted = settings.values[Self.shardsKey].flatMap { $0 }.flatMap { Int($0.text) }
        switch kind {
        case .clone:
            if maximumShardBytes != nil { throw .shardSizeNotTaken }
            let target = wanted ?? count
            guard target == count else { throw .cloneOfOtherCount(source: count, target: target) }
            return target
        case .split:
            if maximumShardBytes != nil { throw .shardSizeNotTaken }
            guard let target = wanted else { throw .splitWithoutCount }
            try checkFactor(count, target)
            guard target > count else { throw .notMore(source: count, target: target) }
            let routing = count == 1 ? target : Self.routingShards(of: source)
            guard routing.isMultiple(of: target) else { throw .notOfRoutingShards(routing, target: target) }
            return target
        case .shrink:
            if let maximumShardBytes {
                if wanted != nil { throw .countAndShardSize }
                let least = max(1, min(count, (max(0, sourceBytes - 1) / max(1, maximumShardBytes)) + 1))
                return (least...count).first { count.isMultiple(of: $0) } ?? count
            }
            let target = wanted ?? 1
            guard target <= count else { throw .notFewer(source: count, target: target) }
            try checkFactor(count, target)
            return target
        }
    }

    /// One number of shards must divide the other.
    private func checkFactor(_ source: Int, _ target: Int) throws(ResizeProblem) {
        if source < target, !target.isMultiple(of: source) { throw .notAFactor(source: source, target: target) }
        if source > target, target > 0, !source.isMultiple(of: target) { throw .notAMultiple(source: source, target: target) }
    }

    /// Into how many shards an index can be split at most: what its settings say, or doubled until there are 1024.
    static func routingShards(of settings: IndexSettings) -> Int {
        if let given = settings.given[routingShardsKey].flatMap({ Int($0.text) }), given > 0 { return given }
        var count = settings.numberOfShards
        // At least one split is always possible.
        repeat { count *= 2 } while count * 2 <= 1024
        return count
    }
}

/// Why an index cannot be cloned, shrunk or split.
public enum ResizeProblem: Error, Equatable, Sendable {
    case notReadOnly(index: String)
    case cloneOfOtherCount(source: Int, target: Int)
    case splitWithoutCount
    case notFewer(source: Int, target: Int)
    case notMore(source: Int, target: Int)
    case notAFactor(source: Int, target: Int)
    case notAMultiple(source: Int, target: Int)
    case notOfRoutingShards(Int, target: Int)
    case shardSizeNotTaken
    case countAndShardSize
    case routingShardsNotTaken
    case cancelled
}
