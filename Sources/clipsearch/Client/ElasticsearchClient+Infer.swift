internal import JSON

/// Why a node makes no vectors of some contents.
struct InferRefusal: Error {
    var reason: String
}

extension ElasticsearchClient {
    /// The vectors of documents with `text_field` or `image_field`.
    ///
    /// - Returns: a refusal where the contents are to blame.
    /// - Throws: `ClientError`.
    func infer(_ documents: [JSONValue], model: String) async throws -> Result<[[Float]], InferRefusal> {
        let path = "/_ml/trained_models/\(Self.escaped(model))/_infer?timeout=10m"
        let answer = try await send("POST", path, body: (["docs": .array(documents)] as JSONValue).serialized())
        guard answer.status == 200 else {
            // Nothing else is the contents' fault.
            guard answer.status == 400 || answer.status == 413 else {
                throw ClientError.refused(request: "_infer", reason: answer.reason)
            }
            return .failure(InferRefusal(reason: answer.reason))
        }
        let results = answer.document?.root.object?["inference_results"]?.array ?? nil
        let vectors = results?.compactMap { $0.object?["predicted_value"]?.array?.floats() } ?? []
        guard vectors.count == documents.count else { throw ClientError.unexpectedAnswer(request: "_infer") }
        return .success(vectors)
    }
}
