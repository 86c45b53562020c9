public import MatrixKernels

/// The text tower of SigLIP: a transformer in which every token sees every other, whose state at the last place is projected.
///
/// Texts are filled up to the full length, and nothing hides what they are filled up with: the tower was trained so, and the
/// last place mostly holds padding.
///
/// Source: Zhai et al., arXiv 2303.15343; transformers, models/siglip/modeling_siglip.py (`SiglipTextModel`).
public final class SigLIPTextEncoder: TextEncoder {
    private static let family = TextTower.Family(
        causal: false, projection: ("text_model.head", hasBias: true),
        isIgnorable: { SigLIPTensors.isIgnorable($0, forTower: $1) })

    public let dimensions: Int
    private let configuration: SigLIPConfiguration.Text
    private let tower: TextTower
    private let scratch = ScratchPool { () throws(MatrixError) in try TextTower.Scratch() }

    /// Loads the tower from the weights of a whole `SiglipModel`, or of its text side alone.
    ///
    /// - Throws: `EncoderLoadingError`.
    public init(
        _ engine: MatrixEngine, _ precision: Precision = .f32, _ configuration: SigLIPConfiguration.Text,
        weights: WeightFile
    ) throws(EncoderLoadingError) {
        self.dimensions = configuration.projection
        self.configuration = configuration
        self.tower = try loading {
            try TextTower(
                engine, precision, Self.family, configuration.transformer, vocabulary: configuration.vocabulary,
                positions: configuration.positions, width: configuration.projection, weights: weights, normalised: false)
        }
    }

    /// As `TextEncoder` has it. Texts are filled up to the model's length, which is part of how it was trained.
    public func encode(_ batch: [[Int32]]) throws(EncoderError) -> [[Float]] {
        let length = configuration.positions, padding = configuration.padding
        var texts: [[Int32]] = []
        for (index, tokens) in batch.enumerated() {
            guard !tokens.isEmpty else { throw .emptySequence(index: index) }
            texts.append(tokens + Array(repeating: padding, count: max(0, length - tokens.count)))
        }
        guard !texts.isEmpty else { return [] }
        let tokens = try TokenBatch(texts, vocabulary: configuration.vocabulary, limit: length)
        return try scratch.withScratch { scratch throws(MatrixError) in try tower.encode(tokens, scratch) }
    }
}
