internal import Files
public import MatrixKernels

/// What sentence-transformers puts behind a transformer, from `modules.json` and the modules' own files.
public struct SentenceConfiguration: Equatable, Sendable {
    /// How the states of the tokens become one vector.
    public enum Pooling: String, Equatable, Sendable {
        case cls, mean, max
    }

    /// A linear layer behind the pooling.
    public struct Dense: Equatable, Sendable {
        public var inputs: Int
        public var outputs: Int
        public var hasBias: Bool
        public var activation: Activation
        /// The file of the layer's weights.
        public var weights: String
        /// What the layer is called there.
        public var name: String

        /// Whether a tensor of `file` is this layer's.
        func holds(_ tensor: String, of file: WeightFile) -> Bool {
            weights == file.path && tensor.hasPrefix(name + ".")
        }
    }

    public var transformer: BERTConfiguration
    /// One or several, concatenated.
    public var pooling: [Pooling]
    public var dense: [Dense]
    /// Whether the embedding is scaled to unit length.
    public var normalised: Bool

    /// The width of an embedding.
    public var dimensions: Int { dense.last?.outputs ?? transformer.transformer.hidden * pooling.count }
}

extension SentenceConfiguration.Pooling {
    /// The modes of a `Pooling` module: a list or a name in new files, one flag for each in old ones.
    static func modes(_ file: ConfigurationFile) throws(ModelLayoutError) -> [Self] {
        var names: [String] = []
        if file.has("pooling_mode") {
            names = try file.strings("pooling_mode")
        } else {
            let flags = [
                ("pooling_mode_cls_token", "cls"), ("pooling_mode_max_tokens", "max"),
                ("pooling_mode_mean_tokens", "mean"), ("pooling_mode_mean_sqrt_len_tokens", "mean_sqrt_len_tokens"),
                ("pooling_mode_weightedmean_tokens", "weightedmean"), ("pooling_mode_lasttoken", "lasttoken"),
            ]
            for (field, name) in flags where try file.bool(field, default: false) { names.append(name) }
        }
        guard !names.isEmpty else { throw file.invalid("pooling_mode") }
        var modes: [Self] = []
        for name in names {
            guard let mode = Self(rawValue: name) else { throw file.unsupported("pooling_mode", name) }
            modes.append(mode)
        }
        return modes
    }
}

extension SentenceConfiguration.Dense {
    /// - Parameter folder: The module's folder, with `config.json` and the weights.
    init(folder: String) throws(ModelLayoutError) {
        let file = try ConfigurationFile(path: Path.join(folder, "config.json"))
        self.inputs = try file.int("in_features", in: 1...65_536)
        self.outputs = try file.int("out_features", in: 1...65_536)
        self.hasBias = try file.bool("bias", default: true)
        let name = try file.string("activation_function", default: "Tanh")
        switch name.split(separator: ".").last {
        case "Identity": self.activation = .none
        case "Tanh": self.activation = .tanh
        case "ReLU": self.activation = .relu
        case "GELU": self.activation = .gelu
        default: throw file.unsupported("activation_function", name)
        }
        self.weights = try ModelLayout.weights(in: folder)
        self.name = "linear"
    }
}
