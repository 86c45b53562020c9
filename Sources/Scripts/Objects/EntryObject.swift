/// One entry of a map; setting its value changes the map.
final class EntryObject: ScriptObject {
    private let map: ScriptMap
    private let key: ScriptMap.Key

    init(_ map: ScriptMap, _ key: ScriptMap.Key) {
        (self.map, self.key) = (map, key)
    }

    let typeName = "java.util.Map.Entry"
    var text: String { "entry" }

    func member(_ name: String, _ run: Interpreter) throws(ScriptFault) -> ScriptValue? {
        switch name {
        case "key": key.value
        case "value": map[key] ?? .null
        default: nil
        }
    }

    func call(_ name: String, _ arguments: [ScriptValue], _ run: Interpreter) throws(ScriptFault) -> ScriptValue? {
        switch (name, arguments.count) {
        case ("getKey", 0): return key.value
        case ("getValue", 0): return map[key] ?? .null
        case ("setValue", 1):
            let former = map[key] ?? .null
            try run.put(key, arguments[0], in: map)
            return former
        default: return nil
        }
    }

    func isEqual(_ other: any ScriptObject) -> Bool {
        guard let other = other as? EntryObject else { return false }
        return other === self || (other.map === map && other.key == key)
    }
}
