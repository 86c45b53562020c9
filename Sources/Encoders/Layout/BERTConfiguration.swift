internal import MatrixKernels

/// `config.json` of a Hugging Face `BertModel` or `DistilBertModel`, with that library's defaults.
///
/// Source: transformers, models/bert/configuration_bert.py and models/distilbert/configuration_distilbert.py.
public struct BERTConfiguration: Equatable, Sendable {
    /// `model_type`: they name their weights differently.
    public enum Family: String, Equatable, Sendable {
        case bert, distilbert
    }

    public var family: Family
    public var transformer: TransformerConfiguration
    public var vocabulary: Int
    public var positions: Int
    /// Token types, of which only type 0 occurs in a single text; 0 for families without them.
    public var types: Int

    init(
        family: Family, transformer: TransformerConfiguration, vocabulary: Int, positions: Int, types: Int
    ) {
        self.family = family
        self.transformer = transformer
        self.vocabulary = vocabulary
        self.positions = positions
        self.types = types
    }

    init(_ file: ConfigurationFile) throws(ModelLayoutError) {
        let name = try file.string("model_type")
        guard let family = Family(rawValue: name) else { throw file.unsupported("model_type", name) }
        self.family = family
        let base = TransformerConfiguration(
            hidden: 768, intermediate: 3072, layers: family == .bert ? 12 : 6, heads: 12, epsilon: 1e-12,
            activation: .gelu)
        let fields =
            switch family {
            case .bert: TransformerConfiguration.Fields()
            case .distilbert:
                TransformerConfiguration.Fields(
                    hidden: "dim", intermediate: "hidden_dim", layers: "n_layers", heads: "n_heads",
                    activation: "activation")
            }
        self.transformer = try TransformerConfiguration(
            file, fields: fields, defaults: base, defaultActivation: "gelu")
        self.vocabulary = try file.int("vocab_size", default: 30_522, in: 1...10_000_000)
        self.positions = try file.int("max_position_embeddings", default: 512, in: 1...65_536)
        self.types = family == .bert ? try file.int("type_vocab_size", default: 2, in: 1...65_536) : 0
        let kind = try file.string("position_embedding_type", default: "absolute")
        guard kind == "absolute" else { throw file.unsupported("position_embedding_type", kind) }
    }
}
