extension GraphMatcher {
    /// Attention between the heads' vectors, before its output layer.
    struct AttentionPart {
        let query, key, value: Projection
        let heads: Int
        let isCausal: Bool
    }

    /// Queries, keys or values as they go into the products: what `scale` times a linear layer's output, by heads.
    private struct Heads {
        let projection: Projection
        let heads: Int
        let size: Int
        let scale: Double
    }

    /// - Parameter value: The heads' results side by side, `[batch, tokens, hidden]`.
    func attention(_ value: GraphValue) throws(WeightsError) -> AttentionPart {
        let joined = stripped(value, of: ["torch.view", "torch.reshape", "torch.flatten"])
        guard joined != value, let results = swapped(joined) else { throw unmapped(joined, expected: "attention") }
        guard let node = graph[results] else { throw unmapped(results, expected: "attention") }
        switch node.operation {
        case "torch.scaled_dot_product_attention": return try fused(node, results)
        case "torch.matmul": return try written(node, results)
        default: throw unmapped(results, expected: "attention")
        }
    }

    /// `[batch, tokens, heads, size]` and `[batch, heads, tokens, size]`, one from the other.
    private func swapped(_ value: GraphValue) -> GraphValue? {
        if let arguments = arguments(value, of: "torch.transpose"), arguments.count == 3,
            [[1, 2], [2, 1]].contains([integer(arguments[1]), integer(arguments[2])])
        {
            return arguments[0]
        }
        if let arguments = arguments(value, of: "torch.permute"), arguments.count == 2,
            integers(arguments[1]) == [0, 2, 1, 3]
        {
            return arguments[0]
        }
        return nil
    }

    private func fused(_ node: ScriptGraph.Node, _ value: GraphValue) throws(WeightsError) -> AttentionPart {
        let arguments = node.arguments, names = ["attn_mask", "dropout_p", "is_causal", "scale", "enable_gqa"]
        guard arguments.count >= 3 else { throw unmapped(value, expected: "attention") }
        var options = node.keywords
        for (name, argument) in zip(names, arguments.dropFirst(3)) { options[name] = argument }
        guard options["enable_gqa"] ?? .bool(false) == .bool(false), try isZero(options["dropout_p"]) else {
            throw unmapped(value, expected: "attention without dropout")
        }
        let hidesLater = try options["attn_mask"].map(isCausal) ?? false
        return try part(
            arguments[0], arguments[1], arguments[2], scale: try scalar(options["scale"]),
            isCausal: hidesLater || options["is_causal"] == .bool(true), value)
    }

    private func isZero(_ value: GraphValue?) throws(WeightsError) -> Bool {
        guard let value else { return true }
        return try scalar(value) == 0
    }

    /// softmax(query · keyᵀ · scale + mask) · value
    private func written(_ node: ScriptGraph.Node, _ value: GraphValue) throws(WeightsError) -> AttentionPart {
        guard node.arguments.count == 2, let softmax = arguments(node.arguments[0], of: "torch.softmax"),
            softmax.count >= 2, integer(softmax[1]) == -1 || integer(softmax[1]) == 3
        else { throw unmapped(node.arguments.first ?? value, expected: "torch.softmax") }
        var scores = softmax[0], isCausal = false, scale = 1.0
        while let current = graph[scores], let first = current.arguments.first {
            let second = current.arguments.dropFirst().first ?? .none
            if current.operation == "torch.masked_fill" || current.operation == "torch.add" && current.keywords.isEmpty {
                if try self.isCausal(second) { isCausal = true }
            } else if current.operation == "torch.div", let divisor = try scalar(second) {
                scale /= divisor
            } else if current.operation == "torch.mul", let factor = try scalar(second) {
                scale *= factor
            } else {
                break
            }
            scores = first
        }
        guard let product = arguments(scores, of: "torch.matmul"), product.count == 2,
            let turned = arguments(product[1], of: "torch.transpose"), turned.count == 3,
            [[-1, -2], [-2, -1], [2, 3], [3, 2]].contains([integer(turned[1]), integer(turned[2])])
        else { throw unmapped(scores, expected: "torch.matmul of queries and keys") }
        return try part(product[0], turned[0], node.arguments[1], scale: scale, isCausal: isCausal, value)
    }

