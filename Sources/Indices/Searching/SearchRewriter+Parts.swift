internal import Query

/// Queries that stand in other parts of a search than its query.
extension SearchRewriter {
    /// Queries of highlighting.
    func rewrite(_ fetch: Fetch) async throws -> Fetch {
        guard var highlight = fetch.highlight else { return fetch }
        if let query = highlight.settings.query { highlight.settings.query = try await rewrite(query) }
        for index in highlight.fields.indices {
            guard let query = highlight.fields[index].settings.query else { continue }
            highlight.fields[index].settings.query = try await rewrite(query)
        }
        var fetch = fetch
        fetch.highlight = highlight
        return fetch
    }

    func rewrite(_ hits: InnerHits?) async throws -> InnerHits? {
        guard var hits else { return nil }
        hits.fetch = try await rewrite(hits.fetch)
        hits.sort = try await rewrite(hits.sort)
        return hits
    }

    /// Filters of nested objects.
    func rewrite(_ sort: Sort?) async throws -> Sort? {
        guard var sort else { return nil }
        for index in sort.clauses.indices {
            guard case .field(var field) = sort.clauses[index].key, var nested = field.nested else { continue }
            for level in nested.levels.indices {
                guard let filter = nested.levels[level].filter else { continue }
                nested.levels[level].filter = try await rewrite(filter)
            }
            field.nested = nested
            sort.clauses[index].key = .field(field)
        }
        return sort
    }

    func rewrite(_ aggregations: [Aggregation]) async throws -> [Aggregation] {
        var rewritten = aggregations
        for index in aggregations.indices {
            rewritten[index].kind = try await rewrite(aggregations[index].kind)
            rewritten[index].subaggregations = try await rewrite(aggregations[index].subaggregations)
        }
        return rewritten
    }

    private func rewrite(_ kind: Aggregation.Kind) async throws -> Aggregation.Kind {
        switch kind {
        case .filter(let query): return .filter(try await rewrite(query))
        case .filters(var filters):
            for index in filters.filters.indices { filters.filters[index].query = try await rewrite(filters.filters[index].query) }
            return .filters(filters)
        case .adjacencyMatrix(var matrix):
            for index in matrix.filters.indices { matrix.filters[index].query = try await rewrite(matrix.filters[index].query) }
            return .adjacencyMatrix(matrix)
        case .significantTerms(var terms):
            if let background = terms.background { terms.background = try await rewrite(background) }
            return .significantTerms(terms)
        case .topHits(var hits):
            hits.fetch = try await rewrite(hits.fetch)
            hits.sort = try await rewrite(hits.sort)
            return .topHits(hits)
        default: return kind
        }
    }
}
