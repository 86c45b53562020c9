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
    /// Elasticsearch's `timeout` of an inference where none is given.
    public static let defaultTimeout = Duration.seconds(10)

    /// The vectors of texts, in their order.
    ///
    /// - Parameters:
    ///   - timeout: how long this may take.
    /// - Throws: `InferenceError`; one failing text fails the request and is named by its index.
    public nonisolated func embed(
        texts: [String], model id: String, truncation: TextTruncation = .end, timeout: Duration = defaultTimeout
    ) async throws(InferenceError) -> [TextEmbedding] {
        let arrival = ContinuousClock.now
        let deployment = try await deployment(id)
        guard let side = try deployment.model().text else { throw .noTextSide(id: id) }
        let tokenized = try await tokenize(texts, side, truncation, deployment)
        let inFlight = max(1, min(Self.textsInFlight, deployment.configuration.queueCapacity))
        var embeddings: [TextEmbedding] = []
        for start in stride(from: 0, to: tokenized.count, by: inFlight) {
            let slice = tokenized[start..<min(start + inFlight, tokenized.count)]
            let vectors = try await deployment.encode(
                slice.map { .text($0.ids) }, at: start, arrival: arrival, timeout: timeout)
            embeddings += zip(vectors, slice).map { TextEmbedding(vector: $0, isTruncated: $1.isTruncated) }
        }
        return embeddings
    }

    /// Short texts are tokenized at once, in less time than it takes to change threads.
    private nonisolated func tokenize(
        _ texts: [String], _ side: LoadedModel.TextSide, _ truncation: TextTruncation, _ deployment: Deployment
    ) async throws(InferenceError) -> [TokenizedText] {
        // The length of the whole text is wanted only to refuse it.
        let encode = { @Sendable in
            texts.map { text in
                truncation == .none
                    ? side.tokenizer.encode(text, maximumLength: side.maximumTokens)
                    : side.tokenizer.encode(beginningOf: text, maximumLength: side.maximumTokens)
            }
        }
        let bytes = texts.reduce(0) { $0 + $1.utf8.count }
        let tokenized = bytes <= Self.shortTextBytes ? encode() : await preparationPool.run(encode)
        guard truncation == .none else { return tokenized }
        for (index, tokens) in tokenized.enumerated() where tokens.isTruncated {
            deployment.countError()
            throw .textTooLong(index: index, tokens: tokens.fullLength, limit: side.maximumTokens)
        }
        return tokenized
    }

    /// The vectors of pictures, given as the bytes of JPEG, PNG, WebP or GIF files, in their order.
    ///
    /// Decoding and resizing overlap with the encoding of the pictures before; only a few are held decoded at a time.
    ///
    /// - Parameters:
    ///   - timeout: how long this may take.
    /// - Throws: `InferenceError`; one failing picture fails the request and is named by its index.
    public nonisolated func embed(
        images: [[UInt8]], model id: String, timeout: Duration = defaultTimeout
    ) async throws(InferenceError) -> [[Float]] {
        let arrival = ContinuousClock.now
        let deployment = try await deployment(id)
        guard let side = try deployment.model().image else { throw .noImageSide(id: id) }
        let request = PictureRequest(
            deployment: deployment, preprocessor: side.preprocessor, pool: preparationPool, arrival: arrival,
            timeout: timeout)
        return try await request.embed(images)
    }

    /// Of one request, so that a long list does not fill the queue by itself.
    private static let textsInFlight = 256

    private static let shortTextBytes = 4096
}
