internal import Files

/// Makes sure that vectors that are made here are those of the node's model, which will be searched with.
struct EmbedderAgreement {
    /// Two precisions of one model are nearer than this; two models are not.
    private static let leastCosine: Float = 0.97

    let model: String
    let client: ElasticsearchClient

    /// Compares the vectors of the first picture that can be read. A node that does not serve the model is not asked.
    ///
    /// - Throws: `ImportError.otherModel`, `ClientError`.
    func check(_ embedder: LocalEmbedder, _ files: [ImageFolder.File]) async throws {
        let node = NodeEmbedder(client: client, model: model)
        for file in files.prefix(20) {
            guard let bytes = try? File.contents(of: file.path), bytes.count < 8 << 20,
                let picture = try? embedder.prepare(bytes, withThumbnail: false),
                case .success(let own)? = try await embedder.embed([picture]).first
            else { continue }
            let answer: [Result<[Float], InferRefusal>]
            do {
                answer = try await node.embed([PreparedPicture(input: .encoded(bytes), header: nil)])
            } catch ClientError.refused, ClientError.unexpectedAnswer {
                return
            }
            guard case .success(let theirs)? = answer.first else { return }
            let cosine = Self.cosine(own, theirs)
            guard cosine >= Self.leastCosine else { throw ImportError.otherModel(model, cosine: cosine) }
            return
        }
    }

    static func cosine(_ a: [Float], _ b: [Float]) -> Float {
        guard a.count == b.count else { return 0 }
        let (product, squares) = zip(a, b).reduce((Float(0), (Float(0), Float(0)))) { sum, pair in
            (sum.0 + pair.0 * pair.1, (sum.1.0 + pair.0 * pair.0, sum.1.1 + pair.1 * pair.1))
        }
        let length = (squares.0 * squares.1).squareRoot()
        return length > 0 ? product / length : 0
    }
}
