internal import Ordinals
internal import Query
internal import VectorIndex

/// The nearest nested objects, at most one of each document, or object, around them: of the k nearest objects many may be in one
/// document.
struct NestedNeighbours {
    /// Searches before what is left is compared one by one.
    private static let maximumSearches = 4
    /// Objects that a search asks for, times the documents that are wanted.
    private static let objectsPerDocument = 3

    let view: ShardView
    let index: VectorIndex
    let plan: KNNPlan
    let level: NestedLevel

    /// - Parameter objects: what is searched among; they have vectors.
    /// - Complexity: a few searches, each of what those before did not find the documents of; and where documents have very many
    ///   objects, a comparison of each object that is left.
    func search(among objects: OrdinalSet) throws(VectorIndexError) -> NearestDocuments {
        var rest = objects
        var found: [Neighbour] = []
        var work: VectorWork?
        var searches = 0
        while found.count < plan.k, !rest.isEmpty {
            let wanted = plan.k - found.count
            searches += 1
            let isLast = searches > Self.maximumSearches
            // What has no bound here has one by the number of objects.
            let (product, overflow) = wanted.multipliedReportingOverflow(by: searches * Self.objectsPerDocument)
            let count = isLast || overflow ? rest.count : min(product, rest.count)
            let result =
                isLast
                ? try index.exactSearch(plan.vector, k: count, among: rest, similarity: plan.similarity)
                : try index.search(
                    plan.vector, k: count, candidates: max(plan.candidates, count), accepting: rest, similarity: plan.similarity,
                    oversample: plan.oversample)
            add(result, to: &work)
            // What is answered is what was written, or an error.
            try index.verify(result.hits.lazy.map(\.ordinal))
            let fresh = nearestOfEach(result.hits)
            found += fresh.prefix(wanted)
            // All that there are, or all that are near enough.
            if result.hits.count < count || count == rest.count { break }
            rest.subtract(view.objects(of: level, in: OrdinalSet(fresh.map { $0.parent })))
        }
        return NearestDocuments(documents: found.map { $0.object }, work: work)
    }

    private struct Neighbour {
        var object: ScoredOrdinal
        var parent: UInt32
    }

    /// The first of the hits in each document, best first.
    private func nearestOfEach(_ hits: [VectorHit]) -> [Neighbour] {
        let parents = view.objects(of: level.parent)
        var seen: Set<UInt32> = []
        return hits.compactMap { hit in
            guard let parent = parents.first(from: hit.ordinal), seen.insert(parent).inserted else { return nil }
            return Neighbour(object: ScoredOrdinal(ordinal: hit.ordinal, score: hit.score), parent: parent)
        }
    }

    private func add(_ result: VectorSearchResult, to work: inout VectorWork?) {
        let comparisons = (work?.comparisons ?? 0) + result.visited
        work = work ?? VectorWork(
            field: plan.field, comparisons: 0, strategy: result.strategy, predicted: result.predicted)
        work?.comparisons = comparisons
    }
}
