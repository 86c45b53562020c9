internal import Ordinals
public import Mapping
public import Query

/// The nested objects that are shown with one hit.
public struct InnerMatches: Equatable, Sendable {
    /// Best first, as many as are shown.
    public var documents: [ScoredOrdinal] = []
    /// What each is sorted by; none where only scores count.
    public var keys: [[SortKey]] = []
    /// How many match.
    public var total = 0
    /// The best score.
    public var maximumScore: Float?

    public init() {}
}

extension ShardView {
    /// The nested objects that a plan shows of some documents, or objects of the parent of its level.
    ///
    /// - Parameter mapping: by which scripts of the order read fields.
    /// - Returns: by document; those without any are missing.
    /// - Throws: `ShardError`.
    /// - Complexity: O(objects of the path + matches · log matches).
    public func innerMatches(
        _ plan: InnerHitsPlan, of parents: [UInt32], mapping: Mapping = Mapping()
    ) throws(ShardError) -> [UInt32: InnerMatches] {
        let executor = QueryExecutor(view: self, findsAllNeighbours: true)
        var owners: [UInt32: [UInt32]] = [:]
        let found: Matches
        if let join = plan.join {
            let all = try executor.matches(plan.query, among: live)
            owners = try JoinMatcher(view: self, plan: join).joined(to: parents, among: all.ordinals)
            found = all.among(OrdinalSet(owners.keys.sorted()))
        } else {
            let objects = objects(of: plan.level, in: OrdinalSet(parents))
            found = try executor.matches(plan.query, among: objects).boosted(by: plan.boost)
            forEachObject(found.ordinals, of: plan.level) { owners[$0] = [$1] }
        }
        // All are put in order together, and handed out in this order.
        let count = found.ordinals.count
        let sorted: [FieldSorter.Sorted] =
            plan.order.keys.isEmpty
            ? found.top(count, order: plan.order, after: nil).map { FieldSorter.Sorted(document: $0, keys: []) }
            : try FieldSorter(view: deriving(plan.derived, mapping: mapping, of: found.ordinals), order: plan.order).top(count, of: found, after: nil)
        var matches: [UInt32: InnerMatches] = [:]
        for entry in sorted {
            for parent in owners[entry.document.ordinal] ?? [] {
                var own = matches[parent] ?? InnerMatches()
                own.total += 1
                own.maximumScore = max(own.maximumScore ?? -.infinity, entry.document.score)
                if own.total > plan.from, own.total - plan.from <= plan.size {
                    own.documents.append(entry.document)
                    if !plan.order.keys.isEmpty { own.keys.append(entry.keys) }
                }
                matches[parent] = own
            }
        }
        return matches
    }
}
