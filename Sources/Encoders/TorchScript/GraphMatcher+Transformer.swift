internal import MatrixKernels

extension GraphMatcher {
    /// One layer, with what its tensors are called in our encoders left open.
    struct Layer {
        let attention: AttentionPart
        let attentionOutput, up, down: Projection
        let attentionNorm, outputNorm: Norm
        let activation: Activation
    }

    /// A feed-forward part, from the sum of its output and what passes by it.
    private struct FeedForward {
        let up, down: Projection
        let activation: Activation
        let bypass: GraphValue
    }

    /// The layers that end in `states`, first to last, each normalised after its residuals, as in BERT; and what goes into
    /// the first.
    func layersNormalisedAfter(_ states: GraphValue) throws(WeightsError) -> (layers: [Layer], input: GraphValue) {
        var states = states, layers: [Layer] = []
        while let outputNorm = try norm(states), let forward = try feedForward(outputNorm.input) {
            let middle = forward.bypass
            guard forward.up.input == middle else { throw unmapped(forward.up.input, expected: "a residual") }
            guard let attentionNorm = try norm(middle) else { throw unmapped(middle, expected: "torch.layer_norm") }
            let (output, bypass) = try residual(attentionNorm.input)
            let attention = try attention(output.input)
            guard attention.query.input == bypass else { throw unmapped(attention.query.input, expected: "a residual") }
            layers.append(
                Layer(
                    attention: attention, attentionOutput: output, up: forward.up, down: forward.down,
                    attentionNorm: attentionNorm, outputNorm: outputNorm, activation: forward.activation))
            states = bypass
        }
        return (layers.reversed(), states)
    }

    /// The same for layers that are normalised before their parts, as in CLIP.
    func layersNormalisedBefore(_ states: GraphValue) throws(WeightsError) -> (layers: [Layer], input: GraphValue) {
        var states = states, layers: [Layer] = []
        while let forward = try feedForward(states) {
            guard let outputNorm = try norm(forward.up.input), outputNorm.input == forward.bypass else {
                throw unmapped(forward.up.input, expected: "torch.layer_norm")
            }
            let (output, bypass) = try residual(forward.bypass)
            let attention = try attention(output.input)
            guard let attentionNorm = try norm(attention.query.input), attentionNorm.input == bypass else {
                throw unmapped(attention.query.input, expected: "torch.layer_norm")
            }
            layers.append(
                Layer(
                    attention: attention, attentionOutput: output, up: forward.up, down: forward.down,
                    attentionNorm: attentionNorm, outputNorm: outputNorm, activation: forward.activation))
            states = bypass
        }
        return (layers.reversed(), states)
    }

    /// The sum of a linear layer's output and what passes by it.
    private func residual(_ value: GraphValue) throws(WeightsError) -> (output: Projection, bypass: GraphValue) {
        if let (left, right) = sum(value) {
            if let output = try linear(left) { return (output, right) }
            if let output = try linear(right) { return (output, left) }
        }
        throw unmapped(value, expected: "torch.add of a linear layer and a residual")
    }

    /// nil where there is no residual, as at the embeddings.
    private func feedForward(_ value: GraphValue) throws(WeightsError) -> FeedForward? {
        guard let (left, right) = sum(value) else { return nil }
        for (output, bypass) in [(left, right), (right, left)] {
            guard let down = try linear(output) else { continue }
            guard let (kind, input) = try activation(down.input) else {
                throw unmapped(down.input, expected: "an activation")
            }
            guard let up = try linear(input) else { throw unmapped(input, expected: "torch.linear") }
            return FeedForward(up: up, down: down, activation: kind, bypass: bypass)
        }
        return nil
    }

    // MARK: - Embeddings

    /// The tables that token states begin with.
    struct Embeddings {
        var words: TorchTensor
        /// From the row of the first token.
        var positions: TorchTensor
        var types: TorchTensor?
    }

    /// - Parameter value: The sum of the vectors of words, positions and perhaps types.
    func embeddings(_ value: GraphValue) throws(WeightsError) -> Embeddings {
        var words: TorchTensor?, positions: TorchTensor?, types: TorchTensor?
        var pending = [value]
        while let term = pending.popLast() {
            if let (left, right) = sum(term) {
                pending += [right, left]
                continue
            }
            guard let lookup = arguments(term, of: "torch.embedding"), lookup.count >= 2,
                case .tensor(var table) = lookup[0], table.shape.count == 2, table.strides.count == 2
            else { throw unmapped(term, expected: "torch.embedding") }
            let ids = lookup[1]
            if words == nil, input(stripped(ids, of: ["torch.view", "torch.to"])) == 0 {
                words = table
            } else if types == nil, try areZero(ids) {
                types = table
            } else if positions == nil, let first = try firstPosition(ids), first >= 0, first < table.shape[0] {
                let (skipped, overflow) = first.multipliedReportingOverflow(by: table.strides[0])
                let (offset, tooFar) = table.offset.addingReportingOverflow(skipped)
                guard !overflow, !tooFar else { throw unmapped(ids, expected: "positions") }
                table.offset = offset
                table.shape[0] -= first
                positions = table
            } else {
                throw unmapped(ids, expected: "ids of words, positions or types")
            }
        }
        guard let words else { throw unmapped(value, expected: "torch.embedding of words") }
        guard let positions else { throw unmapped(value, expected: "torch.embedding of positions") }
        return Embeddings(words: words, positions: positions, types: types)
    }

    private static let shaping: Set = [
        "torch.slice", "torch.expand", "torch.expand_as", "torch.to", "torch.unsqueeze", "torch.view", "torch.gather",
    ]

    /// Whether ids are those of a single text's type: the third input, or zeros.
    private func areZero(_ ids: GraphValue) throws(WeightsError) -> Bool {
        let ids = stripped(ids, of: Self.shaping)
        if input(ids) == 2 || arguments(ids, of: "torch.zeros", "torch.zeros_like") != nil { return true }
        guard case .tensor(let table) = ids, table.shape.count <= 2 else { return false }
        return try archive.numbers(table).allSatisfy { $0 == 0 }
    }

    /// The row of the first token, if ids count on from it: the fourth input, a stored range, or RoBERTa's positions,
    /// which count the tokens that are no padding.
    private func firstPosition(_ ids: GraphValue) throws(WeightsError) -> Int? {
        let ids = stripped(ids, of: Self.shaping)
        if input(ids) == 3 || arguments(ids, of: "torch.arange")?.count == 1 { return 0 }
        if case .tensor(let range) = ids {
            let numbers = try archive.numbers(range)
            guard let first = numbers.first, range.shape.count <= 2, abs(first) < 1e6 else { return nil }
            return numbers.enumerated().allSatisfy { $1 == first + Double($0) } ? Int(first) : nil
        }
        guard let (counted, padding) = sum(ids), let first = try scalar(padding), abs(first) < 1e6,
            let product = arguments(stripped(counted, of: ["torch.to"]), of: "torch.mul"), product.count == 2,
            let notPadding = arguments(stripped(product[1], of: ["torch.to"]), of: "torch.ne"), notPadding.count == 2,
            input(notPadding[0]) == 0, try isScalar(notPadding[1], first)
        else { return nil }
        var count = product[0]
        if let (left, right) = sum(count) {
            guard try scalar(right) == 0 else { return nil }
            count = left
        }
        guard let sums = arguments(count, of: "torch.cumsum"), sums.count >= 2, sums[0] == product[1],
            integer(sums[1]) == 1
        else { return nil }
        return Int(first) + 1
    }
}
