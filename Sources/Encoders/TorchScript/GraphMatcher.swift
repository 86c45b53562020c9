/// Recognises the parts of known models in a graph, from the result backwards. What is recognised is checked to compute
/// exactly what our encoders do; the first thing that does not is named in the error.
struct GraphMatcher {
    /// A linear layer and what it is applied to.
    struct Projection {
        let input: GraphValue
        let weight: TorchTensor
        let bias: TorchTensor?
    }

    /// A layer normalisation and what it is applied to.
    struct Norm {
        let input: GraphValue
        let weight, bias: TorchTensor
        let epsilon: Double
    }

    let graph: ScriptGraph
    let archive: ScriptArchive

    // MARK: - Errors

    func unmapped(_ value: GraphValue, expected: String) -> WeightsError {
        archive.failure(.unmapped(operation: name(of: value), expected: expected))
    }

    private func name(of value: GraphValue) -> String {
        switch value {
        case .node:
            guard let node = graph[stripped(value, of: [ScriptGraph.item])] else { return "an operation" }
            if node.operation == ScriptGraph.list { return "a list" }
            if node.operation == ScriptGraph.input, case .string(let name) = node.arguments.last { return name }
            return node.operation
        case .none: return "None"
        case .bool, .integer, .double, .string: return "a literal"
        case .tensor: return "a tensor"
        case .object: return "a module"
        }
    }

    // MARK: - Plain values

    /// The arguments of `value`, at least `least`, if it is the result of one of `operations`.
    func arguments(_ value: GraphValue, of operations: String..., atLeast least: Int = 1) -> [GraphValue]? {
        guard let node = graph[value], operations.contains(node.operation), node.arguments.count >= least else {
            return nil
        }
        return node.arguments
    }

    /// The number of the model's input that `value` is.
    func input(_ value: GraphValue) -> Int? {
        guard let first = arguments(value, of: ScriptGraph.input)?.first, case .integer(let index) = first else {
            return nil
        }
        return index
    }

    func integer(_ value: GraphValue?) -> Int? {
        if case .integer(let integer) = value { integer } else { nil }
    }

    /// The integers of a list, with nil for those that depend on the input.
    func integers(_ value: GraphValue?) -> [Int?]? {
        guard let value else { return nil }
        if case .integer(let integer) = value { return [integer] }
        return arguments(value, of: ScriptGraph.list)?.map(integer)
    }

    /// A number, or the only element of a constant.
    func scalar(_ value: GraphValue?) throws(WeightsError) -> Double? {
        switch value {
        case .integer(let value): return Double(value)
        case .double(let value): return value
        case .tensor(let tensor) where tensor.shape.allSatisfy({ $0 == 1 }): return try archive.numbers(tensor).first
        case nil, .some(.none), .bool, .string, .tensor, .object, .node: return nil
        }
    }

    /// Whether `value` is the number `expected`, up to rounding.
    func isScalar(_ value: GraphValue?, _ expected: Double) throws(WeightsError) -> Bool {
        guard let found = try scalar(value) else { return false }
        return abs(found - expected) <= 1e-5 * abs(expected)
    }

    /// `value` without any of `operations` that are applied to it last.
    func stripped(_ value: GraphValue, of operations: Set<String>) -> GraphValue {
        var value = value
        // Arguments are earlier nodes, so this ends.
        while let node = graph[value], operations.contains(node.operation), let first = node.arguments.first {
            value = first
        }
        return value
    }

    // MARK: - Layers

    /// The linear layer that `value` is the result of.
    func linear(_ value: GraphValue) throws(WeightsError) -> Projection? {
        guard let node = graph[value] else { return nil }
        let arguments = node.arguments
        switch node.operation {
        case "torch.linear":
            guard arguments.count >= 2, case .tensor(let weight) = arguments[1], weight.shape.count == 2 else { return nil }
            let bias: TorchTensor? = if case .tensor(let bias) = arguments.dropFirst(2).first { bias } else { nil }
            return Projection(input: arguments[0], weight: weight, bias: bias)
        case "ops.quantized.linear_dynamic":
            guard arguments.count >= 2, case .object(let packed) = arguments[1] else { return nil }
            let state = archive.object(packed).state
            guard case .tensor(let weight) = state.first, weight.shape.count == 2 else { return nil }
            let bias: TorchTensor? = if case .tensor(let bias) = state.dropFirst().first { bias } else { nil }
            return Projection(input: arguments[0], weight: weight, bias: bias)
        default: return nil
        }
    }

    func norm(_ value: GraphValue) throws(WeightsError) -> Norm? {
        guard let arguments = arguments(value, of: "torch.layer_norm"), arguments.count >= 4,
            case .tensor(let weight) = arguments[2], case .tensor(let bias) = arguments[3],
            integers(arguments[1]) == [weight.shape.first]
        else { return nil }
        let epsilon = try scalar(arguments.dropFirst(4).first) ?? 1e-5
        return Norm(input: arguments[0], weight: weight, bias: bias, epsilon: epsilon)
    }

    /// The two terms of a sum.
    func sum(_ value: GraphValue) -> (GraphValue, GraphValue)? {
        guard let node = graph[value], node.operation == "torch.add", node.arguments.count == 2, node.keywords.isEmpty
        else { return nil }
        return (node.arguments[0], node.arguments[1])
    }
}
