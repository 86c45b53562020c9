internal import MatrixKernels

extension GraphMatcher {
    /// The activation that `value` is the result of, and what it is applied to.
    func activation(_ value: GraphValue) throws(WeightsError) -> (kind: Activation, input: GraphValue)? {
        guard let node = graph[value], let first = node.arguments.first else { return nil }
        switch node.operation {
        case "torch.relu": return (.relu, first)
        case "torch.tanh": return (.tanh, first)
        case "torch.gelu":
            let kind = node.keywords["approximate"] ?? node.arguments.dropFirst().first ?? .string("none")
            return kind == .string("none") ? (.gelu, first) : kind == .string("tanh") ? (.geluTanh, first) : nil
        case "torch.mul" where node.arguments.count == 2:
            for (left, right) in [(first, node.arguments[1]), (node.arguments[1], first)] {
                if try isQuickGate(right, of: left) { return (.quickGELU, left) }
                if let found = try writtenGELU(left, right) { return found }
            }
            return nil
        default: return nil
        }
    }

    /// sigmoid(1.702 · x)
    private func isQuickGate(_ gate: GraphValue, of input: GraphValue) throws(WeightsError) -> Bool {
        guard let inner = arguments(gate, of: "torch.sigmoid")?.first else { return false }
        return try factor(of: input, in: inner).map { abs($0 - 1.702) < 1e-5 } ?? false
    }

    /// x / 2 · (1 + erf(x / √2)), or the same with tanh(√(2/π) · (x + 0.044715 · x³)).
    private func writtenGELU(
        _ half: GraphValue, _ gate: GraphValue
    ) throws(WeightsError) -> (kind: Activation, input: GraphValue)? {
        guard let product = arguments(half, of: "torch.mul"), product.count == 2, let (left, right) = sum(gate) else {
            return nil
        }
        let input: GraphValue
        if try isScalar(product[1], 0.5) { input = product[0] }
        else if try isScalar(product[0], 0.5) { input = product[1] }
        else { return nil }
        let curve: GraphValue
        if try isScalar(right, 1) { curve = left }
        else if try isScalar(left, 1) { curve = right }
        else { return nil }
        if let inner = arguments(curve, of: "torch.erf")?.first {
            return try factor(of: input, in: inner).map { abs($0 - 0.5.squareRoot()) < 1e-5 } == true ? (.gelu, input) : nil
        }
        guard let inner = arguments(curve, of: "torch.tanh")?.first else { return nil }
        guard let outer = arguments(inner, of: "torch.mul"), outer.count == 2 else { return nil }
        for (scale, bent) in [(outer[0], outer[1]), (outer[1], outer[0])]
        where try isScalar(scale, (2 / Double.pi).squareRoot()) {
            if try isBent(bent, input) { return (.geluTanh, input) }
        }
        return nil
    }

    /// x + 0.044715 · x³
    private func isBent(_ value: GraphValue, _ input: GraphValue) throws(WeightsError) -> Bool {
        guard let (left, right) = sum(value) else { return false }
        let cubic = left == input ? right : left
        guard left == input || right == input, let product = arguments(cubic, of: "torch.mul"), product.count == 2 else {
            return false
        }
        for (scale, cube) in [(product[0], product[1]), (product[1], product[0])] where try isScalar(scale, 0.044715) {
            if let power = arguments(cube, of: "torch.pow"), power.count == 2, power[0] == input {
                return try isScalar(power[1], 3)
            }
        }
        return false
    }

    /// c, if `value` is c · `input` or `input` / c⁻¹.
    private func factor(of input: GraphValue, in value: GraphValue) throws(WeightsError) -> Double? {
        guard let node = graph[value], node.arguments.count == 2 else { return nil }
        let (left, right) = (node.arguments[0], node.arguments[1])
        switch node.operation {
        case "torch.mul" where left == input: return try scalar(right)
        case "torch.mul" where right == input: return try scalar(left)
        case "torch.div" where left == input: return try scalar(right).map { 1 / $0 }
        default: return nil
        }
    }
}
