public import JSON

extension Mapping {
    /// Reads `mappings` as a client sends it.
    ///
    /// Strict: a parameter that Elasticsearch does not know is refused. Dotted property names become objects.
    ///
    /// - Parameters:
    ///   - environment: `unbound` if the index is not known yet, for a mapping that is going to be merged into those of indices.
    ///   - checksLimits: as `bound(to:checksLimits:)`.
    /// - Throws: `MappingError`.
    public init(
        decoding element: JSONElement, in environment: MappingEnvironment = MappingEnvironment(), checksLimits: Bool = true
    ) throws(MappingError) {
        try self.init(MappingDefinition(decoding: element), in: environment, checksLimits: checksLimits)
    }
}

extension MappingDefinition {
    init(decoding element: JSONElement) throws(MappingError) {
        guard let members = element.object else { throw .notAnObject(field: "") }
        // What properties are read as depends on them.
        root.subobjects = try ObjectMapping.subobjects(members["subobjects"])
        root.dynamic = try members["dynamic"].map { value throws(MappingError) in try ObjectMapping.Dynamic(value, field: "_doc") }
        for (key, value) in members {
            switch key {
            case "subobjects", "dynamic": break
            case "runtime": runtime = try RuntimeFields(decoding: value)
            case "properties": try root.addProperties(value, path: "", depth: 1)
            case "enabled": root.isEnabled = try boolean(value, key, field: "_doc")
            case "_source": source = try SourceMapping(decoding: value)
            case "_routing": routingRequired = try Self.routing(value)
            case "_meta": meta = JSONValue(value)
            case "date_detection": dynamic.dateDetection = try boolean(value, key, field: "_doc")
            case "numeric_detection": dynamic.numericDetection = try boolean(value, key, field: "_doc")
            case "dynamic_date_formats":
                dynamic.dateFormats = try strings(value, key, field: "_doc")
                for pattern in dynamic.dateFormats ?? [] {
                    guard DateFormat(pattern) != nil else { throw .invalidDateFormat(pattern, field: "_doc") }
                }
            case "dynamic_templates": dynamic.templates = try DynamicTemplate.list(decoding: value)
            default: throw .unknownRootParameter(name: key, value: JSONValue(value))
            }
        }
    }

    private static func routing(_ element: JSONElement) throws(MappingError) -> Bool? {
        guard let members = element.object else { throw .notAnObject(field: "_routing") }
        var required: Bool?
        for (key, value) in members {
            guard key == "required" else {
                throw .unknownParameter(name: key, field: "_routing", type: "_routing")
            }
            required = try boolean(value, key, field: "_routing")
        }
        return required
    }
}

private func boolean(_ element: JSONElement, _ name: String, field: String) throws(MappingError) -> Bool {
    let parameter = MappingParameter(name, .boolean(default: nil))
    return try parameter.canonicalValue(of: element, field: field, type: "object") == .bool(true)
}

private func strings(_ element: JSONElement, _ name: String, field: String) throws(MappingError) -> [String] {
    let parameter = MappingParameter(name, .strings)
    return try parameter.canonicalValue(of: element, field: field, type: "object").array?.compactMap(\.string) ?? []
}

extension ObjectMapping.Dynamic {
    init(_ element: JSONElement, field: String) throws(MappingError) {
        let text = element.string ?? element.bool.map { String($0) }
        guard let text, let value = Self(rawValue: text) else {
            throw .unknownParameterValue(
                name: "dynamic", field: field, value: text ?? element.kind.rawValue,
                accepted: ["true", "false", "strict", "runtime"])
        }
        self = value
    }
}

extension SourceMapping {
    init(decoding element: JSONElement) throws(MappingError) {
        guard let members = element.object else { throw .notAnObject(field: "_source") }
        self.init()
        for (key, value) in members {
            switch key {
            case "enabled": isEnabled = try boolean(value, key, field: "_source")
            case "mode":
                let parameter = MappingParameter(key, .oneOf(["disabled", "stored", "synthetic"], default: "stored"))
                mode = try parameter.canonicalValue(of: value, field: "_source", type: "_source").string
                if mode == "disabled" { isEnabled = false }
            case "includes": includes = try strings(value, key, field: "_source")
            case "excludes": excludes = try strings(value, key, field: "_source")
            default: throw .unknownParameter(name: key, field: "_source", type: "_source")
            }
        }
    }
}

extension ObjectMapping {
    /// An object's definition: `properties`, `dynamic`, `enabled`.
    init(decoding members: JSONObject, path: String, depth: Int) throws(MappingError) {
        guard depth <= Mapping.maximumDepth else { throw .tooDeep(limit: Mapping.maximumDepth, object: path) }
        self.init()
        let isNested = members["type"]?.string == "nested"
        if isNested { nested = NestedOptions() }
        if !isNested { subobjects = try Self.subobjects(members["subobjects"]) }
        dynamic = try members["dynamic"].map { value throws(MappingError) in try Dynamic(value, field: path) }
        for (key, value) in members {
            switch key {
            case "type", "dynamic": break
            case "subobjects" where !isNested: break
            case "include_in_parent" where isNested:
                nested?.isIncludedInParent = try boolean(value, key, field: path)
            case "include_in_root" where isNested: nested?.isIncludedInRoot = try boolean(value, key, field: path)
            case "properties": try addProperties(value, path: path, depth: depth)
            case "enabled": isEnabled = try boolean(value, key, field: path)
            default: throw .unknownParameter(name: key, field: path, type: isNested ? "nested" : "object")
            }
        }
    }

