internal import MatrixKernels

extension GraphMatcher {
    /// The model that computes `value`, whose tensors are added to `parts`.
    func model(_ value: GraphValue, _ parts: inout ModelParts) throws(WeightsError) -> ModelLayout.TextSide.Kind {
        let value = result(value)
        if let text = try clipText(value, &parts) { return text }
        return .sentence(try sentence(value, &parts))
    }

    /// BERT, DistilBERT or RoBERTa with what sentence-transformers puts behind it. All of them are BERT to the encoder: one
    /// lacks the tokens' types, another counts its positions from elsewhere.
    private func sentence(
        _ value: GraphValue, _ parts: inout ModelParts
    ) throws(WeightsError) -> SentenceConfiguration {
        let head = try head(value), (layers, input) = try layersNormalisedAfter(head.states)
        guard let norm = try norm(input) else { throw unmapped(input, expected: "torch.layer_norm") }
        let tables = try embeddings(norm.input)
        guard let first = layers.first else { throw unmapped(norm.input, expected: "a layer of attention") }
        guard !layers.contains(where: \.attention.isCausal) else {
            throw unmapped(head.states, expected: "attention to all tokens")
        }
        parts.add("embeddings.word_embeddings.weight", tables.words)
        parts.add("embeddings.position_embeddings.weight", tables.positions)
        parts.add("embeddings.token_type_embeddings.weight", tables.types)
        parts.add("embeddings.LayerNorm", norm)
        for (index, layer) in layers.enumerated() { parts.add(layer, LayerNames.bert(index)) }
        let shape = try transformer(layers, first, norms: [norm], hidden: tables.words.shape[1])
        let bert = BERTConfiguration(
            family: .bert, transformer: shape, vocabulary: tables.words.shape[0], positions: tables.positions.shape[0],
            types: tables.types?.shape[0] ?? 0)
        var dense: [SentenceConfiguration.Dense] = [], width = shape.hidden * head.pooling.count
        for (index, (layer, activation)) in head.dense.enumerated() {
            guard layer.weight.shape[1] == width else {
                throw archive.failure(
                    .unmapped(operation: "torch.linear", expected: "a linear layer of \(width) inputs"))
            }
            width = layer.weight.shape[0]
            parts.add("dense.\(index)", layer)
            dense.append(
                SentenceConfiguration.Dense(
                    inputs: layer.weight.shape[1], outputs: layer.weight.shape[0], hasBias: layer.bias != nil,
                    activation: activation, weights: parts.file, name: "dense.\(index)"))
        }
        return SentenceConfiguration(
            transformer: bert, pooling: head.pooling, dense: dense, normalised: head.normalised)
    }

    /// The shape that all layers share.
    private func transformer(
        _ layers: [Layer], _ first: Layer, norms: [Norm], hidden: Int
    ) throws(WeightsError) -> TransformerConfiguration {
        let epsilon = first.outputNorm.epsilon
        for layer in layers {
            guard layer.attention.heads == first.attention.heads, layer.activation == first.activation else {
                throw unmapped(layer.outputNorm.input, expected: "layers of the same shape")
            }
        }
        for norm in norms + layers.flatMap({ [$0.attentionNorm, $0.outputNorm] }) where norm.epsilon != epsilon {
            throw unmapped(norm.input, expected: "the same epsilon in every torch.layer_norm")
        }
        guard hidden > 0, hidden.isMultiple(of: first.attention.heads), first.up.weight.shape[0] > 0,
            layers.count <= 1024, epsilon >= 0, epsilon.isFinite
        else { throw unmapped(first.outputNorm.input, expected: "layers of the same shape") }
        return TransformerConfiguration(
            hidden: hidden, intermediate: first.up.weight.shape[0], layers: layers.count, heads: first.attention.heads,
            epsilon: Float(epsilon), activation: first.activation)
    }

    // MARK: - CLIP

    /// CLIP's text tower; nil if `value` is not the state of one token.
    private func clipText(
        _ value: GraphValue, _ parts: inout ModelParts
    ) throws(WeightsError) -> ModelLayout.TextSide.Kind? {
        let scaled = try unnormalised(value)
        guard let projection = try linear(scaled ?? value), projection.bias == nil,
            let (states, endOfText) = try picked(projection.input), let last = try norm(states)
        else { return nil }
        let (layers, input) = try layersNormalisedBefore(last.input)
        let tables = try embeddings(input)
        guard let first = layers.first else { throw unmapped(last.input, expected: "a layer of attention") }
        guard layers.allSatisfy(\.attention.isCausal) else {
            throw unmapped(states, expected: "attention to earlier tokens")
        }
        guard tables.types == nil else { throw unmapped(input, expected: "torch.embedding of words and positions") }
        let prefix = "text_model", names = LayerNames.clip(prefix)
        parts.add("\(prefix).embeddings.token_embedding.weight", tables.words)
        parts.add("\(prefix).embeddings.position_embedding.weight", tables.positions)
        parts.add("\(prefix).final_layer_norm", last)
        parts.add("text_projection", projection)
        for (index, layer) in layers.enumerated() { parts.add(layer, names(index)) }
        let text = CLIPConfiguration.Text(
            transformer: try transformer(layers, first, norms: [last], hidden: tables.words.shape[1]),
            vocabulary: tables.words.shape[0], positions: tables.positions.shape[0], endOfText: endOfText)
        return .clip(text, projection: projection.weight.shape[0], normalised: scaled != nil)
    }

    /// states[arange, argmax(ids == end)] or, as old configurations mean it, states[arange, argmax(ids)].
    private func picked(_ value: GraphValue) throws(WeightsError) -> (states: GraphValue, endOfText: Int)? {
        guard let index = arguments(value, of: "torch.index", atLeast: 2),
            let places = arguments(index[1], of: ScriptGraph.list), places.count == 2,
            arguments(places[0], of: "torch.arange") != nil
        else { return nil }
        let shaping: Set = ["torch.to", "torch.view"]
        guard let found = arguments(places[1], of: "torch.argmax"), integer(found[safe: 1]) == -1 else {
            throw unmapped(places[1], expected: "torch.argmax of the end of text")
        }
        let ids = stripped(found[0], of: shaping)
        if input(ids) == 0 { return (index[0], 2) }
        guard let comparison = arguments(ids, of: "torch.eq", atLeast: 2),
            input(stripped(comparison[0], of: shaping)) == 0, let end = try scalar(comparison[1]), end >= 0, end < 1e7
        else { throw unmapped(found[0], expected: "the ids, or where they are the end of text") }
        return (index[0], Int(end))
    }
}
