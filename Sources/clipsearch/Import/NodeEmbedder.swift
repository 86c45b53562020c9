internal import ImagePreprocessing

/// Lets the node embed: pictures are sent as they are.
struct NodeEmbedder: PictureEmbedder {
    /// Bytes of pictures in one request: bodies may have 100 MB, and base64 adds a third.
    private static let requestBytes = 24 << 20

    let client: ElasticsearchClient
    let model: String
    private let gate = LargePictureGate()

    init(client: ElasticsearchClient, model: String) {
        self.client = client
        self.model = model
    }

    func prepare(_ bytes: [UInt8], withThumbnail: Bool) throws(ImageError) -> PreparedPicture {
        // What cannot be read is for the node to refuse, in its words.
        let header = try? ImageHeader(reading: bytes)
        var picture = PreparedPicture(input: .encoded(bytes), header: header)
        guard withThumbnail, let header else { return picture }
        if Thumbnail.isSmall(bytes, header) {
            picture.thumbnail = bytes
        } else {
            picture.thumbnail = try? gate.run(header) { () throws(ImageError) in try Thumbnail(of: bytes).bytes }
        }
        return picture
    }

    func embed(_ pictures: [PreparedPicture]) async throws -> [Result<[Float], InferRefusal>] {
        var results: [Result<[Float], InferRefusal>] = [], request: [[UInt8]] = [], bytes = 0
        for case .encoded(let picture) in pictures.map(\.input) {
            if !request.isEmpty, bytes + picture.count > Self.requestBytes {
                results += try await embed(request)
                (request, bytes) = ([], 0)
            }
            request.append(picture)
            bytes += picture.count
        }
        return try await results + embed(request)
    }

    private func embed(_ pictures: [[UInt8]]) async throws -> [Result<[Float], InferRefusal>] {
        if pictures.isEmpty { return [] }
        switch try await client.infer(pictures.map(ElasticsearchClient.document(ofPicture:)), model: model) {
        case .success(let vectors): return vectors.map { .success($0) }
        case .failure(let refusal) where pictures.count == 1: return [.failure(refusal)]
        case .failure:
            // One picture that cannot be read fails its whole request, so each is asked for alone to find it.
            var results: [Result<[Float], InferRefusal>] = []
            for picture in pictures { results += try await embed([picture]) }
            return results
        }
    }
}
