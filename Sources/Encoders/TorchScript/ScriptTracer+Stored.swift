/// Values that the archive holds: constants and modules' attributes.
extension ScriptTracer {
    mutating func constant(_ name: String) throws(WeightsError) -> GraphValue {
        guard case .tuple(let constants, _) = archive.constants.root, let index = Int(name.dropFirst()),
            constants.indices.contains(index)
        else { throw undefined("CONSTANTS.\(name)") }
        return try stored(constants[index], .constants)
    }

    mutating func attribute(_ name: String, of object: GraphValue.Object) throws(WeightsError) -> GraphValue {
        guard let value = archive.object(object).attributes[name] else { throw undefined(name) }
        return try stored(value, object.source)
    }

    private mutating func stored(
        _ value: PickleValue, _ source: GraphValue.Object.Source
    ) throws(WeightsError) -> GraphValue {
        try enter()
        defer { depth -= 1 }
        switch value {
        case .bool(let value): return .bool(value)
        case .integer(let value): return .integer(value)
        case .double(let value): return .double(value)
        case .string(let value): return .string(value)
        case .tensor(let tensor): return .tensor(tensor)
        case .object(let index): return .object(.init(source: source, index: index))
        case .tuple(let items, _):
            var values: [GraphValue] = []
            for item in items { values.append(try stored(item, source)) }
            return try apply(ScriptGraph.list, values)
        case .none, .container, .global, .storage, .mark: return .none
        }
    }
}
