extension Method {
    /// The methods of maps.
    func call(on map: ScriptMap) throws(ScriptFault) -> ScriptValue? {
        if let lambda { return try call(on: map, lambda) }
        switch (name, arguments.count) {
        case ("get", 1): return map[try key(0)] ?? .null
        case ("getOrDefault", 2): return map[try key(0)] ?? arguments[1]
        case ("containsKey", 1): return .bool(map[try key(0)] != nil)
        case ("containsValue", 1):
            return .bool(try run.position(of: arguments[0], in: ScriptList(map.pairs.map(\.value))) != nil)
        case ("size", 0): return .int(Int32(clamping: map.count))
        case ("isEmpty", 0): return .bool(map.count == 0)
        case ("put", 2):
            let key = try key(0), former = map[key]
            try run.put(key, arguments[1], in: map)
            return former ?? .null
        case ("putIfAbsent", 2):
            let key = try key(0)
            if let former = map[key], !former.isNull { return former }
            try run.put(key, arguments[1], in: map)
            return .null
        case ("putAll", 1):
            guard case .map(let other) = arguments[0] else {
                throw .cannotCast(from: arguments[0].typeName, to: "java.util.Map")
            }
            for (key, value) in other.pairs { try run.put(key, value, in: map) }
            return .null
        case ("remove", 1):
            let key = try key(0), map = try mutable(map)
            let former = map[key]
            map[key] = nil
            return former ?? .null
        case ("clear", 0):
            try mutable(map).removeAll()
            return .null
        case ("keySet", 0):
            try budget.charge(map.count)
            return try run.makeList(map.pairs.map(\.key.value), kind: .set)
        case ("values", 0):
            try budget.charge(map.count)
            return try run.makeList(map.pairs.map(\.value))
        case ("entrySet", 0):
            try budget.charge(map.count)
            return try run.makeList(map.pairs.map { .object(EntryObject(map, $0.key)) }, kind: .list)
        default: return nil
        }
    }

    private func key(_ number: Int) throws(ScriptFault) -> ScriptMap.Key { try ScriptMap.Key(arguments[number]) }

    private func mutable(_ map: ScriptMap) throws(ScriptFault) -> ScriptMap {
        guard !map.isFrozen else { throw .unsupportedOperation }
        return map
    }

    private func call(on map: ScriptMap, _ lambda: FunctionObject) throws(ScriptFault) -> ScriptValue? {
        switch (name, arguments.count) {
        case ("forEach", 0):
            for (key, value) in map.pairs { _ = try run.call(lambda, [key.value, value]) }
            return .null
        case ("computeIfAbsent", 1):
            let key = try key(0)
            if let value = map[key], !value.isNull { return value }
            let value = try run.call(lambda, [arguments[0]])
            if !value.isNull { try run.put(key, value, in: map) }
            return value
        case ("computeIfPresent", 1), ("compute", 1):
            let key = try key(0), former = map[key] ?? .null
            if former.isNull, name == "computeIfPresent" { return .null }
            let value = try run.call(lambda, [arguments[0], former])
            if value.isNull { try mutable(map)[key] = nil } else { try run.put(key, value, in: map) }
            return value
        case ("merge", 2):
            let key = try key(0)
            let former = map[key] ?? .null
            let value = former.isNull ? arguments[1] : try run.call(lambda, [former, arguments[1]])
            try run.put(key, value, in: map)
            return value
        case ("removeIf", 0): return nil
        case ("replaceAll", 0):
            for (key, value) in map.pairs { try run.put(key, try run.call(lambda, [key.value, value]), in: map) }
            return .null
        case ("collect", 0):
            var values: [ScriptValue] = []
            for (key, value) in map.pairs { values.append(try run.call(lambda, [key.value, value])) }
            return try run.makeList(values)
        case ("findAll", 0):
            let found = ScriptMap()
            for (key, value) in map.pairs where try holds(lambda, [key.value, value]) { found[key] = value }
            return try run.adopt(found)
        case ("find", 0):
            for (key, value) in map.pairs where try holds(lambda, [key.value, value]) { return .object(EntryObject(map, key)) }
            return .null
        case ("count", 0):
            var count = 0
            for (key, value) in map.pairs where try holds(lambda, [key.value, value]) { count += 1 }
            return .int(Int32(clamping: count))
        case ("each", 0):
            for (key, value) in map.pairs { _ = try run.call(lambda, [key.value, value]) }
            return .map(map)
        case ("any", 0), ("every", 0):
            for (key, value) in map.pairs where try holds(lambda, [key.value, value]) == (name == "any") {
                return .bool(name == "any")
            }
            return .bool(name != "any")
        default: return nil
        }
    }
}
