/// The operations that TorchScript's code applies, each to earlier ones. Equal operations on equal values are one; what
/// changes no value is left out: conversions between floats, copies, dropout that is switched off, whole slices.
struct ScriptGraph {
    struct Node: Hashable {
        /// As the code has it, but without the underscore of operations in place.
        let operation: String
        let arguments: [GraphValue]
        let keywords: [String: GraphValue]
    }

    /// Far more than the largest encoders have.
    static let maximumNodes = 1 << 15

    static let input = "input", list = "list", item = "item"

    private(set) var nodes: [Node] = []
    private var numbers: [Node: Int] = [:]
    /// What operations in place have made of earlier results.
    private var replacements: [Int: GraphValue] = [:]

    subscript(_ value: GraphValue) -> Node? {
        guard case .node(let number) = value else { return nil }
        return nodes[number]
    }

    /// The result of an operation; nil if there are too many.
    mutating func apply(
        _ operation: String, _ arguments: [GraphValue], _ keywords: [String: GraphValue] = [:]
    ) -> GraphValue? {
        let arguments = arguments.map(current), inPlace = operation.hasSuffix("_") && !operation.hasSuffix("__")
        let name = inPlace ? String(operation.dropLast()) : operation
        if let same = Self.unchanged(name, arguments, keywords) { return same }
        guard let result = insert(Node(operation: name, arguments: arguments, keywords: Self.significant(keywords))) else {
            return nil
        }
        if inPlace, case .node(let changed) = arguments.first, result != .node(changed) { replacements[changed] = result }
        return result
    }

    private mutating func insert(_ node: Node) -> GraphValue? {
        if let number = numbers[node] { return .node(number) }
        guard nodes.count < Self.maximumNodes else { return nil }
        numbers[node] = nodes.count
        nodes.append(node)
        return .node(nodes.count - 1)
    }

    private func current(_ value: GraphValue) -> GraphValue {
        var value = value
        // Each step leads to a later node.
        while case .node(let number) = value, let next = replacements[number] { value = next }
        return value
    }

    private static func significant(_ keywords: [String: GraphValue]) -> [String: GraphValue] {
        keywords.filter { $0.key != "alpha" || $0.value != .integer(1) }
    }

    private static let copies: Set = [
        "torch.contiguous", "torch.detach", "torch.alias", "torch.clone", "torch.type_as", "torch.Int",
        "torch.ScalarImplicit", "torch.IntImplicit", "torch.FloatImplicit", "ops.prim.NumToTensor",
    ]

    /// The argument that an operation passes on as it is.
    private static func unchanged(
        _ operation: String, _ arguments: [GraphValue], _ keywords: [String: GraphValue]
    ) -> GraphValue? {
        guard let first = arguments.first else { return nil }
        switch operation {
        case _ where copies.contains(operation): return first
        case "torch.dropout", "torch.feature_dropout":
            return arguments.count == 3 && arguments[2] == .bool(false) ? first : nil
        case "torch.to":
            return convertsToFloat(arguments, keywords) ? first : nil
        case "torch.slice":
            return isWhole(arguments) ? first : nil
        default: return nil
        }
    }

    /// Whether `torch.slice` leaves nothing out.
    private static func isWhole(_ arguments: [GraphValue]) -> Bool {
        let wholes: [GraphValue] = [.integer(0), .integer(.max), .integer(1)]
        return zip(arguments.dropFirst(2), wholes).allSatisfy { $0 == .none || $0 == $1 }
    }

    /// Whether the type that `torch.to` names, if any, is one of floats.
    private static func convertsToFloat(_ arguments: [GraphValue], _ keywords: [String: GraphValue]) -> Bool {
        let types = (arguments.dropFirst() + [keywords["dtype"] ?? .none]).compactMap { value -> Int? in
            if case .integer(let type) = value { type } else { nil }
        }
        // half, float, double, bfloat16: https://github.com/pytorch/pytorch/blob/main/c10/core/ScalarType.h
        return types.first.map { [5, 6, 7, 15].contains($0) } ?? true
    }
}
