internal import JSON
internal import Mapping
internal import Query

/// Finds more documents of each collapsed hit's group: a search for each, over the same views.
struct CollapseExpansion {
    let coordinator: SearchCoordinator
    let search: Search
    let collapse: Collapse
    /// What the hits' groups are told apart by.
    let key: OrderKey?
    /// What the search matches, its nearest neighbours among it.
    let matching: Query

    /// - Parameters:
    ///   - hits: they get the documents of their groups.
    ///   - groups: what each hit has in common with its group.
    /// - Throws: as `SearchCoordinator.run`.
    func expand(_ hits: inout [SearchResponse.Hit], _ groups: [SortKey?]) async throws {
        for (number, group) in groups.enumerated() where hits.indices.contains(number) {
            for inner in collapse.innerHits {
                let found = try await coordinator.run(search(inner, of: group ?? .absent)).response
                hits[number].groupHits.append(
                    SearchResponse.GroupHits(
                        name: inner.name ?? collapse.field, total: found.total, maximumScore: found.maximumScore,
                        hits: found.hits))
            }
        }
    }

    private func search(_ inner: Collapse.InnerHits, of group: SortKey) -> Search {
        let having = Query(.exists(field: collapse.field))
        let bool: BoolQuery
        switch key?.shown(group) ?? .null {
        case .int(let value): bool = BoolQuery(must: [matching], filter: [term(.integer(value))])
        case .unsigned(let value): bool = BoolQuery(must: [matching], filter: [term(.unsigned(value))])
        case .double(let value): bool = BoolQuery(must: [matching], filter: [term(.double(value))])
        case .float(let value): bool = BoolQuery(must: [matching], filter: [term(.double(Double(value)))])
        case .string(let text): bool = BoolQuery(must: [matching], filter: [term(.string(text))])
        default: bool = BoolQuery(must: [matching], mustNot: [having])
        }
        var grouped = Search(
            query: Query(.bool(bool)), from: inner.from, size: inner.size, fetch: inner.fetch, sort: inner.sort,
            tracksScores: inner.tracksScores)
        grouped.postFilter = search.postFilter
        grouped.runtime = search.runtime
        grouped.computed = inner.sort?.computed ?? []
        grouped.collapse = inner.collapseField.map { Collapse(field: $0) }
        return grouped
    }

    private func term(_ value: QueryValue) -> Query { Query(.term(TermQuery(field: collapse.field, value: value))) }
}
