internal import ElasticsearchAPI
internal import Inference

/// Several things that pictures are searched for by at once, each with a weight.
struct WeightedQuery: Sendable {
    struct Part: Sendable, Equatable {
        var content: QueryContent
        /// Negative: what is not wanted.
        var weight: Float
    }

    var parts: [Part] = []

    /// - Parameters:
    ///   - words: `red flower^0.5`
    ///   - sign: -1 for what is not wanted.
    ///   - usual: how much the words count where they do not say.
    mutating func add(words: String, sign: Float = 1, usual: Float = 1) {
        let weighted = WeightedText(words)
        parts.append(Part(content: .words(weighted.text), weight: sign * (weighted.text == words ? usual : weighted.weight)))
    }

    mutating func add(_ words: SearchWords) {
        if let wanted = words.wanted { add(words: wanted) }
        for words in words.unwanted { add(words: words, sign: -1, usual: SearchWords.unwantedWeight) }
    }

    /// - Parameter path: `picture.jpg^0.5`; a file that is called so is meant first.
    mutating func add(image path: String, sign: Float = 1, exists: (String) -> Bool) {
        let weighted = exists(path) ? nil : WeightedText(path)
        parts.append(Part(content: .image(weighted?.text ?? path), weight: sign * (weighted?.weight ?? 1)))
    }

    /// Whether all of it is words, or all pictures; nil: neither, or something is not wanted: of such scores nothing was measured.
    var kind: String? {
        guard parts.allSatisfy({ $0.weight > 0 }) else { return nil }
        let areWords = parts.map { if case .words = $0.content { true } else { false } }
        if areWords.allSatisfy({ $0 }) { return "text_to_image" }
        return areWords.contains(true) ? nil : "image_to_image"
    }

    /// The vector that a running node's model makes of it.
    ///
    /// - Throws: `ImportError.file`, `ClientError`, `InferenceError.contentsCancelOut`.
    func vector(model: String, _ client: ElasticsearchClient) async throws -> [Float] {
        var vectors: [[Float]] = []
        for part in parts { vectors.append(try await part.content.vector(model: model, client)) }
        guard let vector = try ContentGroup.mixed(vectors, weights: parts.map(\.weight)) else {
            throw ClientError.unexpectedAnswer(request: "_infer")
        }
        return vector
    }
}
