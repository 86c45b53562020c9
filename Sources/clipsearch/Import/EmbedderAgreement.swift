internal import ImagePreprocessing

/// Makes sure that vectors that are made here are those of the node's model, which will be searched with.
struct EmbedderAgreement {
    /// Two precisions of one model are nearer than this; two models are not.
    private static let leastCosine: Float = 0.97
    /// By so much a vector must be nearer to that of the picture turned otherwise: more than two precisions differ.
    private static let leastDifference: Float = 0.005
    private static let quality = 90
    /// APP1 with EXIF of one tag: a quarter turn to the right.
    private static let quarterTurn: [UInt8] =
        [0xFF, 0xE1, 0, 34] + Array("Exif\0\0MM\0*".utf8) + [0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]

    let model: String
    let client: ElasticsearchClient

    /// Compares the vectors of the first picture that can be read, laid on its side. A node that does not serve the model is not asked.
    ///
    /// - Throws: `ImportError.otherModel`, `.otherOrientation`, `ClientError`.
    func check(_ embedder: LocalEmbedder, _ files: [ImageFolder.File]) async throws {
        let node = NodeEmbedder(client: client, model: model)
        for file in files.prefix(20) {
            guard let bytes = try? file.contents(), bytes.count < 8 << 20, let picture = try? Self.laidOnItsSide(bytes),
                let stored = try? ImageDecoder().decode(picture)
            else { continue }
            let own = try await embedder.encode([stored, stored.oriented(.quarterRight)].map(embedder.tensor))
            guard let lying = own.first, let upright = own.last else { return }
            let answer: [Result<[Float], InferRefusal>]
            do {
                answer = try await node.embed([PreparedPicture(input: .encoded(picture), header: nil)])
            } catch ClientError.refused, ClientError.unexpectedAnswer {
                return
            }
            guard case .success(let theirs)? = answer.first else { return }
            let isHere = embedder.appliesOrientation
            let cosine = Self.cosine(isHere ? upright : lying, theirs), otherwise = Self.cosine(isHere ? lying : upright, theirs)
            guard max(cosine, otherwise) >= Self.leastCosine else { throw ImportError.otherModel(model, cosine: cosine) }
            guard otherwise < cosine + Self.leastDifference else { throw ImportError.otherOrientation(isHere: isHere) }
            guard cosine >= Self.leastCosine else { throw ImportError.otherModel(model, cosine: cosine) }
            return
        }
    }

    private static func laidOnItsSide(_ bytes: [UInt8]) throws(ImageError) -> [UInt8] {
        let jpeg = try ImageDecoder().decode(Thumbnail(of: bytes).bytes).jpeg(quality: quality)
        return laidOnItsSide(jpeg: jpeg)
    }

    /// The same pixels, which are to be turned for display.
    static func laidOnItsSide(jpeg: [UInt8]) -> [UInt8] { Array(jpeg.prefix(2)) + quarterTurn + jpeg.dropFirst(2) }

    static func cosine(_ a: [Float], _ b: [Float]) -> Float {
        guard a.count == b.count else { return 0 }
        let (product, squares) = zip(a, b).reduce((Float(0), (Float(0), Float(0)))) { sum, pair in
            (sum.0 + pair.0 * pair.1, (sum.1.0 + pair.0 * pair.0, sum.1.1 + pair.1 * pair.1))
        }
        let length = (squares.0 * squares.1).squareRoot()
        return length > 0 ? product / length : 0
    }
}
