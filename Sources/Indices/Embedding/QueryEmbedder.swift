internal import Contents
internal import Inference
internal import JSON
internal import Query

/// Makes the vectors that searches ask for in other words: of texts and pictures by models, of documents by reading them.
struct QueryEmbedder: Sendable {
    let registry: IndexRegistry

    /// - Parameter isOfQuery: it is a `knn` query's, and not a search's or a retriever's.
    /// - Returns: `.vector` or `.encoded`.
    /// - Throws: `IndicesError`, `InferenceError`, and what the embedding of a text throws.
    func vector(of vector: QueryVector, isOfQuery: Bool) async throws -> QueryVector {
        switch vector {
        case .vector, .encoded, .byEndpoint: return vector
        case .text(let modelID, let text):
            guard let modelID else { throw IndicesError.modelMissing }
            // As in Elasticsearch, an endpoint's id may stand for its model's.
            let endpoint = try? await registry.inferenceEndpoint(modelID)
            return .vector(try await registry.embedText(endpoint?.target ?? modelID, text))
        case .embedding(let query):
            guard let id = query.inferenceID else { throw IndicesError.inferenceIDMissing(isOfQuery: isOfQuery) }
            let endpoint = try await registry.inferenceEndpoint(id)
            guard endpoint.task == .embedding else {
                throw IndicesError.inferenceTaskMismatch(id: id, task: endpoint.task.rawValue)
            }
            let vectors = try await registry.embed(
                [ContentGroup(query.inputs)], with: endpoint, purpose: .search,
                timeout: query.timeout ?? InferenceService.defaultEndpointTimeout)
            return .vector(vectors.first ?? [])
        case .lookup(let lookup): return try await stored(lookup)
        }
    }

    /// As searches see the document: until a refresh it may be a former version.
    private func stored(_ lookup: DocumentLookup) async throws -> QueryVector {
        var search = Search(query: Query(.ids([lookup.id])), size: 1, trackTotalHits: .never)
        search.fetch.source = .filtered(includes: [lookup.path], excludes: [])
        var options = SearchOptions()
        if let routing = lookup.routing { options.routing = [routing] }
        let found = try await registry.search(search, in: IndexExpression([lookup.index]), options: options)
        guard let hit = found.hits.first else { throw IndicesError.lookup(.documentMissing(lookup)) }
        guard let value = hit.source?.value(at: lookup.path), value != .null else {
            throw IndicesError.lookup(.fieldMissing(lookup))
        }
        if let text = value.string { return .encoded(text) }
        guard let floats = value.floats, !floats.isEmpty else { throw IndicesError.lookup(.notAVector(lookup)) }
        return .vector(floats)
    }
}
