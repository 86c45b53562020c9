internal import Foundation

/// `Objects`, `Arrays`, `Collections` and their kin.
extension StaticCall {
    func objects() throws(ScriptFault) -> ScriptValue? {
        switch (name, arguments.count) {
        case ("equals", 2): return .bool(try ScriptValue.areEqual(arguments[0], arguments[1], run.budget))
        case ("isNull", 1): return .bool(arguments[0].isNull)
        case ("requireNonNullElse", 2): return arguments[0].isNull ? arguments[1] : arguments[0]
        case ("hash", _):
            var hash: Int32 = 1
            for argument in arguments {
                var own: Int32 = 0
                for unit in try argument.text(run.budget).utf16 { own = own &* 31 &+ Int32(unit) }
                hash = hash &* 31 &+ (argument.numericType == .int ? argument.int : own)
            }
            return .int(hash)
        case ("nonNull", 1): return .bool(!arguments[0].isNull)
        case ("requireNonNull", 1):
            if arguments[0].isNull { throw .nullReference(nil) }
            return arguments[0]
        case ("toString", 1): return try run.makeString(try arguments[0].text(run.budget))
        default: return nil
        }
    }

    func collections() throws(ScriptFault) -> ScriptValue? {
        switch (type, name, arguments.count) {
        case ("Collections", "sort", 1), ("Arrays", "sort", 1):
            guard case .list(let list) = arguments[0] else { throw .cannotCast(from: arguments[0].typeName, to: "java.util.List") }
            return try Method(name: "sort", arguments: lambda == nil ? [.null] : [], lambda: lambda, run: run).call(on: list)
        case ("Collections", "max", 1), ("Collections", "min", 1):
            var best: ScriptValue?
            for element in try run.elements(of: arguments[0]) {
                let isBetter = try best.map { (former) throws(ScriptFault) in
                    try run.compare(element, former) * (name == "max" ? 1 : -1) > 0
                }
                if isBetter ?? true { best = element }
            }
            guard let best else { throw .noSuchElement }
            return best
        case ("Collections", "unmodifiableList", 1), ("Collections", "unmodifiableSet", 1), ("Collections", "unmodifiableMap", 1),
            ("Collections", "unmodifiableCollection", 1), ("Arrays", "stream", 1):
            return arguments[0]
        case ("Collections", "emptySet", 0): return try run.makeList([], kind: .set)
        case ("Collections", "reverseOrder", 0):
            return .object(FunctionObject.ordering { (left, right, run) throws(ScriptFault) in try run.compare(right, left) })
        case ("Arrays", "asList", 1):
            if case .list = arguments[0] { return try run.makeList(try run.elements(of: arguments[0])) }
            return try run.makeList(arguments)
        case ("Set", "of", _):
            let set = try run.makeList([], kind: .set)
            if case .list(let list) = set { try run.add(arguments, to: list) }
            return set
        case ("Map", "of", _) where arguments.count % 2 == 0:
            let map = ScriptMap()
            for index in stride(from: 0, to: arguments.count, by: 2) { map[try ScriptMap.Key(arguments[index])] = arguments[index + 1] }
            return try run.adopt(map)
        case ("Collections", "emptyList", 0), ("List", "of", 0): return try run.makeList([])
        case ("Collections", "emptyMap", 0): return try run.adopt(ScriptMap())
        case ("Collections", "singletonList", 1), ("List", "of", _), ("Arrays", "asList", _): return try run.makeList(arguments)
        case ("Collections", "reverse", 1):
            guard case .list(let list) = arguments[0], !list.isFrozen else { throw .unsupportedOperation }
            list.elements.reverse()
            return .null
        default: return nil
        }
    }
}
