internal import ImagePreprocessing
internal import Tokenizers

/// A text's vector.
public struct TextEmbedding: Sendable, Equatable {
    public let vector: [Float]
    /// The text was longer than the model takes, and its end is not in the vector.
    public let isTruncated: Bool
}

/// What happens to a text that is longer than the model takes.
public enum TextTruncation: Sendable {
    /// The end is cut off.
    case end
    /// The request fails.
    case none
}

extension InferenceService {
    public static let defaultTimeout = Duration.seconds(10)

    /// The vectors of texts, in their order.
    ///
    /// - Parameters:
    ///   - timeout: how long to wait for the queue and the encoder.
    /// - Throws: `InferenceError`; one failing text fails the request and is named by its index.
    public nonisolated func embed(
        texts: [String], model id: String, truncation: TextTruncation = .end, timeout: Duration = defaultTimeout
    ) async throws(InferenceError) -> [TextEmbedding] {
        let deployment = try await deployment(id)
        guard let side = try deployment.model().text else { throw .noTextSide(id: id) }
        var tokenized: [TokenizedText] = []
        for (index, text) in texts.enumerated() {
            let tokens = side.tokenizer.encode(text, maximumLength: side.maximumTokens)
            if tokens.isTruncated, truncation == .none {
                deployment.countError()
                throw .textTooLong(index: index, tokens: tokens.fullLength, limit: side.maximumTokens)
            }
            tokenized.append(tokens)
        }
        var embeddings: [TextEmbedding] = []
        for start in stride(from: 0, to: tokenized.count, by: Self.textsInFlight) {
            let slice = tokenized[start..<min(start + Self.textsInFlight, tokenized.count)]
            let vectors = try await deployment.encode(slice.map { .text($0.ids) }, at: start, timeout: timeout)
            embeddings += zip(vectors, slice).map { TextEmbedding(vector: $0, isTruncated: $1.isTruncated) }
        }
        return embeddings
    }

    /// The vectors of pictures, given as the bytes of JPEG, PNG, WebP or GIF files, in their order.
    ///
    /// Decoding and resizing overlap with the encoding of the pictures before; only a few are held decoded at a time.
    ///
    /// - Parameters:
    ///   - timeout: how long each picture may wait for the queue and the encoder.
    /// - Throws: `InferenceError`; one failing picture fails the request and is named by its index.
    public nonisolated func embed(
        images: [[UInt8]], model id: String, timeout: Duration = defaultTimeout
    ) async throws(InferenceError) -> [[Float]] {
        let deployment = try await deployment(id)
        guard let side = try deployment.model().image else { throw .noImageSide(id: id) }
        let pool = preparationPool
        let outcome = await withTaskGroup(of: (Int, Result<[Float], InferenceError>).self) { group in
            var vectors = [[Float]](repeating: [], count: images.count)
            var next = 0
            func addNext() {
                guard next < images.count else { return }
                let index = next
                next += 1
                group.addTask {
                    (index, await deployment.embed(images[index], index, side.preprocessor, pool, timeout))
                }
            }
            for _ in 0..<Self.picturesInFlight { addNext() }
            while let (index, result) = await group.next() {
                switch result {
                case .success(let vector): vectors[index] = vector
                case .failure(let error):
                    group.cancelAll()
                    return Result<[[Float]], InferenceError>.failure(error)
                }
                addNext()
            }
            return .success(vectors)
        }
        return try outcome.get()
    }

    /// Of one request, so that a long list does not fill the queue by itself.
    private static let textsInFlight = 256

    /// Of one request: two batches, so that one is prepared while the other is encoded.
    private static let picturesInFlight = 16
}

extension Deployment {
    fileprivate func embed(
        _ bytes: [UInt8], _ index: Int, _ preprocessor: ImagePreprocessor, _ pool: BlockingPool, _ timeout: Duration
    ) async -> Result<[Float], InferenceError> {
        guard !Task.isCancelled else { return .failure(.cancelled) }
        let prepared: Result<[Float], ImageError> = await pool.run {
            do throws(ImageError) {
                return .success(try preprocessor.tensor(decoding: bytes))
            } catch {
                return .failure(error)
            }
        }
        switch prepared {
        case .failure(let error):
            countError()
            return .failure(.image(index: index, error))
        case .success(let values):
            do throws(InferenceError) {
                return .success(try await encode([.image(values)], at: index, timeout: timeout)[0])
            } catch {
                return .failure(error)
            }
        }
    }
}
