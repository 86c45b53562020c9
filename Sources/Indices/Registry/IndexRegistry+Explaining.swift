internal import JSON
internal import Mapping
public import Query
internal import Shards

extension IndexRegistry {
    /// A query as an index takes it, in Lucene's notation.
    ///
    /// - Throws: as a search does that has it.
    public func notation(of query: Query, in index: String) async throws -> String {
        let search = Search(query: query, size: 0, trackTotalHits: .never)
        _ = try await self.search(search, in: IndexExpression([index]))
        let coordinator = coordinator(try shards(of: IndexExpression([index]), routing: [], allowsPartial: false).shards)
        let targets = try coordinator.targets(of: try await coordinator.rewriter.rewrite(search)).targets
        return targets.first?.plan.query?.notation ?? QueryPlan.matchNone.notation
    }

    /// Whether a query matches one document as searches see it, and how its score comes about.
    ///
    /// - Throws: `IndicesError`, `ShardError`, and what the rewriting of the query throws.
    public func explain(_ query: Query, _ request: DocumentRequest) async throws -> ExplainResult {
        let (shards, _) = try shards(
            of: IndexExpression([request.index]), routing: [request.routing ?? request.id], allowsPartial: false)
        let coordinator = coordinator(shards)
        let search = try await coordinator.rewriter.rewrite(Search(query: query))
        let (targets, failures) = try coordinator.targets(of: search)
        if let failure = failures.first { throw failure.error }
        guard let target = try await targets.derived().first else { throw IndicesError.indexNotFound(request.index) }
        guard targets.count == 1 else {
            throw IndicesError.aliasOfSeveral(alias: request.index, indices: targets.map(\.index.name))
        }
        var result = ExplainResult(index: target.index.name, id: request.id)
        guard let stored = try target.view.document(id: request.id) else { return result }
        result.explanation = try target.view.explain(stored.ordinal, target.plan.query)
        result.document = target.index.fetched(stored, request.fetch)
        return result
    }
}
