/// `field('a.b')` of scripts that change a document: a place in its source, which need not be there.
///
/// Source: https://www.elastic.co/docs/explore-analyze/scripting/script-fields-api
final class WriteFieldObject: ScriptObject {
    private var path: String
    private let root: ScriptMap

    /// - Throws: for a path that is empty, or has an empty part.
    init(_ path: String, in root: ScriptMap) throws(ScriptFault) {
        (self.path, self.root) = (path, root)
        guard !path.isEmpty, !path.hasPrefix("."), !path.hasSuffix("."), !path.contains("..") else {
            throw .thrown(type: "IllegalArgumentException", message: "path has an empty segment [\(path)]")
        }
    }

    let typeName = "org.elasticsearch.script.field.WriteField"
    var text: String { "[\(path)]" }

    // MARK: The place

    /// The innermost map on the way, and what is left of the path there: names with dots may be written as such.
    private var place: (map: ScriptMap, name: String) {
        var map = root, rest = Substring(path)
        while let dot = rest.firstIndex(of: "."), case .map(let inner)? = map[String(rest[..<dot])] {
            map = inner
            rest = rest[rest.index(after: dot)...]
        }
        return (map, String(rest))
    }

    private var value: ScriptValue? { place.map[place.name] }

    private var values: [ScriptValue] {
        switch value {
        case nil, .null?: []
        case .list(let list)?: list.elements
        case let value?: [value]
        }
    }

    private func put(_ value: ScriptValue, _ run: Interpreter) throws(ScriptFault) {
        let place = place
        if place.map[place.name] != nil { return try run.put(.string(place.name), value, in: place.map) }
        var map = root
        let names = path.split(separator: ".").map(String.init)
        for name in names.dropLast() {
            switch map[name] {
            case .map(let inner)?: map = inner
            case nil, .null?:
                let inner = ScriptMap()
                try run.put(.string(name), try run.adopt(inner), in: map)
                map = inner
            case let other?:
                throw .thrown(
                    type: "IllegalArgumentException",
                    message: "Segment [\(name)] has value [\(try other.text(run.budget))] of type [\(other.typeName)]")
            }
        }
        try run.put(.string(names.last ?? path), value, in: map)
    }

    private func putAll(_ values: [ScriptValue], _ run: Interpreter) throws(ScriptFault) {
        try put(try run.makeList(values), run)
    }

    private func remove() {
        let place = place
        place.map[place.name] = nil
    }

    // MARK: Calls

    func elements(_ run: Interpreter) throws(ScriptFault) -> [ScriptValue]? { values }

    func call(_ name: String, _ arguments: [ScriptValue], _ run: Interpreter) throws(ScriptFault) -> ScriptValue? {
        if let value = try reading(name, arguments, run) { return value }
        return try changing(name, arguments, run)
    }

    private func reading(_ name: String, _ arguments: [ScriptValue], _ run: Interpreter) throws(ScriptFault) -> ScriptValue? {
        switch (name, arguments.count) {
        case ("getName", 0): return .string(path)
        case ("exists", 0): return .bool(value != nil)
        case ("isEmpty", 0): return .bool(values.isEmpty)
        case ("size", 0): return .int(Int32(clamping: values.count))
        case ("get", 1): return values.first ?? arguments[0]
        case ("get", 2):
            let index = try run.index(arguments[0])
            return values.indices.contains(index) ? values[index] : arguments[1]
        case ("hasValue", 1):
            let function = try function(arguments[0], name)
            for value in values where try holds(function, value, run) { return .bool(true) }
            return .bool(false)
        case ("doc", 0): return .object(NestedDocumentObject(try document(run)))
        default: return nil
        }
    }

    private func changing(_ name: String, _ arguments: [ScriptValue], _ run: Interpreter) throws(ScriptFault) -> ScriptValue? {
        switch (name, arguments.count) {
        case ("set", 1): try put(arguments[0], run)
        case ("append", 1): try putAll(values + arguments, run)
        case ("transform", 1):
            let function = try function(arguments[0], name)
            if case .list? = value {
                var changed: [ScriptValue] = []
                for element in values { changed.append(try run.call(function, [element])) }
                try putAll(changed, run)
            } else if let value {
                try put(try run.call(function, [value]), run)
            }
        case ("deduplicate", 0):
            if case .list? = value {
                var kept: [ScriptValue] = []
                for element in values where try run.position(of: element, in: ScriptList(kept)) == nil { kept.append(element) }
                try putAll(kept, run)
            }
        case ("remove", 0): remove()
        case ("remove", 1):
            var kept = values
            let index = try run.index(arguments[0])
            if kept.indices.contains(index) { kept.remove(at: index) }
            if case .list? = value { try putAll(kept, run) } else if kept.isEmpty { remove() }
        case ("removeIf", 1):
            let function = try function(arguments[0], name)
            var kept: [ScriptValue] = []
            for element in values where !(try holds(function, element, run)) { kept.append(element) }
            if case .list? = value { try putAll(kept, run) } else if kept.isEmpty { remove() }
        case ("move", 1), ("overwrite", 1):
            let target = try WriteFieldObject(try arguments[0].text(run.budget), in: root)
            if name == "move", target.value != nil {
                throw .thrown(type: "IllegalArgumentException", message: "Cannot move to non-empty destination [\(target.path)]")
            }
            let moved = value
            remove()
            if let moved { try target.put(moved, run) } else { target.remove() }
            path = target.path
        default: return nil
        }
        return .object(self)
    }

    private func function(_ value: ScriptValue, _ name: String) throws(ScriptFault) -> FunctionObject {
        guard case .object(let object) = value, let function = object as? FunctionObject else {
            throw .unknownMethod(type: typeName, name: name, arguments: 1)
        }
        return function
    }

    private func holds(_ function: FunctionObject, _ value: ScriptValue, _ run: Interpreter) throws(ScriptFault) -> Bool {
        guard case .bool(let holds) = try run.call(function, [value]) else { throw .cannotCast(from: "def", to: "boolean") }
        return holds
    }

    /// The object there, made where there is none.
    private func document(_ run: Interpreter) throws(ScriptFault) -> ScriptMap {
        switch value {
        case .map(let map)?: return map
        case .list(let list)?:
            if case .map(let map)? = list.elements.first { return map }
        case nil, .null?:
            let map = ScriptMap()
            try put(try run.adopt(map), run)
            return map
        default: break
        }
        throw .thrown(type: "IllegalStateException", message: "cannot create child, path [\(path)] is not a map or a list of maps")
    }
}

/// `field('a').doc()`: an object within a document, whose fields are found from there.
final class NestedDocumentObject: ScriptObject {
    private let map: ScriptMap

    init(_ map: ScriptMap) { self.map = map }

    let typeName = "org.elasticsearch.script.field.NestedDocument"
    var text: String { "document" }

    func call(_ name: String, _ arguments: [ScriptValue], _ run: Interpreter) throws(ScriptFault) -> ScriptValue? {
        switch (name, arguments.count) {
        case ("field", 1): .object(try WriteFieldObject(try arguments[0].text(run.budget), in: map))
        case ("isEmpty", 0): .bool(map.count == 0)
        case ("size", 0): .int(Int32(clamping: map.count))
        default: nil
        }
    }
}
