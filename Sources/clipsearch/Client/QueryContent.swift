internal import Files
internal import JSON

/// What pictures are searched for by, on the command line.
enum QueryContent: Equatable, Sendable {
    case words(String)
    /// The path of a picture.
    case image(String)

    /// The vector that a running node's model makes of it.
    ///
    /// - Throws: `ImportError.file`, `ClientError`.
    func vector(model: String, _ client: ElasticsearchClient) async throws -> [Float] {
        let document: JSONValue
        switch self {
        case .words(let words): document = ["text_field": .string(words)]
        case .image(let path):
            let bytes = try ImportError.wrapping(File.contents(of: path))
            document = ["image_field": .string(ImportedImage.dataURI(bytes))]
        }
        let path = "/_ml/trained_models/\(ElasticsearchClient.escaped(model))/_infer"
        let answer = try await client.call("POST", path, ["docs": [document]])
        let results = answer.root.object?["inference_results"]?.array
        guard let vector = results?.first(where: { _ in true })?.object?["predicted_value"]?.array?.floats() else {
            throw ClientError.unexpectedAnswer(request: "_infer")
        }
        return vector
    }
}
