internal import Mapping
internal import Query

/// The indices of a search, as far as its semantic fields are concerned: which endpoints make vectors of what is looked for.
struct SemanticTargets: Sendable {
    typealias Embedding = (QueryVector) async throws -> QueryVector

    /// Of each index that is searched.
    var mappings: [Mapping] = []
    /// - Throws: `IndicesError.inferenceEndpointNotFound`.
    var checkEndpoint: @Sendable (_ id: String) async throws -> Void = { _ in }

    /// Whether a field is a semantic one in one of the indices.
    func hasField(_ field: String) -> Bool { mappings.contains { $0.semanticFields[$0.target(of: field)] != nil } }

    /// The endpoints of a field, sorted.
    private func endpoints(of field: String) -> [String] {
        Set(mappings.compactMap { $0.semanticFields[$0.target(of: field)]?.queryInferenceID }).sorted()
    }

    /// A text's vectors, by endpoint; none where the field is nowhere a semantic one.
    func vectors(of text: String, field: String, _ embed: Embedding) async throws -> [String: [Float]] {
        try await vectors(by: endpoints(of: field), embed) { .text(modelID: $0, text: text) }
    }

    /// The vectors, by endpoint, of neighbours that are looked for without the name of a model; nil: it has one, or needs none.
    ///
    /// Where the field holds plain vectors in one of the indices, only a name tells what they are to be compared with.
    func vectors(for knn: KNNQuery, _ embed: Embedding) async throws -> [String: [Float]]? {
        let named: (String) -> QueryVector
        switch knn.vector {
        case .text(nil, let text): named = { .text(modelID: $0, text: text) }
        case .embedding(var query) where query.inferenceID == nil:
            named = { id in
                query.inferenceID = id
                return .embedding(query)
            }
        case .vector, .encoded, .text, .byEndpoint, .embedding, .lookup: return nil
        }
        let isPlain = mappings.contains { $0.field(knn.field) != nil && $0.semanticFields[$0.target(of: knn.field)] == nil }
        let endpoints = endpoints(of: knn.field)
        return isPlain || endpoints.isEmpty ? nil : try await vectors(by: endpoints, embed, of: named)
    }

    /// What each endpoint makes of what it is asked for.
    private func vectors(
        by endpoints: [String], _ embed: Embedding, of asked: (_ id: String) -> QueryVector
    ) async throws -> [String: [Float]] {
        var vectors: [String: [Float]] = [:]
        for id in endpoints {
            try await checkEndpoint(id)
            if case .vector(let vector) = try await embed(asked(id)) { vectors[id] = vector }
        }
        return vectors
    }

    /// A query of several fields, without its semantic ones, and those; nil: it names none.
    func split(_ query: MultiMatchQuery) -> (rest: MultiMatchQuery?, parts: [(query: SemanticQuery, weight: Float)])? {
        guard query.kind == .bestFields || query.kind == .mostFields, query.fields.contains(where: { hasField($0.pattern) }) else {
            return nil
        }
        var rest = query
        rest.fields.removeAll { hasField($0.pattern) }
        let parts = query.fields.filter { hasField($0.pattern) }.map { field in
            (query: SemanticQuery(MatchQuery(field: field.pattern, text: query.text, options: query.options)), weight: field.weight)
        }
        return (rest.fields.isEmpty ? nil : rest, parts)
    }
}

extension MultiMatchQuery {
    /// The fields' queries as one.
    func combining(_ queries: [Query]) -> Query.Kind {
        if kind == .mostFields { return .bool(BoolQuery(should: queries)) }
        return .disMax(queries, tieBreaker: tieBreaker ?? 0)
    }
}
