internal import Query
internal import Shards

/// All documents of a search in the order that costs nothing, page by page: scrolls sorted by `_doc`, and what `_reindex` and
/// its kin read.
///
/// The query runs once. What it matches is kept as a bit a document.
struct DocumentScan: Sendable {
    let targets: [SearchTarget]
    private let matches: [MatchingDocuments]
    private var target = 0
    private var last: UInt32?

    /// - Throws: `ShardFailures`.
    init(_ targets: [SearchTarget]) async throws {
        let targets = try await targets.derived()
        self.targets = targets
        matches = try await targets.forEachShard { _, target in
            try target.view.matches(target.plan.query ?? .matchAll, minimumScore: target.plan.minimumScore)
        }
    }

    /// How many documents there are.
    var count: Int { matches.reduce(0) { $0 + $1.count } }

    /// The next documents; none at the end.
    mutating func next(_ limit: Int) -> [ScoredDocument] {
        var page: [ScoredDocument] = []
        while target < targets.count, page.count < limit {
            let wanted = limit - page.count
            let ordinals = matches[target].page(after: last, limit: wanted)
            page += ordinals.map { ScoredDocument(shard: target, ordinal: $0, score: 1) }
            if ordinals.count < wanted {
                target += 1
                last = nil
            } else {
                last = ordinals.last
            }
        }
        return page
    }
}
