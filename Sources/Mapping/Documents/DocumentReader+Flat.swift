internal import JSON

/// Objects whose `subobjects` is false: what is below one is named by the whole rest of its path.
extension DocumentReader {
    /// A member of such an object; of an object in it, its members under its name.
    ///
    /// - Parameter name: the name below the object, with dots.
    mutating func readFlat(
        _ name: String, _ value: JSONElement, of object: ObjectMapping, path: String, depth: Int, dynamic: ObjectMapping.Dynamic
    ) throws(DocumentParsingError) {
        let full = path.isEmpty ? name : path + "." + name
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ part in part.contains { !$0.isWhitespace } }) else { throw .invalidFieldName(full) }
        let context = Context(name: name, path: full, object: path, depth: depth, dynamic: dynamic)
        let node = object.properties[name] ?? additions[full]
        if case .field(let field)? = node, !field.takesObjects, value.holdsObject {
            return try flattening(value, context, of: object) { (reader, element) throws(DocumentParsingError) in
                try reader.readField(element, field, context)
            }
        }
        guard node == nil, value.holdsObject, !isLenient || object.hasProperty(below: name) else {
            return try read(value, node: node, context)
        }
        if object.hasProperty(below: name) {
            return try flattening(value, context, of: object) { (reader, element) throws(DocumentParsingError) in
                try reader.readFlat(name, element, of: object, path: path, depth: depth, dynamic: dynamic)
            }
        }
        switch dynamic {
        case .ignoring: return
        case .strict: throw .strictDynamicMapping(field: name, object: path.isEmpty ? "_doc" : path)
        case .adding, .runtime: break
        }
        switch try templateNode(.object, context) {
        case .object(let added)? where added.nested != nil:
            throw .mapping(.nestedInFlat(name: name, object: path.isEmpty ? "_doc" : path))
        case .field(let field)?:
            guard try count(.field(field)) else { return }
            additions[full] = .field(field)
            try readField(value, field, context)
        case .object?, nil:
            try flattening(value, context, of: object) { (reader, element) throws(DocumentParsingError) in
                try reader.readFlat(name, element, of: object, path: path, depth: depth, dynamic: dynamic)
            }
        }
    }

    /// Reads the members of objects as members of the object around them, and hands on what is no object.
    private mutating func flattening(
        _ value: JSONElement, _ context: Context, of object: ObjectMapping,
        _ other: (inout DocumentReader, JSONElement) throws(DocumentParsingError) -> Void
    ) throws(DocumentParsingError) {
        if let array = value.array {
            for element in array { try flattening(element, context, of: object, other) }
        } else if let members = value.object {
            guard context.depth < mapping.limits.depth, context.depth < Mapping.maximumDepth else {
                throw .mapping(.tooDeep(limit: mapping.limits.depth, object: context.path))
            }
            if let key = members.duplicateKey { throw .duplicateKey(key) }
            for (key, member) in members {
                try readFlat(
                    context.name + "." + key, member, of: object, path: context.object, depth: context.depth + 1,
                    dynamic: context.dynamic)
            }
        } else {
            try other(&self, value)
        }
    }
}

extension ObjectMapping {
    /// Whether there is a property whose name begins with another's and a dot.
    fileprivate func hasProperty(below name: String) -> Bool {
        let prefix = name + "."
        return properties.keys.contains { $0.hasPrefix(prefix) }
    }
}

extension FieldMapping {
    /// Whether an object is a value of the field.
    fileprivate var takesObjects: Bool {
        switch type {
        case .geoPoint: true
        case .served(let served): served.definition.takesObjects
        case .keyword, .text, .number, .boolean, .date, .denseVector: false
        }
    }
}

extension JSONElement {
    /// Whether it is an object, or an array with one in it.
    fileprivate var holdsObject: Bool { object != nil || array?.contains { $0.holdsObject } == true }
}
