internal import JSON

/// Why a model makes no vectors of what it was given.
struct InferRefusal: Error, Equatable {
    var reason: String
}

extension ElasticsearchClient {
    /// Has a model of the node make vectors.
    ///
    /// - Parameter documents: `text_field` or `image_field` each.
    /// - Returns: a vector a document, or why there are none: one document that cannot be read fails all.
    /// - Throws: `ClientError` where no document is to blame.
    func infer(_ documents: [JSONValue], model: String) async throws -> Result<[[Float]], InferRefusal> {
        let path = "/_ml/trained_models/\(Self.escaped(model))/_infer"
        let answer = try await send("POST", path + "?timeout=10m", body: (["docs": .array(documents)] as JSONValue).serialized())
        guard answer.status == 200 else {
            guard answer.status == 400 || answer.status == 413 else {
                throw ClientError.refused(request: "POST \(path)", reason: answer.reason)
            }
            return .failure(InferRefusal(reason: answer.reason))
        }
        let results = answer.document?.root.object?["inference_results"]?.array ?? nil
        let vectors = results?.compactMap { $0.object?["predicted_value"]?.array?.floats() } ?? []
        guard vectors.count == documents.count else { throw ClientError.unexpectedAnswer(request: "_infer") }
        return .success(vectors)
    }

    /// A picture as `infer` takes it.
    static func document(ofPicture bytes: [UInt8]) -> JSONValue { ["image_field": .string(ImportedImage.dataURI(bytes))] }
}
