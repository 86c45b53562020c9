public import MatrixKernels

/// The shape of a stack of transformer layers.
public struct TransformerConfiguration: Equatable, Sendable {
    /// The width of a token's state.
    public var hidden: Int
    /// The width inside the feed-forward part.
    public var intermediate: Int
    public var layers: Int
    public var heads: Int
    public var epsilon: Float
    public var activation: Activation

    public init(
        hidden: Int, intermediate: Int, layers: Int, heads: Int, epsilon: Float, activation: Activation
    ) {
        self.hidden = hidden
        self.intermediate = intermediate
        self.layers = layers
        self.heads = heads
        self.epsilon = epsilon
        self.activation = activation
    }

    /// The fields' names differ between families of models.
    struct Fields {
        var hidden = "hidden_size"
        var intermediate = "intermediate_size"
        var layers = "num_hidden_layers"
        var heads = "num_attention_heads"
        var activation = "hidden_act"
    }

    /// - Parameter defaults: What Hugging Face takes for fields that the file leaves out.
    init(
        _ file: ConfigurationFile, fields: Fields = Fields(), defaults: TransformerConfiguration,
        defaultActivation: String
    ) throws(ModelLayoutError) {
        let size = 1...65_536
        self.hidden = try file.int(fields.hidden, default: defaults.hidden, in: size)
        self.intermediate = try file.int(fields.intermediate, default: defaults.intermediate, in: size)
        self.layers = try file.int(fields.layers, default: defaults.layers, in: 1...1024)
        self.heads = try file.int(fields.heads, default: defaults.heads, in: 1...1024)
        self.epsilon = Float(try file.double("layer_norm_eps", default: Double(defaults.epsilon)))
        guard epsilon >= 0 else { throw file.invalid("layer_norm_eps") }
        guard hidden.isMultiple(of: heads) else { throw file.invalid(fields.heads) }
        let name = try file.string(fields.activation, default: defaultActivation)
        switch name {
        case "quick_gelu": self.activation = .quickGELU
        case "gelu": self.activation = .gelu
        case "gelu_new", "gelu_pytorch_tanh", "gelu_fast": self.activation = .geluTanh
        case "relu": self.activation = .relu
        default: throw file.unsupported(fields.activation, name)
        }
    }
}
