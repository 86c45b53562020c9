/// What the tensors of one transformer layer are called.
struct LayerNames {
    let query, key, value, attentionOutput: String
    /// The normalisation that belongs to the attention, and the one that belongs to the feed-forward part.
    let attentionNorm, outputNorm: String
    let up, down: String

    static func clip(_ tower: String) -> (Int) -> LayerNames {
        { layer in
            let prefix = "\(tower).encoder.layers.\(layer)."
            return LayerNames(
                query: prefix + "self_attn.q_proj", key: prefix + "self_attn.k_proj",
                value: prefix + "self_attn.v_proj", attentionOutput: prefix + "self_attn.out_proj",
                attentionNorm: prefix + "layer_norm1", outputNorm: prefix + "layer_norm2",
                up: prefix + "mlp.fc1", down: prefix + "mlp.fc2")
        }
    }

    static func bert(_ layer: Int) -> LayerNames {
        let prefix = "encoder.layer.\(layer)."
        return LayerNames(
            query: prefix + "attention.self.query", key: prefix + "attention.self.key",
            value: prefix + "attention.self.value", attentionOutput: prefix + "attention.output.dense",
            attentionNorm: prefix + "attention.output.LayerNorm", outputNorm: prefix + "output.LayerNorm",
            up: prefix + "intermediate.dense", down: prefix + "output.dense")
    }

    static func distilBERT(_ layer: Int) -> LayerNames {
        let prefix = "transformer.layer.\(layer)."
        return LayerNames(
            query: prefix + "attention.q_lin", key: prefix + "attention.k_lin", value: prefix + "attention.v_lin",
            attentionOutput: prefix + "attention.out_lin", attentionNorm: prefix + "sa_layer_norm",
            outputNorm: prefix + "output_layer_norm", up: prefix + "ffn.lin1", down: prefix + "ffn.lin2")
    }
}
