internal import JSON

/// The state of one document's parse.
struct DocumentReader {
    let mapping: Mapping
    /// Names of dynamic templates by the paths of fields.
    var templates: [String: String] = [:]
    var isLenient = false
    /// Whether the document says which shard it goes to.
    var hasRouting = true
    /// The document as a whole.
    var root: JSONElement?
    /// Of the root, or of the nested object that is being read.
    var result = ParsedDocument()
    /// The objects that are being read around it, the root first.
    var enclosing: [ParsedDocument] = []
    /// The path of the nested object that is being read; empty: the root.
    var nestedPath = ""
    /// Nested objects that were read to their end, each after those in it.
    var nested: [NestedDocument] = []
    /// Nested objects that were begun.
    var nestedCount = 0
    /// What the document adds to the mapping, by path.
    var additions: [String: MappingNode] = [:]
    /// How many fields those are.
    var addedCount = 0
    var isCopying = false
    /// Fields of which a value was left out.
    var ignored: Set<String> = []
    /// The runtime fields that the document adds to the mapping: definitions, by path.
    var runtimeAdditions: [String: JSONValue] = [:]

    /// The most nested objects that the document may have.
    var nestedLimit: Int { isLenient ? .max : mapping.limits.nestedObjects }

    /// Whether a value of this field that cannot be read is left out.
    func ignoresMalformed(_ field: FieldMapping) -> Bool {
        if field.parameters["ignore_malformed"] != nil { return field.ignoresMalformed }
        return mapping.limits.ignoresMalformed
            && MappingParameter.table(ofType: field.type.name)?.contains { $0.name == "ignore_malformed" } == true
    }

    static let metadataFields: Set<String> = [
        "_id", "_index", "_routing", "_source", "_version", "_seq_no", "_primary_term", "_field_names", "_ignored",
        "_nested_path", "_tier", "_type", "_data_stream_timestamp", "_tsid",
    ]

    mutating func readMembers(
        _ members: JSONObject, of object: ObjectMapping, path: String, depth: Int, dynamic: ObjectMapping.Dynamic
    ) throws(DocumentParsingError) {
        guard depth <= mapping.limits.depth, depth <= Mapping.maximumDepth else {
            throw .mapping(.tooDeep(limit: mapping.limits.depth, object: path))
        }
        if let key = members.duplicateKey { throw .duplicateKey(key) }
        for (key, value) in members {
            if path.isEmpty, key == Self.documentCountField {
                try readDocumentCount(value)
                continue
            }
            if path.isEmpty, key.utf8.first == UInt8(ascii: "_"), Self.metadataFields.contains(key) {
                throw .metadataField(key)
            }
            try readMember(key, value, of: object, path: path, depth: depth, dynamic: dynamic)
        }
    }

    /// A member by its key, which may be a dotted path: its objects are entered, or added, one after the other.
    private mutating func readMember(
        _ key: String, _ value: JSONElement, of object: ObjectMapping, path: String, depth: Int,
        dynamic: ObjectMapping.Dynamic
    ) throws(DocumentParsingError) {
        let prefix = path.isEmpty ? "" : path + "."
        if object.isFlat { return try readFlat(key, value, of: object, path: path, depth: depth, dynamic: object.dynamic ?? dynamic) }
        guard let dot = key.firstIndex(of: ".") else {
            guard key.contains(where: { !$0.isWhitespace }) else { throw .invalidFieldName(prefix + key) }
            let context = Context(
                name: key, path: prefix + key, object: path, depth: depth, dynamic: object.dynamic ?? dynamic)
            return try read(value, node: object.properties[key] ?? additions[context.path], context)
        }
        let head = String(key[..<dot])
        let rest = String(key[key.index(after: dot)...])
        let full = prefix + head
        guard head.contains(where: { !$0.isWhitespace }), !rest.isEmpty else { throw .invalidFieldName(prefix + key) }
        guard depth < mapping.limits.depth else { throw .mapping(.tooDeep(limit: mapping.limits.depth, object: full)) }
        let inherited = object.dynamic ?? dynamic
        let child: ObjectMapping
        switch object.properties[head] ?? additions[full] {
        case .object(let known): child = known
        case .field: throw .concreteValueForObject(field: full)
        case nil:
            let context = Context(name: head, path: full, object: path, depth: depth, dynamic: inherited)
            if inherited == .runtime {
                let rest = Context(name: rest, path: prefix + key, object: full, depth: depth + 1, dynamic: inherited)
                return try addRuntime(value, rest)
            }
            guard !value.isNull, let added = try addObject(context) else { return }
            child = added
        }
        guard child.isEnabled else { return }
        if let options = child.nested, !isCopying {
            return try readNested(options, path: full) { reader throws(DocumentParsingError) in
                try reader.readMember(rest, value, of: child, path: full, depth: depth + 1, dynamic: inherited)
            }
        }
        try readMember(rest, value, of: child, path: full, depth: depth + 1, dynamic: inherited)
    }

    /// Where a value stands.
    struct Context {
        /// The last part of the path.
        var name: String
        var path: String
        /// The enclosing object's path.
        var object: String
        var depth: Int
        var dynamic: ObjectMapping.Dynamic
    }

    mutating func read(
        _ value: JSONElement, node: MappingNode?, _ context: Context
    ) throws(DocumentParsingError) {
        switch node {
        case .object(let object): try readObject(value, object, context)
        case .field(let field): try readField(value, field, context)
        case nil: try readUnmapped(value, context)
        }
    }

    mutating func readObject(
        _ value: JSONElement, _ object: ObjectMapping, _ context: Context
    ) throws(DocumentParsingError) {
        guard object.isEnabled, !value.isNull else { return }
        if let members = value.object {
            if let options = object.nested, !isCopying {
                return try readNested(options, path: context.path) { reader throws(DocumentParsingError) in
                    try reader.readMembers(
                        members, of: object, path: context.path, depth: context.depth + 1,
                        dynamic: object.dynamic ?? context.dynamic)
                }
            }
            try readMembers(
                members, of: object, path: context.path, depth: context.depth + 1,
                dynamic: object.dynamic ?? context.dynamic)
        } else if let array = value.array {
            for element in array { try readObject(element, object, context) }
        } else {
            throw .concreteValueForObject(field: context.path)
        }
    }

    /// Follows `copy_to`: the target reads the value as its own.
    mutating func copy(_ value: JSONElement, to targets: [String]) throws(DocumentParsingError) {
        guard !isCopying else { return }
        isCopying = true
        defer { isCopying = false }
        for target in targets {
            try copying(to: target) { reader throws(DocumentParsingError) in
                try reader.readMember(
                    target, value, of: reader.mapping.root, path: "", depth: 1, dynamic: reader.mapping.root.dynamic ?? .adding)
            }
        }
    }
}
