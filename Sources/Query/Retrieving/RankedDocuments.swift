/// Documents whose scores are known already, with others that match beside them.
public struct RankedDocuments: Equatable, Hashable, Sendable {
    /// By the shard's place among all of the search.
    public var shards: [[ScoredOrdinal]]

    /// - Parameters:
    ///   - documents: `shard` is the place among all of the search.
    ///   - count: how many shards there are.
    public init(_ documents: [ScoredDocument], shards count: Int) {
        shards = [[ScoredOrdinal]](repeating: [], count: count)
        for document in documents where shards.indices.contains(document.shard) {
            shards[document.shard].append(ScoredOrdinal(ordinal: document.ordinal, score: document.score))
        }
    }
}

/// `RankedDocuments` with the queries beside them.
public struct RankedMatches: Equatable, Sendable {
    public var documents: RankedDocuments
    /// What matches one of these matches, too, and scores 0.
    public var others: [Query]

    public init(_ documents: RankedDocuments, others: [Query] = []) {
        self.documents = documents
        self.others = others
    }
}

/// A `RankedMatches` bound to a mapping.
public struct RankedPlan: Hashable, Sendable {
    public var documents: RankedDocuments
    public var others: [QueryPlan]
    /// Whose documents count; nil until `QueryPlan.onShard`.
    public var shard: Int?

    public init(documents: RankedDocuments, others: [QueryPlan], shard: Int? = nil) {
        self.documents = documents
        self.others = others
        self.shard = shard
    }

    /// The shard's documents. A score of 0 is shown as the least that is more: it comes before what only matches.
    public var ranked: [ScoredOrdinal] {
        guard let shard, documents.shards.indices.contains(shard) else { return [] }
        return documents.shards[shard].map {
            ScoredOrdinal(ordinal: $0.ordinal, score: max($0.score, .leastNonzeroMagnitude))
        }
    }
}

extension QueryPlan {
    /// This plan on one of a search's shards: ranked documents are different in each.
    ///
    /// - Parameter number: the shard's place among all of the search.
    public func onShard(_ number: Int) -> QueryPlan {
        switch self {
        case .ranked(var plan):
            plan.shard = number
            plan.others = plan.others.map { $0.onShard(number) }
            return .ranked(plan)
        case .named(let plan, let name): return .named(plan.onShard(number), name)
        case .boosted(let plan, let boost): return .boosted(plan.onShard(number), by: boost)
        case .disMax(let plans, let tieBreaker): return .disMax(plans.map { $0.onShard(number) }, tieBreaker: tieBreaker)
        case .bool(var plan):
            plan.must = plan.must.map { $0.onShard(number) }
            plan.filter = plan.filter.map { $0.onShard(number) }
            plan.should = plan.should.map { $0.onShard(number) }
            return .bool(plan)
        default: return self
        }
    }
}
