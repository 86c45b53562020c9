/// A map that keeps the order in which keys came, as JSON objects do.
final class ScriptMap {
    enum Key: Hashable {
        case null
        case bool(Bool)
        case integer(Int64)
        case double(Double)
        case char(UInt16)
        case string(String)
    }

    private var positions: [Key: Int] = [:]
    /// Removed entries leave a hole until there are many.
    private var entries: [(key: Key, value: ScriptValue)?] = []
    let isFrozen: Bool

    init(isFrozen: Bool = false, _ pairs: [(Key, ScriptValue)] = []) {
        self.isFrozen = isFrozen
        for (key, value) in pairs { self[key] = value }
    }

    var count: Int { positions.count }

    subscript(key: Key) -> ScriptValue? {
        get { positions[key].flatMap { entries[$0]?.value } }
        set {
            if let newValue {
                if let position = positions[key] {
                    entries[position] = (key, newValue)
                } else {
                    positions[key] = entries.count
                    entries.append((key, newValue))
                }
            } else if let position = positions.removeValue(forKey: key) {
                entries[position] = nil
                if entries.count > 16, entries.count > 2 * positions.count { compact() }
            }
        }
    }

    subscript(name: String) -> ScriptValue? {
        get { self[.string(name)] }
        set { self[.string(name)] = newValue }
    }

    /// In order.
    var pairs: [(key: Key, value: ScriptValue)] { entries.compactMap { $0 } }

    func removeAll() {
        positions = [:]
        entries = []
    }

    private func compact() {
        let kept = pairs
        entries = kept.map { $0 }
        positions = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1.key, $0) })
    }
}

extension ScriptMap.Key {
    /// - Throws: for a value that is no key here: a list, a map, an object.
    init(_ value: ScriptValue) throws(ScriptFault) {
        switch value {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .int(let value): self = .integer(Int64(value))
        case .long(let value): self = .integer(value)
        case .float(let value): self = .double(Double(value))
        case .double(let value): self = .double(value)
        case .char(let value): self = .char(value)
        case .string(let value): self = .string(value)
        case .list, .map: throw .unusableValue(value.typeName)
        case .object(let object): self = .string(object.text)
        }
    }

    var value: ScriptValue {
        switch self {
        case .null: .null
        case .bool(let value): .bool(value)
        case .integer(let value): Int32(exactly: value).map { .int($0) } ?? .long(value)
        case .double(let value): .double(value)
        case .char(let value): .char(value)
        case .string(let value): .string(value)
        }
    }
}