    /// `auto` is known to Elasticsearch's snapshots alone.
    static func subobjects(_ element: JSONElement?) throws(MappingError) -> Bool? {
        guard let element, !element.isNull else { return nil }
        guard let value = element.bool ?? element.string.flatMap({ Bool($0.lowercased()) }) else {
            throw .unknownSubobjects(JSONValue(element))
        }
        return value
    }

    /// Adds the members of a `properties` object, which may be an empty array as some clients send it.
    mutating func addProperties(_ element: JSONElement, path: String, depth: Int) throws(MappingError) {
        if let array = element.array, array.isEmpty { return }
        guard let members = element.object else { throw .notAnObject(field: path) }
        for (name, value) in members {
            let full = path.isEmpty ? name : path + "." + name
            let names = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            guard names.allSatisfy({ part in part.contains { !$0.isWhitespace } }) else {
                throw .invalidFieldName(full)
            }
            guard let definition = value.object else { throw .notAnObject(field: full) }
            let node = try MappingNode(decoding: definition, path: full, depth: depth + (isFlat ? 0 : names.count - 1))
            if isFlat {
                try mergeFlat(name: name, node, path: path, dynamic: dynamic ?? .adding)
                continue
            }
            let wrapped = names.dropFirst().reversed().reduce(node) { .object(ObjectMapping(properties: [$1: $0])) }
            try merge(name: names[0], wrapped, path: path)
        }
    }
}

extension MappingNode {
    init(decoding members: JSONObject, path: String, depth: Int) throws(MappingError) {
        let type = members["type"]?.string
        if type == "object" || type == "nested" || (type == nil && members["type"] == nil && members["properties"] != nil) {
            self = .object(try ObjectMapping(decoding: members, path: path, depth: depth + 1))
        } else if let type {
            self = .field(try FieldMapping(decoding: members, typeName: type, path: path, allowsFields: true))
        } else if members.isEmpty || members["dynamic"] != nil || members["enabled"] != nil {
            self = .object(try ObjectMapping(decoding: members, path: path, depth: depth + 1))
        } else {
            throw .missingType(field: path)
        }
    }
}

extension FieldMapping {
    /// - Parameter allowsFields: false inside `fields`: multi-fields have none of their own.
    init(decoding members: JSONObject, typeName: String, path: String, allowsFields: Bool) throws(MappingError) {
        let name = path.split(separator: ".").last.map(String.init) ?? path
        guard let table = MappingParameter.table(ofType: typeName) else { throw .unknownType(typeName, field: name) }
        var values: [String: JSONValue] = [:]
        var fields: [String: FieldMapping] = [:]
        for (key, value) in members where key != "type" {
            if key == "fields", allowsFields {
                fields = try Self.multiFields(decoding: value, path: path)
                continue
            }
            guard let parameter = table.first(where: { $0.name == key }) else {
                throw .unknownParameter(name: key, field: name, type: typeName)
            }
            if parameter.acceptsNull, value.isNull { continue }
            values[key] = try parameter.canonicalValue(of: value, field: name, type: typeName)
        }
        TypeRegistry.entries[typeName]?.complete(&values)
        try self.init(typeName: typeName, values: values, table: table, fields: fields, name: name)
    }

    private static func multiFields(decoding element: JSONElement, path: String) throws(MappingError) -> [String:
        FieldMapping]
    {
        if let array = element.array, array.isEmpty { return [:] }
        guard let members = element.object else { throw .notAnObject(field: path) }
        var fields: [String: FieldMapping] = [:]
        for (name, value) in members {
            let full = path + "." + name
            guard !name.isEmpty, !name.contains(".") else { throw .invalidFieldName(full) }
            guard let definition = value.object else { throw .notAnObject(field: full) }
            guard let type = definition["type"]?.string else { throw .missingType(field: full) }
            fields[name] = try FieldMapping(decoding: definition, typeName: type, path: full, allowsFields: false)
        }
        return fields
    }

    /// Builds the typed options from canonical parameters and keeps those that differ from their defaults, or from what the index may say.
    init(
        typeName: String, values: [String: JSONValue], table: [MappingParameter], fields: [String: FieldMapping],
        name: String
    ) throws(MappingError) {
        let type = try FieldType(name: typeName, values: values, field: name)
        var kept = JSONMembers()
        for parameter in table {
            guard let value = values[parameter.name], parameter.keepsDefault || value != parameter.defaultValue else { continue }
            kept[parameter.name] = value
        }
        self.init(type: type, parameters: kept, fields: fields)
    }
}
