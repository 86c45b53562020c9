extension Interpreter {
    func evaluate(_ expression: Expression) throws(ScriptFault) -> ScriptValue {
        try budget.charge(1)
        switch expression {
        case .literal(let literal): return ScriptValue(literal)
        case .local(let slot): return local(slot)
        case .global(let name, let offset):
            self.offset = offset
            return try environment.global(name)
        case .binary(let operation, let left, let right, let offset):
            return try deeper { () throws(ScriptFault) in
                let first = try evaluate(left), second = try evaluate(right)
                self.offset = offset
                return try binary(operation, first, second)
            }
        case .member(let receiver, let name, let isNullSafe, let offset):
            let value = try deeper { () throws(ScriptFault) in try evaluate(receiver) }
            self.offset = offset
            if isNullSafe, value.isNull { return .null }
            return try member(name, of: value)
        case .element(let receiver, let index, let offset):
            return try deeper { () throws(ScriptFault) in
                let value = try evaluate(receiver), key = try evaluate(index)
                self.offset = offset
                return try element(key, of: value)
            }
        case .call(let call): return try deeper { () throws(ScriptFault) in try self.call(call) }
        case .assign(let target, let value, let offset):
            return try deeper { () throws(ScriptFault) in try assign(target, offset) { _ throws(ScriptFault) in try self.evaluate(value) } }
        default: return try deeper { () throws(ScriptFault) in try evaluateRare(expression) }
        }
    }

    /// Apart from the above, so that the frames of what recurses most stay small.
    private func evaluateRare(_ expression: Expression) throws(ScriptFault) -> ScriptValue {
        switch expression {
        case .unary(let operation, let operand, let offset):
            let value = try evaluate(operand)
            self.offset = offset
            return try unary(operation, value)
        case .both(let left, let right, let offset):
            self.offset = offset
            guard try isTrue(left) else { return .bool(false) }
            return .bool(try isTrue(right))
        case .either(let left, let right, let offset):
            self.offset = offset
            if try isTrue(left) { return .bool(true) }
            return .bool(try isTrue(right))
        case .conditional(let condition, let first, let second, let offset):
            self.offset = offset
            return try isTrue(condition) ? try evaluate(first) : try evaluate(second)
        case .elvis(let first, let second):
            let value = try evaluate(first)
            return value.isNull ? try evaluate(second) : value
        case .cast(let type, let operand, let offset):
            let value = try evaluate(operand)
            self.offset = offset
            return try value.converted(to: type, isExplicit: true)
        case .instance(let operand, let type): return .bool(isInstance(try evaluate(operand), of: type))
        case .function(let lambda): return .object(FunctionObject(.lambda(lambda, frame)))
        case .reference(let receiver, let type, let name, let offset):
            let value = try receiver.map { (receiver) throws(ScriptFault) in try evaluate(receiver) }
            self.offset = offset
            return .object(reference(value, type, name))
        case .list(let elements): return try makeList(try elements.map { (element) throws(ScriptFault) in try evaluate(element) })
        case .map(let pairs):
            let map = ScriptMap()
            for (key, value) in pairs { map[try ScriptMap.Key(try evaluate(key))] = try evaluate(value) }
            return try adopt(map)
        case .compound, .increment: return try changed(expression)
        case .contextCall, .functionCall, .staticCall, .staticMember, .make, .makeArray: return try calls(expression)
        case .literal, .local, .global, .binary, .member, .element, .call, .assign: return try evaluate(expression)
        }
    }

    func makeList(_ elements: [ScriptValue], kind: ScriptList.Kind = .list) throws(ScriptFault) -> ScriptValue {
        try budget.charge(bytes: 64 + 24 * elements.count)
        let list = ScriptValue.list(ScriptList(elements, kind: kind))
        own(list)
        return list
    }

    func adopt(_ map: ScriptMap) throws(ScriptFault) -> ScriptValue {
        try budget.charge(bytes: 64 + 80 * map.count)
        own(.map(map))
        return .map(map)
    }

    func makeString(_ text: String) throws(ScriptFault) -> ScriptValue {
        try budget.charge(bytes: text.utf8.count)
        return .string(text)
    }

    func binary(
        _ operation: Expression.Binary, _ left: ScriptValue, _ right: ScriptValue
    ) throws(ScriptFault) -> ScriptValue {
        switch operation {
        case .add:
            if case .double(let a) = left, case .double(let b) = right { return .double(a + b) }
            if left.isString || right.isString {
                let first = try left.text(budget), second = try right.text(budget)
                try budget.charge(bytes: first.utf8.count + second.utf8.count)
                return .string(first + second)
            }
            return try ScriptValue.arithmetic(operation, left, right)
        case .subtract, .multiply, .divide, .remainder: return try ScriptValue.arithmetic(operation, left, right)
        case .shiftLeft, .shiftRight, .shiftRightUnsigned, .and, .or, .exclusiveOr:
            return try ScriptValue.bits(operation, left, right)
        case .equal, .identical: return .bool(try equal(left, right))
        case .notEqual, .notIdentical: return .bool(!(try equal(left, right)))
        case .less, .lessOrEqual, .greater, .greaterOrEqual: return .bool(try ScriptValue.compare(operation, left, right))
        case .find, .match:
            guard case .object(let object) = right, let pattern = object as? PatternObject else {
                throw .cannotCast(from: right.typeName, to: "java.util.regex.Pattern")
            }
            if left.isNull { throw .nullReference(nil) }
            let text = try left.text(budget)
            return .bool(try operation == .find ? pattern.find(text, budget) : pattern.matches(text, budget))
        }
    }

    private func equal(_ left: ScriptValue, _ right: ScriptValue) throws(ScriptFault) -> Bool {
        // A literal 'a' is a string until it stands beside a character.
        if case .char(let unit) = left, case .string(let text) = right { return ScriptValue.text(ofUnit: unit) == text }
        if case .string(let text) = left, case .char(let unit) = right { return ScriptValue.text(ofUnit: unit) == text }
        return try ScriptValue.areEqual(left, right, budget)
    }

    private func unary(_ operation: Expression.Unary, _ value: ScriptValue) throws(ScriptFault) -> ScriptValue {
        if value.isNull { throw .nullReference(nil) }
        switch (operation, value) {
        case (.not, .bool(let value)): return .bool(!value)
        case (.minus, .float(let value)): return .float(-value)
        case (.minus, .double(let value)): return .double(-value)
        case (.minus, .long(let value)): return .long(0 &- value)
        case (.minus, .int), (.minus, .char): return .int(0 &- value.int)
        case (.plus, .int), (.plus, .long), (.plus, .float), (.plus, .double): return value
        case (.plus, .char): return .int(value.int)
        case (.complement, .int), (.complement, .char): return .int(~value.int)
        case (.complement, .long(let value)): return .long(~value)
        default: throw .cannotApply(operation: operation.rawValue, left: value.typeName, right: nil)
        }
    }

    private func isInstance(_ value: ScriptValue, of type: String) -> Bool {
        switch (value, type) {
        case (.null, _): false
        case (_, "def"), (_, "Object"): true
        case (.bool, "Boolean"), (.bool, "boolean"), (.string, "String"), (.string, "CharSequence"), (.char, "Character"): true
        case (.int, "Integer"), (.long, "Long"), (.float, "Float"), (.double, "Double"): true
        case (.int, "int"), (.long, "long"), (.float, "float"), (.double, "double"), (.char, "char"): true
        case (.int, "Number"), (.long, "Number"), (.float, "Number"), (.double, "Number"): true
        case (.list(let list), _):
            switch type {
            case "Collection", "Iterable": list.kind != .array
            case "List", "ArrayList": list.kind == .list
            case "Set", "HashSet", "LinkedHashSet": list.kind == .set
            default: false
            }
        case (.map, "Map"), (.map, "HashMap"), (.map, "LinkedHashMap"): true
        case (.object(let object), _):
            object.typeName.split(separator: ".").last.map(String.init) == type
                || ((type == "List" || type == "Collection") && object is FieldValuesObject)
        default: false
        }
    }
}

extension ScriptValue {
    var isString: Bool { if case .string = self { true } else { false } }
}
