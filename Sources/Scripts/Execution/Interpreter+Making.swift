/// What `new` makes.
extension Interpreter {
    func makeArray(_ type: ScriptType, _ sizes: ArraySlice<ScriptValue>) throws(ScriptFault) -> ScriptValue {
        guard let size = sizes.first else { return .initial(of: type) }
        let count = try index(size)
        guard count >= 0 else { throw .unusableValue(String(count)) }
        guard count <= Budget.maximumBytes / 24 else { throw .tooMuchMemory }
        try budget.charge(bytes: 24 * count)
        var elements: [ScriptValue] = []
        for _ in 0..<count { elements.append(try makeArray(type, sizes.dropFirst())) }
        return try makeList(elements, kind: .array)
    }

    func make(_ type: String, _ arguments: [ScriptValue]) throws(ScriptFault) -> ScriptValue {
        if ScriptType.exceptions.contains(type) {
            let message = try arguments.first.map { (value) throws(ScriptFault) in try value.text(budget) }
            return .object(ExceptionObject(type: type, message: message))
        }
        switch (ScriptType(type)?.base, arguments.first) {
        case (.list, nil): return try makeList([], kind: type.hasSuffix("Set") ? .set : .list)
        case (.list, .int?): return try makeList([])
        case (.list, let source?):
            let copy = try makeList([], kind: type.hasSuffix("Set") ? .set : .list)
            if case .list(let list) = copy { try add(try elements(of: source), to: list) }
            return copy
        case (.map, nil), (.map, .int?): return try adopt(ScriptMap())
        case (.map, .map(let source)?):
            try budget.charge(source.count)
            let map = ScriptMap()
            for (key, value) in source.pairs { map[key] = value }
            return try adopt(map)
        case (.named("Date"), let time?) where time.numericType != nil: return .object(DateObject(time.long, style: .instant))
        case (.named("GeoPoint"), let latitude?) where arguments.count == 2:
            return .object(PointObject(latitude: latitude.double, longitude: arguments[1].double))
        case (.named("StringBuilder"), let text):
            let builder = StringBuilderObject()
            if case .string(let text)? = text { try builder.append(text, budget) }
            return .object(builder)
        case (.string, let text):
            return try text.map { (value) throws(ScriptFault) in try makeString(try value.text(budget)) } ?? .string("")
        default: throw .unknownMethod(type: type, name: "<init>", arguments: arguments.count)
        }
    }
}
