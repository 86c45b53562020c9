/// `image/config.json` of the compact model: EfficientNet-Lite0 and a head that speaks the text encoder's language.
public struct CompactConfiguration: Equatable, Sendable {
    /// An inverted residual: 1×1 to `inputs · expansion` channels, a depthwise `kernel`×`kernel`, and 1×1 to `outputs`.
    public struct Block: Equatable, Sendable {
        public var kernel: Int
        public var stride: Int
        public var expansion: Int
        public var inputs: Int
        public var outputs: Int
        public var residual: Bool
    }

    /// A feature vector that the head takes.
    public enum Feature: Equatable, Sendable {
        /// The mean of the last convolution's output.
        case pooled
        /// The mean of a block's output.
        case block(Int)
    }

    public var inputSize: Int
    public var stemStride: Int
    public var stemKernel: Int
    public var stemOutputs: Int
    public var blocks: [Block]
    public var headOutputs: Int
    public var classes: Int
    public var temperature: Float
    public var confidenceWeight: Float
    public var features: [Feature]
    public var featureWidths: [Int]
    public var projectionLayers: Int
    public var dimensions: Int

    /// The `model_type` that says so.
    static let modelType = "efficientnet_lite0_projection"

    init(_ file: ConfigurationFile) throws(ModelLayoutError) {
        try file.require("model_type", Self.modelType)
        guard try file.int("format_version") == 1 else { throw file.unsupported("format_version", "not 1") }
        try file.require("padding", "same_upper")
        try file.require("activation", "relu6")
        try file.require("batch_norm", "folded")
        guard try file.bool("normalized") else { throw file.unsupported("normalized", "false") }
        let width = 1...65_536
        self.dimensions = try file.int("embedding_dimension", in: width)
        guard let preprocess = file.section("preprocess"), let stem = file.section("stem"),
            let last = file.section("head_conv"), let head = file.section("head"),
            let prior = head.section("class_prior"), let projection = head.section("projection")
        else { throw file.invalid("preprocess, stem, head_conv, head") }
        self.inputSize = try preprocess.int("input_size", in: 8...4096)
        self.stemKernel = try stem.int("kernel", in: 1...15)
        self.stemStride = try stem.int("stride", in: 1...8)
        self.stemOutputs = try stem.int("out_channels", in: width)
        guard try stem.int("in_channels") == 3 else { throw stem.invalid("in_channels") }

        var channels = stemOutputs
        self.blocks = []
        for part in try file.sections("blocks") {
            let block = try Block(part)
            guard block.inputs == channels else { throw part.invalid("in_channels") }
            guard !block.residual || (block.inputs == block.outputs && block.stride == 1) else {
                throw part.invalid("residual")
            }
            blocks.append(block)
            channels = block.outputs
        }
        guard !blocks.isEmpty, blocks.count <= 256 else { throw file.invalid("blocks") }
        guard try last.int("in_channels") == channels, try last.int("kernel") == 1, try last.int("stride") == 1 else {
            throw last.invalid("in_channels")
        }
        self.headOutputs = try last.int("out_channels", in: width)
        try prior.require("input", "pooled")
        self.classes = try prior.int("classes", in: width)
        self.temperature = Float(try prior.double("temperature"))
        guard temperature > 0 else { throw prior.invalid("temperature") }
        self.confidenceWeight = Float(try prior.double("confidence_weight"))
        self.projectionLayers = try projection.int("layers", in: 1...1)
        self.features = []
        self.featureWidths = []
        for name in try projection.strings("inputs") {
            if name == "pooled" {
                features.append(.pooled)
                featureWidths.append(headOutputs)
            } else if let index = Self.block(name), blocks.indices.contains(index) {
                features.append(.block(index))
                featureWidths.append(blocks[index].outputs)
            } else {
                throw projection.unsupported("inputs", name)
            }
        }
        guard !features.isEmpty else { throw projection.invalid("inputs") }
    }

    /// N of `block_N_mean`.
    private static func block(_ name: String) -> Int? {
        let parts = name.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "block", parts[2] == "mean" else { return nil }
        return Int(parts[1])
    }
}

extension CompactConfiguration.Block {
    init(_ file: ConfigurationFile) throws(ModelLayoutError) {
        self.kernel = try file.int("kernel", in: 1...15)
        self.stride = try file.int("stride", in: 1...8)
        self.expansion = try file.int("expansion", in: 1...64)
        self.inputs = try file.int("in_channels", in: 1...65_536)
        self.outputs = try file.int("out_channels", in: 1...65_536)
        self.residual = try file.bool("residual")
    }
}
