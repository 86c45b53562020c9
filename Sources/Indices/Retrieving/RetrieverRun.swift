internal import Mapping
internal import Query

/// Turns a compound retriever into a query of documents that are scored already: runs its children, each as a search over the
/// same views, and makes one list of theirs.
struct RetrieverRun {
    let coordinator: SearchCoordinator
    /// What the search adds to the mapping.
    var runtime = RuntimeFields()

    /// The search for the list's documents, and beside them for all that the children match: totals, aggregations and inner
    /// hits are of those, too.
    ///
    /// - Parameter search: rewritten.
    /// - Throws: `IndicesError` (`retrieval`, `retrieversFailed`).
    func resolve(_ search: Search, _ retriever: Retriever) async throws -> Search {
        let source = try await RetrieverRun(coordinator: coordinator, runtime: search.runtime)
            .compound(retriever, window: retriever.window ?? search.size)
        var search = search
        search.retriever = nil
        search.query = source.search.query
        search.minimumScore = search.minimumScore ?? source.search.minimumScore
        search.size = min(search.size, max(0, source.count - search.from))
        return search
    }

    /// A retriever as its parent sees it.
    private struct Source {
        /// What finds its documents, in their order.
        var search: Search
        /// What it matches beyond those; nil: nothing.
        var matching: Query?
        /// How many documents a compound one has found.
        var count = 0
    }

    private func source(of retriever: Retriever) async throws -> Source {
        switch retriever.kind {
        case .standard(let standard):
            if standard.searchAfter != nil { throw IndicesError.retrieval(.optionOfChild("search_after")) }
            if standard.terminateAfter != nil { throw IndicesError.retrieval(.optionOfChild("terminate_after")) }
            return Source(search: retriever.search, matching: standard.matching(retriever))
        case .knn: return Source(search: retriever.search)
        case .fused(let fused): return try await compound(retriever, window: fused.window)
        case .pinned(let pinned): return try await compound(retriever, window: pinned.window)
        case .rescorer(let rescorer): return try await compound(retriever, window: rescorer.window)
        }
    }

    // MARK: Compounds

    private func compound(_ retriever: Retriever, window: Int) async throws -> Source {
        let retriever = try expanded(retriever)
        var lists: [[ScoredDocument]] = []
        var matching: [Query] = []
        var failures: [(retriever: String, error: any Error)] = []
        var isLimited = false
        for var child in retriever.children {
            child.filter = retriever.filter + child.filter
            let source = try await source(of: child)
            if source.search.minimumScore != nil { isLimited = true }
            var search = try prepared(source.search, for: retriever)
            search.size = window
            search.runtime = runtime
            do {
                let documents = try await coordinator.rank(search)
                lists.append(documents)
                matching.append(try whole(source.matching ?? ranked(documents, name: child.name), retriever))
            } catch {
                failures.append((child.kindName, error))
            }
        }
        if !failures.isEmpty {
            throw IndicesError.retrieversFailed(
                parent: retriever.kindName, children: failures.map(\.retriever), errors: failures.map(\.error))
        }
        let documents = combined(lists, by: retriever)
        var search = Search()
        search.query = ranked(documents, others: matching, name: retriever.name)
        // What a child's least score refuses must not come back as something that merely matches.
        search.minimumScore = retriever.minimumScore ?? (isLimited ? .leastNonzeroMagnitude : nil)
        return Source(
            search: search, matching: Query(.bool(BoolQuery(should: matching)), name: retriever.name), count: documents.count)
    }

    /// With the children that a text for several fields stands for.
    private func expanded(_ retriever: Retriever) throws(IndicesError) -> Retriever {
        guard case .fused(let fused) = retriever.kind, fused.fields != nil else { return retriever }
        if coordinator.shards.contains(where: { $0.index !== coordinator.shards.first?.index }) {
            throw .retrieval(.fieldsOfSeveralIndices(retriever: retriever.kindName))
        }
        var retriever = retriever
        retriever.kind = .fused(fused.expanded)
        return retriever
    }

    /// A child's search as its parent wants it run.
    private func prepared(_ search: Search, for parent: Retriever) throws(IndicesError) -> Search {
        var search = search
        switch parent.kind {
        case .rescorer(let rescorer): search.rescorers += rescorer.rescorers
        case .pinned(let pinned):
            guard let query = search.query else { throw .retrieval(.pinnedWithoutQuery) }
            guard search.sort?.clauses.allSatisfy({ $0.key == .score || $0.key == .shardDocument }) ?? true else {
                throw .retrieval(.pinnedSorted)
            }
            search.query = pinned.query(beside: query)
        case .fused, .standard, .knn: break
        }
        return search
    }

    private func whole(_ matching: Query, _ parent: Retriever) throws -> Query {
        if case .pinned(let pinned) = parent.kind { return pinned.query(beside: matching) }
        return matching
    }

    private func combined(_ lists: [[ScoredDocument]], by retriever: Retriever) -> [ScoredDocument] {
        if case .fused(let fused) = retriever.kind { return fused.fused(lists) }
        return lists.first ?? []
    }

    private func ranked(_ documents: [ScoredDocument], others: [Query] = [], name: String?) -> Query {
        let ranked = RankedDocuments(documents, shards: coordinator.shards.count)
        return Query(.ranked(RankedMatches(ranked, others: others)), name: name)
    }
}
