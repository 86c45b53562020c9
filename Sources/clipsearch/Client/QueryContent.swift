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
        case .image(let path): document = ElasticsearchClient.document(ofPicture: try ImportError.wrapping(File.contents(of: path)))
        }
        switch try await client.infer([document], model: model) {
        case .success(let vectors) where vectors.count == 1: return vectors[0]
        case .success: throw ClientError.unexpectedAnswer(request: "_infer")
        case .failure(let refusal): throw ClientError.refused(request: "_infer", reason: refusal.reason)
        }
    }
}