    /// - Parameter scale: Of the products; nil for the usual one.
    private func part(
        _ query: GraphValue, _ key: GraphValue, _ value: GraphValue, scale: Double?, isCausal: Bool, _ whole: GraphValue
    ) throws(WeightsError) -> AttentionPart {
        let query = try heads(query), key = try heads(key), value = try heads(value)
        guard query.heads == key.heads, key.heads == value.heads, value.scale == 1,
            query.projection.input == key.projection.input, key.projection.input == value.projection.input
        else { throw unmapped(whole, expected: "self-attention") }
        let usual = 1 / Double(query.size).squareRoot(), found = (scale ?? usual) * query.scale * key.scale
        guard abs(found - usual) <= 1e-5 * usual else { throw unmapped(whole, expected: "attention scaled by 1/√size") }
        return AttentionPart(
            query: query.projection, key: key.projection, value: value.projection, heads: query.heads,
            isCausal: isCausal)
    }

    private func heads(_ value: GraphValue) throws(WeightsError) -> Heads {
        var value = value, scale = 1.0
        /// Scaling may come before the heads are split or after.
        func unscaled() throws(WeightsError) {
            while let node = graph[value], node.arguments.count == 2, let factor = try scalar(node.arguments[1]) {
                if node.operation == "torch.div" { scale /= factor }
                else if node.operation == "torch.mul" { scale *= factor }
                else { return }
                value = node.arguments[0]
            }
        }
        try unscaled()
        guard let split = swapped(value), let view = arguments(split, of: "torch.view", "torch.reshape"),
            view.count == 2, let shape = integers(view[1]), shape.count == 4
        else { throw unmapped(value, expected: "torch.transpose of heads") }
        value = view[0]
        try unscaled()
        guard let projection = try linear(value) else { throw unmapped(value, expected: "torch.linear") }
        let width = projection.weight.shape[0]
        let heads = shape[2].flatMap { $0 > 0 ? $0 : nil } ?? shape[3].flatMap { $0 > 0 ? width / $0 : nil } ?? 0
        guard heads > 0, width.isMultiple(of: heads), width > 0, [width / heads, -1].contains(shape[3]) else {
            throw unmapped(split, expected: "torch.view by heads")
        }
        return Heads(projection: projection, heads: heads, size: width / heads, scale: scale)
    }

    // MARK: - Masks

    /// What may happen to a mask. For a text without padding, none of it keeps a token from another.
    private static let paddingOperations: Set = [
        ScriptGraph.input, ScriptGraph.list, "torch.size", "torch.slice", "torch.unsqueeze", "torch.expand",
        "torch.expand_as", "torch.view", "torch.to", "torch.sub", "torch.rsub", "torch.mul", "torch.add",
        "torch.masked_fill", "torch.eq", "torch.ne", "torch.where", "torch.logical_not", "torch.bitwise_not",
        "torch.all", "torch.full", "torch.ones", "torch.zeros", "torch.scalar_tensor", "torch.unbind", "int", "float",
    ]

    /// What a mask of later tokens is made with.
    private static let causalOperations: Set = ["torch.arange", "torch.lt", "torch.gt", "torch.triu", "torch.tril"]

    /// Whether `mask` hides later tokens; padding is the other thing that it may hide.
    private func isCausal(_ mask: GraphValue) throws(WeightsError) -> Bool {
        var isCausal = false, pending = [mask], seen: Set<GraphValue> = []
        while let value = pending.popLast() {
            guard let node = graph[value], seen.insert(value).inserted else { continue }
            // Lengths are no matter here, wherever they come from.
            if node.operation == "torch.size" { continue }
            let comparison = Self.causalOperations.contains(node.operation)
            guard comparison || Self.paddingOperations.contains(node.operation) else {
                throw unmapped(value, expected: "a mask of padding or of later tokens")
            }
            if let input = input(value), input != 1 { throw unmapped(value, expected: "the mask of padding") }
            isCausal = isCausal || comparison
            pending += node.operation == "torch.expand_as" ? Array(node.arguments.prefix(1)) : node.arguments
        }
        return isCausal
    }

    /// Whether `value` is the mask of padding, as numbers.
    func isPaddingMask(_ value: GraphValue) -> Bool {
        let shaping: Set = ["torch.unsqueeze", "torch.expand", "torch.expand_as", "torch.to", "torch.slice", "torch.view"]
        return input(stripped(value, of: shaping)) == 1
    }
}
