internal import MatrixKernels

extension GraphMatcher {
    /// What stands behind a transformer, from the last step to the first.
    struct Head {
        var states: GraphValue
        var pooling: [SentenceConfiguration.Pooling]
        var dense: [(layer: Projection, activation: Activation)]
        var normalised: Bool
    }

    /// - Parameter value: The model's result; of several, the first counts, as in Elasticsearch.
    func result(_ value: GraphValue) -> GraphValue {
        arguments(value, of: ScriptGraph.list)?.first ?? value
    }

    /// The steps between the transformer's states and the model's result.
    func head(_ result: GraphValue) throws(WeightsError) -> Head {
        var value = result, dense: [(layer: Projection, activation: Activation)] = []
        let scaled = try unnormalised(value), normalised = scaled != nil
        value = scaled ?? value
        while true {
            if let layer = try linear(value) {
                dense.insert((layer, .none), at: 0)
            } else if let (kind, input) = try activation(value), let layer = try linear(input) {
                dense.insert((layer, kind), at: 0)
            } else {
                break
            }
            value = dense[0].layer.input
        }
        let (pooling, states) = try pooled(value)
        return Head(states: states, pooling: pooling, dense: dense, normalised: normalised)
    }

    /// What is scaled to unit length, if `value` is the result of that.
    func unnormalised(_ value: GraphValue) throws(WeightsError) -> GraphValue? {
        guard let quotient = arguments(value, of: "torch.div"), quotient.count == 2 else { return nil }
        let length = try unclamped(quotient[1])
        if let norm = arguments(length, of: "torch.frobenius_norm"), norm[0] == quotient[0] { return quotient[0] }
        guard let norm = arguments(length, of: "torch.linalg_vector_norm", "torch.norm"), norm[0] == quotient[0] else {
            return nil
        }
        let isEuclidean = norm.count < 2 ? true : try isScalar(norm[1], 2)
        guard isEuclidean else { throw unmapped(length, expected: "the Euclidean norm") }
        return quotient[0]
    }

    /// A divisor without what keeps it from being zero, and without its spreading over columns.
    private func unclamped(_ value: GraphValue) throws(WeightsError) -> GraphValue {
        var value = value
        while let node = graph[value], let first = node.arguments.first {
            switch node.operation {
            case "torch.expand_as", "torch.expand", "torch.unsqueeze": break
            case "torch.clamp", "torch.clamp_min":
                guard let least = try scalar(node.arguments[safe: 1]), least <= 1e-5,
                    [nil, GraphValue.none].contains(node.arguments[safe: 2]), node.keywords.isEmpty
                else { return value }
            default: return value
            }
            value = first
        }
        return value
    }

    /// The poolings that `value` puts side by side, and the states that they pool.
    private func pooled(_ value: GraphValue) throws(WeightsError) -> ([SentenceConfiguration.Pooling], GraphValue) {
        var parts = [value]
        if let joined = arguments(value, of: "torch.cat"), joined.count == 2, [1, -1].contains(integer(joined[1])),
            let items = arguments(joined[0], of: ScriptGraph.list)
        {
            parts = items
        }
        var pooling: [SentenceConfiguration.Pooling] = [], states: GraphValue?
        for part in parts {
            let (mode, pooled) = try poolingMode(part)
            guard states == nil || states == pooled else { throw unmapped(part, expected: "pooling of the same states") }
            states = pooled
            pooling.append(mode)
        }
        guard let states else { throw unmapped(value, expected: "pooling") }
        return (pooling, states)
    }

    private func poolingMode(_ value: GraphValue) throws(WeightsError) -> (SentenceConfiguration.Pooling, GraphValue) {
        guard let node = graph[value] else { throw unmapped(value, expected: "pooling") }
        let arguments = node.arguments
        switch node.operation {
        case "torch.div" where arguments.count == 2:
            if let states = try meaned(arguments[0], by: arguments[1]) { return (.mean, states) }
        case "torch.mean" where arguments.count >= 2 && integers(arguments[1]) == [1]:
            return (.mean, unpadded(arguments[0]))
        case "torch.select" where integer(arguments[safe: 1]) == 1 && integer(arguments[safe: 2]) == 0:
            return (.cls, arguments[0])
        case "torch.squeeze":
            if integer(arguments[safe: 1]) == 1, let states = firstGathered(arguments[0]) { return (.cls, states) }
        case ScriptGraph.item where integer(arguments[safe: 1]) == 0:
            if let most = self.arguments(arguments[0], of: "torch.max"), integer(most[safe: 1]) == 1 {
                return (.max, unpadded(most[0]))
            }
        case "torch.amax" where integers(arguments[safe: 1]) == [1]:
            return (.max, unpadded(arguments[0]))
        default: break
        }
        throw unmapped(value, expected: "pooling (mean, cls or max)")
    }

    /// sum(states · mask) / sum(mask)
    private func meaned(_ total: GraphValue, by count: GraphValue) throws(WeightsError) -> GraphValue? {
        guard let counted = arguments(try unclamped(count), of: "torch.sum"), isPaddingMask(counted[0]),
            let summed = arguments(total, of: "torch.sum"), integers(summed[safe: 1]) == [1],
            let product = arguments(summed[0], of: "torch.mul"), product.count == 2
        else { return nil }
        if isPaddingMask(product[1]) { return unpadded(product[0]) }
        return isPaddingMask(product[0]) ? unpadded(product[1]) : nil
    }

    /// The state of the first token that is no padding.
    private func firstGathered(_ value: GraphValue) -> GraphValue? {
        guard let gathered = arguments(value, of: "torch.gather"), gathered.count >= 3, integer(gathered[1]) == 1,
            let first = arguments(
                stripped(gathered[2], of: ["torch.expand", "torch.unsqueeze", "torch.to"]), of: "torch.argmax"),
            isPaddingMask(first[0])
        else { return nil }
        return gathered[0]
    }

    /// States without what is put in the place of padding.
    private func unpadded(_ value: GraphValue) -> GraphValue {
        guard let node = graph[value], ["torch.index_put", "torch.masked_fill"].contains(node.operation),
            node.arguments.count >= 3
        else { return value }
        let place = arguments(node.arguments[1], of: ScriptGraph.list)?.first ?? node.arguments[1]
        guard let padding = arguments(place, of: "torch.eq", atLeast: 2), isPaddingMask(padding[0]),
            padding[1] == .integer(0)
        else { return value }
        return node.arguments[0]
    }
}

extension [GraphValue] {
    subscript(safe index: Int) -> GraphValue? { indices.contains(index) ? self[index] : nil }
}
