public import MatrixKernels

/// The text tower of CLIP: a causal transformer whose state at the end-of-text token is projected.
///
/// No token sees a later one, so everything behind the end of text is left out, exactly.
///
/// Source: Radford et al., arXiv 2103.00020; transformers, models/clip/modeling_clip.py (`CLIPTextTransformer`).
public final class CLIPTextEncoder: TextEncoder {
    private static let family = TextTower.Family(
        causal: true, projection: ("text_projection", hasBias: false),
        isIgnorable: { CLIPTensors.isIgnorable($0, forTower: $1) })

    public let dimensions: Int
    private let configuration: CLIPConfiguration.Text
    private let tower: TextTower
    private let scratch = ScratchPool { () throws(MatrixError) in try TextTower.Scratch() }

    /// Loads the tower from the weights of a whole `CLIPModel`, or of its text side alone.
    ///
    /// - Parameters:
    ///   - projection: The width of an embedding.
    ///   - normalised: Whether embeddings are scaled to unit length; CLIP itself does not.
    /// - Throws: `EncoderLoadingError`.
    public init(
        _ engine: MatrixEngine, _ precision: Precision = .f32, _ configuration: CLIPConfiguration.Text, projection: Int,
        weights: WeightFile, normalised: Bool = false
    ) throws(EncoderLoadingError) {
        self.dimensions = projection
        self.configuration = configuration
        self.tower = try loading {
            try TextTower(
                engine, precision, Self.family, configuration.transformer, vocabulary: configuration.vocabulary,
                positions: configuration.positions, width: projection, weights: weights, normalised: normalised)
        }
    }

    /// As `TextEncoder` has it. Tokens behind the end of the text cannot change its vector, so they are not computed.
    ///
    /// - Throws: `noEndOfText`, too: without that token a text has no vector.
    public func encode(_ batch: [[Int32]]) throws(EncoderError) -> [[Float]] {
        var texts: [[Int32]] = []
        for (index, tokens) in batch.enumerated() {
            guard !tokens.isEmpty else { throw .emptySequence(index: index) }
            guard let end = endOfText(tokens) else {
                throw .noEndOfText(index: index, token: configuration.endOfText)
            }
            guard tokens.count <= configuration.positions else {
                throw .sequenceTooLong(index: index, tokens: tokens.count, limit: configuration.positions)
            }
            texts.append(Array(tokens[...end]))
        }
        guard !texts.isEmpty else { return [] }
        let tokens = try TokenBatch(texts, vocabulary: configuration.vocabulary, limit: configuration.positions)
        return try scratch.withScratch { scratch throws(MatrixError) in try tower.encode(tokens, scratch) }
    }

    /// The first place of the end-of-text token, or of the largest id where the configuration is an old one.
    private func endOfText(_ tokens: [Int32]) -> Int? {
        let token = configuration.endOfText == 2 ? tokens.max() : Int32(exactly: configuration.endOfText)
        return token.flatMap { tokens.firstIndex(of: $0) }
    }
}
