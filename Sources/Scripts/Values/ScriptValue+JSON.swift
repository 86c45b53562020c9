internal import JSON

extension ScriptValue {
    /// A value as JSON reads: whole numbers are `int` where they fit.
    init(_ json: JSONValue, isFrozen: Bool = false) {
        switch json {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .int(let value): self = Int32(exactly: value).map { .int($0) } ?? .long(Int64(value))
        case .unsigned(let value): self = .double(Double(value))
        case .double(let value): self = .double(value)
        case .float(let value): self = .double(Double(value))
        case .string(let value): self = .string(value)
        case .array(let values):
            self = .list(ScriptList(values.map { ScriptValue($0, isFrozen: isFrozen) }, isFrozen: isFrozen))
        case .floats(let values): self = .list(ScriptList(values.map { .double(Double($0)) }, isFrozen: isFrozen))
        case .object(let members):
            let map = ScriptMap(isFrozen: isFrozen, members.map { (.string($0.key), ScriptValue($0.value, isFrozen: isFrozen)) })
            self = .map(map)
        case .raw(let bytes):
            let document = try? JSONDocument(parsing: bytes)
            self = document.map { ScriptValue(JSONValue($0.root), isFrozen: isFrozen) } ?? .null
        }
    }

    /// This value as JSON.
    ///
    /// - Throws: for a value that contains itself, or is too large written out.
    func json(_ budget: Budget, depth: Int = 0) throws(ScriptFault) -> JSONValue {
        switch self {
        case .null: return .null
        case .bool(let value): return .bool(value)
        case .int(let value): return .int(Int(value))
        case .long(let value): return .int(Int(value))
        case .float(let value): return value.isFinite ? .float(value) : .string(try text(budget))
        case .double(let value): return value.isFinite ? .double(value) : .string(try text(budget))
        case .char, .object: return try objectJSON(budget, depth: depth)
        case .string(let value):
            try budget.charge(bytes: 0, copying: value.utf8.count)
            return .string(value)
        case .list(let list):
            // As deep as JSON is read.
            guard depth < JSONDocument.maximumDepth else { throw containsItself ? .selfReferencing : .callsTooDeep }
            var values: [JSONValue] = []
            for element in list.elements {
                try budget.charge(1)
                values.append(try element.json(budget, depth: depth + 1))
            }
            return .array(values)
        case .map(let map):
            guard depth < JSONDocument.maximumDepth else { throw containsItself ? .selfReferencing : .callsTooDeep }
            var members: [(String, JSONValue)] = []
            for (key, value) in map.pairs {
                try budget.charge(1)
                members.append((try key.value.text(budget), try value.json(budget, depth: depth + 1)))
            }
            return .object(JSONMembers(members))
        }
    }

    /// Whether a list or map stands in itself.
    ///
    /// - Complexity: O(values).
    var containsItself: Bool {
        var open: Set<ObjectIdentifier> = [], done: Set<ObjectIdentifier> = []
        // An entry that closes comes after all that stands in it.
        var path: [(value: ScriptValue, closes: ObjectIdentifier?)] = [(self, nil)]
        while let (value, closes) = path.popLast() {
            if let closes {
                open.remove(closes)
                done.insert(closes)
                continue
            }
            let inner: [ScriptValue], identity: ObjectIdentifier
            switch value {
            case .list(let list): (inner, identity) = (list.elements, ObjectIdentifier(list))
            case .map(let map): (inner, identity) = (map.pairs.map(\.value), ObjectIdentifier(map))
            default: continue
            }
            if open.contains(identity) { return true }
            if done.contains(identity) { continue }
            open.insert(identity)
            path.append((.null, identity))
            path.append(contentsOf: inner.map { ($0, nil) })
        }
        return false
    }

    private func objectJSON(_ budget: Budget, depth: Int) throws(ScriptFault) -> JSONValue {
        if case .object(let object) = self, let list = object as? FieldValuesObject {
            var values: [JSONValue] = []
            for element in list.values { values.append(try element.json(budget, depth: depth + 1)) }
            return .array(values)
        }
        if case .object(let object) = self, let point = object as? PointObject {
            return ["lat": .double(point.latitude), "lon": .double(point.longitude)]
        }
        if case .object(let object) = self, let date = object as? DateObject, date.style == .zoned || date.style == .instant,
            let pattern = DatePatternObject("yyyy-MM-dd'T'HH:mm:ss.SSSXXX")
        {
            return .string(pattern.format(date))
        }
        return .string(try text(budget))
    }
}
