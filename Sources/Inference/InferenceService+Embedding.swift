public import Contents
internal import Threads
internal import Tokenizers

/// The vector of a text or a picture.
public struct Embedding: Sendable, Equatable {
    public let vector: [Float]
    /// It is of a text that was longer than the model takes, and its end is not in the vector.
    public let isTruncated: Bool
}

extension InferenceService {
    /// Elasticsearch's `timeout` of an inference where none is given.
    public static let defaultTimeout = Duration.seconds(10)

    /// As many contents of documents that are written go to a model together, at most.
    public static let ingestBatch = 128
    /// Of such a batch: a slow model may have long texts, or others' requests before it.
    public static let ingestTimeout = Duration.seconds(120)

    /// The most contents of one request.
    public static let maximumContents = 10_000

    /// The vectors of texts and pictures, in their order: all texts are embedded together, and all pictures.
    ///
    /// - Parameters: as for texts.
    /// - Throws: `InferenceError`; one failing content fails the request.
    public nonisolated func embed(
        contents: [InferenceContent], model name: String, purpose: TextPurpose? = nil, truncation: TextTruncation? = nil,
        since arrival: ContinuousClock.Instant = .now, timeout: Duration = defaultTimeout
    ) async throws(InferenceError) -> [Embedding] {
        // Once: an alias may go to another model meanwhile.
        let deployment = try await serving(name).deploymentID
        var texts: [String] = [], images: [[UInt8]] = []
        for content in contents {
            switch content {
            case .text(let text): texts.append(text)
            case .image(let bytes): images.append(bytes)
            }
        }
        let ofTexts = texts.isEmpty ? [] : try await embed(
            texts: texts, model: deployment, purpose: purpose, truncation: truncation, since: arrival, timeout: timeout)
        let ofImages = images.isEmpty ? [] : try await embed(images: images, model: deployment, since: arrival, timeout: timeout)
        var nextText = ofTexts.makeIterator(), nextImage = ofImages.makeIterator()
        return contents.compactMap { content in
            switch content {
            case .text: nextText.next()
            case .image: nextImage.next().map { Embedding(vector: $0, isTruncated: false) }
            }
        }
    }

    /// The vectors of texts, in their order.
    ///
    /// - Parameters:
    ///   - name: a deployment's id, a model's, or an alias of one.
    ///   - purpose: some models put a prefix before a text that depends on what its vector is for; nil puts none.
    ///   - truncation: nil does as the model's configuration says.
    ///   - timeout: how long this may take, from `arrival` on.
    /// - Throws: `InferenceError`; one failing text fails the request and is named by its index.
    public nonisolated func embed(
        texts: [String], model name: String, purpose: TextPurpose? = nil, truncation: TextTruncation? = nil,
        since arrival: ContinuousClock.Instant = .now, timeout: Duration = defaultTimeout
    ) async throws(InferenceError) -> [Embedding] {
        let served = try await find(name), settings = served.model.settings, deployment = served.deployment
        guard let side = try deployment.encoders().text else { throw .noTextSide(id: served.model.id) }
        let prefix = purpose.flatMap { settings.prefixes[$0] } ?? ""
        let tokenized = try await tokenize(
            prefix.isEmpty ? texts : texts.map { prefix + $0 }, side, truncation ?? settings.truncation, deployment)
        let vectors = try await vectors(of: tokenized, deployment, arrival: arrival, timeout: timeout)
        return zip(vectors, tokenized).map { Embedding(vector: $0, isTruncated: $1.isTruncated) }
    }

    /// From the cache what is there; the others are encoded, some at a time.
    private nonisolated func vectors(
        of texts: [TokenizedText], _ deployment: Deployment, arrival: ContinuousClock.Instant, timeout: Duration
    ) async throws(InferenceError) -> [[Float]] {
        var vectors = texts.map { deployment.cache.vector(of: $0.ids) }
        let missing = vectors.indices.filter { vectors[$0] == nil }
        if missing.count < texts.count { deployment.countCacheHits(texts.count - missing.count) }
        let inFlight = max(1, min(Self.textsInFlight, deployment.queueCapacity))
        for start in stride(from: 0, to: missing.count, by: inFlight) {
            let slice = missing[start..<min(start + inFlight, missing.count)]
            let encoded = try await deployment.encode(
                slice.map { .text(texts[$0].ids) }, at: Array(slice), arrival: arrival, timeout: timeout)
            for (index, vector) in zip(slice, encoded) {
                vectors[index] = vector
                deployment.cache.insert(vector, for: texts[index].ids)
            }
        }
        return vectors.compactMap { $0 }
    }

    /// Short texts are tokenized at once, in less time than it takes to change threads.
    private nonisolated func tokenize(
        _ texts: [String], _ side: LoadedModel.TextSide, _ truncation: TextTruncation, _ deployment: Deployment
    ) async throws(InferenceError) -> [TokenizedText] {
        // The length of the whole text is wanted only to refuse it.
        let encode = { @Sendable in
            texts.map { text in
                truncation == .never
                    ? side.tokenizer.encode(text, maximumLength: side.maximumTokens)
                    : side.tokenizer.encode(beginningOf: text, maximumLength: side.maximumTokens)
            }
        }
        let bytes = texts.reduce(0) { $0 + $1.utf8.count }
        let tokenized = bytes <= Self.shortTextBytes ? encode() : await preparationPool.run(encode)
        guard truncation == .never else { return tokenized }
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
    ///   - timeout: how long this may take, from `arrival` on.
    /// - Throws: `InferenceError`; one failing picture fails the request and is named by its index.
    public nonisolated func embed(
        images: [[UInt8]], model name: String, since arrival: ContinuousClock.Instant = .now,
        timeout: Duration = defaultTimeout
    ) async throws(InferenceError) -> [[Float]] {
        let deployment = try await deployment(name)
        guard let side = try deployment.encoders().image else { throw .noImageSide(id: deployment.modelID) }
        let request = PictureRequest(
            deployment: deployment, preprocessor: side.preprocessor, pool: preparationPool, arrival: arrival,
            timeout: timeout)
        return try await request.embed(images)
    }

    /// Of one request, so that a long list does not fill the queue by itself.
    private static let textsInFlight = 256

    private static let shortTextBytes = 4096
}
