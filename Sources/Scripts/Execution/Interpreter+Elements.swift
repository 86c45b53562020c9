/// Elements of lists, and how values are compared.
extension Interpreter {
    /// What can be looped over.
    func elements(of value: ScriptValue) throws(ScriptFault) -> [ScriptValue] {
        switch value {
        case .list(let list): return list.elements
        case .object(let object):
            if let elements = try object.elements(self) { return elements }
        case .null: throw .nullReference(nil)
        default: break
        }
        throw .cannotCast(from: value.typeName, to: "java.util.Collection")
    }

    /// - Returns: whether the list changed: a set takes nothing twice.
    @discardableResult
    func add(_ elements: [ScriptValue], to list: ScriptList) throws(ScriptFault) -> Bool {
        guard !list.isFrozen, list.kind != .array else { throw .unsupportedOperation }
        own(.list(list))
        try budget.charge(bytes: 24 * elements.count)
        let before = list.elements.count
        for element in elements {
            if list.kind == .set, try position(of: element, in: list) != nil { continue }
            list.elements.append(element)
        }
        return list.elements.count > before
    }

    func position(of value: ScriptValue, in list: ScriptList) throws(ScriptFault) -> Int? {
        for (position, element) in list.elements.enumerated() {
            try budget.charge(1)
            if try ScriptValue.areEqual(element, value, budget) { return position }
        }
        return nil
    }

    /// The order of `Comparable`: -1, 0 or 1.
    func compare(_ left: ScriptValue, _ right: ScriptValue) throws(ScriptFault) -> Int {
        switch (left, right) {
        case (.null, _), (_, .null): throw .nullReference("compareTo")
        case (.string(let left), .string(let right)):
            try budget.charge(bytes: 0, copying: min(left.utf8.count, right.utf8.count))
            return left == right ? 0 : left.utf16.lexicographicallyPrecedes(right.utf16) ? -1 : 1
        case (.bool(let left), .bool(let right)): return left == right ? 0 : left ? 1 : -1
        case (.object(let left as DateObject), .object(let right as DateObject)):
            return left.milliseconds == right.milliseconds ? 0 : left.milliseconds < right.milliseconds ? -1 : 1
        default:
            guard let first = left.numericType, let second = right.numericType else {
                throw .cannotCast(from: right.typeName, to: left.typeName)
            }
            if first.rawValue <= 1, second.rawValue <= 1 {
                return left.long == right.long ? 0 : left.long < right.long ? -1 : 1
            }
            let (a, b) = (left.double, right.double)
            // As Double.compare: NaN is greater than all.
            if a.isNaN || b.isNaN { return a.isNaN == b.isNaN ? 0 : a.isNaN ? 1 : -1 }
            return a == b ? 0 : a < b ? -1 : 1
        }
    }
}
