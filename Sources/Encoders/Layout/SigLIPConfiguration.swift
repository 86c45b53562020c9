internal import MatrixKernels

/// `config.json` of a Hugging Face `SiglipModel`, with that library's defaults. SigLIP 2 of fixed resolution is the same
/// model with another vocabulary.
///
/// Source: transformers, models/siglip/configuration_siglip.py.
public struct SigLIPConfiguration: Equatable, Sendable {
    /// The text tower: `text_config`.
    public struct Text: Equatable, Sendable {
        public var transformer: TransformerConfiguration
        public var vocabulary: Int
        /// The length of every sequence: shorter ones are filled up with `padding`, which the model sees as it sees words.
        public var positions: Int
        /// The token that fills up.
        public var padding: Int32
        /// The width of an embedding.
        public var projection: Int
    }

    /// The vision tower: `vision_config`. Sizes are in pixels, pictures and patches square.
    public struct Vision: Equatable, Sendable {
        public var transformer: TransformerConfiguration
        public var imageSize: Int
        public var patchSize: Int

        /// The patches of an image.
        public var patches: Int { (imageSize / patchSize) * (imageSize / patchSize) }
    }

    public var text: Text
    public var vision: Vision

    /// - Parameter padding: The padding token by the tokenizer's own files, which count where both speak.
    init(_ file: ConfigurationFile, padding: Int32?) throws(ModelLayoutError) {
        guard let text = file.section("text_config") else { throw file.invalid("text_config") }
        guard let vision = file.section("vision_config") else { throw file.invalid("vision_config") }
        let defaults = TransformerConfiguration(
            hidden: 768, intermediate: 3072, layers: 12, heads: 12, epsilon: 1e-6, activation: .geluTanh)
        let activation = "gelu_pytorch_tanh"
        let textTransformer = try TransformerConfiguration(text, defaults: defaults, defaultActivation: activation)
        let vocabulary = try text.int("vocab_size", default: 32_000, in: 1...10_000_000)
        let configured = try text.int("pad_token_id", default: 1, in: 0...10_000_000)
        let token = padding.map(Int.init) ?? configured
        guard token < vocabulary, let token = Int32(exactly: token) else { throw text.invalid("pad_token_id") }
        self.text = Text(
            transformer: textTransformer, vocabulary: vocabulary,
            positions: try text.int("max_position_embeddings", default: 64, in: 1...65_536), padding: token,
            projection: try text.int("projection_size", default: textTransformer.hidden, in: 1...65_536))
        self.vision = Vision(
            transformer: try TransformerConfiguration(vision, defaults: defaults, defaultActivation: activation),
            imageSize: try vision.int("image_size", default: 224, in: 1...4096),
            patchSize: try vision.int("patch_size", default: 16, in: 1...4096))
        _ = try vision.int("num_channels", default: 3, in: 3...3)
        guard self.vision.patchSize <= self.vision.imageSize else { throw vision.invalid("patch_size") }
        guard try vision.bool("vision_use_head", default: true) else {
            throw vision.unsupported("vision_use_head", "false")
        }
        // Pictures are projected to the width of their own tower.
        guard self.text.projection == self.vision.transformer.hidden else { throw text.invalid("projection_size") }
    }
}
