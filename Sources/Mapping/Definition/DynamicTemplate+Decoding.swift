internal import Analysis
internal import JSON

extension DynamicTemplate {
    /// Reads `dynamic_templates`: a list of objects of one key each, the template's name.
    static func list(decoding element: JSONElement) throws(MappingError) -> [DynamicTemplate] {
        guard let array = element.array else {
            throw .invalidDynamicTemplate(name: "", problem: .notASingleKeyObject)
        }
        var templates: [DynamicTemplate] = []
        for entry in array {
            guard let members = entry.object, members.count == 1,
                let (name, definition) = members.first(where: { _ in true })
            else { throw .invalidDynamicTemplate(name: "", problem: .notASingleKeyObject) }
            templates.append(try DynamicTemplate(name: name, decoding: definition))
        }
        return templates
    }

    private init(name: String, decoding element: JSONElement) throws(MappingError) {
        guard let members = element.object else {
            throw .invalidDynamicTemplate(name: name, problem: .notASingleKeyObject)
        }
        self.init(
            name: name, match: [], unmatch: [], pathMatch: [], pathUnmatch: [], mapping: [:],
            definition: JSONValue(element))
        var hasMapping = false, isRegex = false
        for (key, value) in members {
            switch key {
            case "match": match = try Self.patterns(value, key, template: name)
            case "unmatch": unmatch = try Self.patterns(value, key, template: name)
            case "path_match": pathMatch = try Self.patterns(value, key, template: name)
            case "path_unmatch": pathUnmatch = try Self.patterns(value, key, template: name)
            case "match_mapping_type": matchedTypes = try Self.types(value, template: name)
            case "unmatch_mapping_type": unmatchedTypes = try Self.types(value, template: name) ?? Set(DetectedType.allCases)
            case "match_pattern":
                isRegex = value.string == "regex"
                guard value.string == "simple" || isRegex else {
                    throw .invalidDynamicTemplate(
                        name: name, problem: .unsupportedPatternSyntax(value.string ?? value.kind.rawValue))
                }
            case "mapping":
                guard let object = JSONValue(value).object else {
                    throw .invalidDynamicTemplate(name: name, problem: .malformedParameter(key))
                }
                mapping = object
                hasMapping = true
            default: throw .invalidDynamicTemplate(name: name, problem: .unknownParameter(key))
            }
        }
        if isRegex {
            var expressions: [String: WholePattern] = [:]
            for pattern in match + unmatch + pathMatch + pathUnmatch {
                do {
                    expressions[pattern] = try WholePattern(pattern)
                } catch {
                    throw .invalidDynamicTemplate(name: name, problem: .malformedPattern(pattern))
                }
            }
            self.expressions = expressions
        }
        // Without a condition it is for those who ask for it by name.
        if match.isEmpty, pathMatch.isEmpty, members["match_mapping_type"] == nil, members["unmatch_mapping_type"] == nil {
            matchedTypes = []
        }
        guard hasMapping else { throw .invalidDynamicTemplate(name: name, problem: .missingMapping) }
        try validate()
    }

    private static func patterns(
        _ element: JSONElement, _ key: String, template: String
    ) throws(MappingError) -> [String] {
        if let text = element.string { return [text] }
        guard let array = element.array, array.allSatisfy({ $0.string != nil }) else {
            throw .invalidDynamicTemplate(name: template, problem: .malformedParameter(key))
        }
        return array.compactMap(\.string)
    }

    private static func types(_ element: JSONElement, template: String) throws(MappingError) -> Set<DetectedType>? {
        let names = try patterns(element, "match_mapping_type", template: template)
        if names.contains("*") { return nil }
        var types: Set<DetectedType> = []
        for name in names {
            guard let type = DetectedType(rawValue: name) else {
                throw .invalidDynamicTemplate(name: template, problem: .unknownMappingType(name))
            }
            types.insert(type)
        }
        return types
    }

    /// Tries the mapping for one of its types, so that a template that could never work is refused at once.
    private func validate() throws(MappingError) {
        let type = matchedTypes?.sorted { $0.rawValue < $1.rawValue }.first ?? .string
        do {
            _ = try node(name: "__dynamic__" + name, type: type, path: "__dynamic__" + name)
        } catch {
            throw .invalidDynamicTemplate(name: name, problem: .invalidMapping(error))
        }
    }

    /// The mapping that this template gives to a field.
    func node(name: String, type: DetectedType, path: String) throws(MappingError) -> MappingNode {
        let filled = JSONValue.object(mapping).replacing(["{name}": name, "{dynamic_type}": type.mappedTypeName])
        var members = filled.object ?? [:]
        if members["type"] == nil, type != .object { members["type"] = .string(type.mappedTypeName) }
        // Round trip through text: definitions are decoded in one place, from a document.
        guard let document = try? JSONDocument(parsing: JSONValue.object(members).serialized()),
            let object = document.root.object
        else { throw .notAnObject(field: path) }
        return try MappingNode(decoding: object, path: path, depth: 1)
    }
}

extension JSONValue {
    fileprivate func replacing(_ replacements: [String: String]) -> JSONValue {
        switch self {
        case .string(let text): .string(replacements[text] ?? text)
        case .array(let values): .array(values.map { $0.replacing(replacements) })
        case .object(let members): .object(JSONMembers(members.map { ($0.key, $0.value.replacing(replacements)) }))
        case .null, .bool, .int, .unsigned, .double, .float, .floats, .raw: self
        }
    }
}
