internal import MatrixKernels

/// `config.json` of a Hugging Face `CLIPModel`, with that library's defaults.
///
/// Source: transformers, models/clip/configuration_clip.py.
public struct CLIPConfiguration: Equatable, Sendable {
    /// The text tower: `text_config`.
    public struct Text: Equatable, Sendable {
        public var transformer: TransformerConfiguration
        public var vocabulary: Int
        /// The longest sequence of tokens.
        public var positions: Int
        /// The token whose state is the text's; 2 stands for the largest id, as old files mean it.
        public var endOfText: Int
    }

    /// The vision tower: `vision_config`. Sizes are in pixels, pictures and patches square.
    public struct Vision: Equatable, Sendable {
        public var transformer: TransformerConfiguration
        public var imageSize: Int
        public var patchSize: Int
        public var channels: Int

        /// The patches of an image.
        public var patches: Int { (imageSize / patchSize) * (imageSize / patchSize) }
    }

    public var text: Text
    public var vision: Vision
    /// The width of an embedding.
    public var projection: Int

    init(_ file: ConfigurationFile) throws(ModelLayoutError) {
        self.projection = try file.int("projection_dim", default: 512, in: 1...65_536)
        guard let text = file.section("text_config") else { throw file.invalid("text_config") }
        guard let vision = file.section("vision_config") else { throw file.invalid("vision_config") }
        self.text = Text(
            transformer: try TransformerConfiguration(
                text,
                defaults: TransformerConfiguration(
                    hidden: 512, intermediate: 2048, layers: 12, heads: 8, epsilon: 1e-5, activation: .quickGELU),
                defaultActivation: "quick_gelu"),
            vocabulary: try text.int("vocab_size", default: 49_408, in: 1...10_000_000),
            positions: try text.int("max_position_embeddings", default: 77, in: 1...65_536),
            endOfText: try text.int("eos_token_id", default: 49_407, in: 0...10_000_000))
        self.vision = Vision(
            transformer: try TransformerConfiguration(
                vision,
                defaults: TransformerConfiguration(
                    hidden: 768, intermediate: 3072, layers: 12, heads: 12, epsilon: 1e-5, activation: .quickGELU),
                defaultActivation: "quick_gelu"),
            imageSize: try vision.int("image_size", default: 224, in: 1...4096),
            patchSize: try vision.int("patch_size", default: 32, in: 1...4096),
            channels: try vision.int("num_channels", default: 3, in: 3...3))
        guard self.vision.patchSize <= self.vision.imageSize else { throw vision.invalid("patch_size") }
    }
}
