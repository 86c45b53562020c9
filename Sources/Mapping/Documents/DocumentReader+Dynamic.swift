internal import JSON

extension DocumentReader {
    /// Float arrays of these lengths become vectors.
    static let dynamicVectorDimensions = 128...DenseVectorOptions.maximumDimensions
    private static let dynamicKeywordLimit = 256

    /// A value that the mapping does not know: it is added, left out or refused.
    mutating func readUnmapped(_ value: JSONElement, _ context: Context) throws(DocumentParsingError) {
        guard !value.isNull, !isLenient else { return }
        if context.dynamic == .runtime { return try addRuntime(value, context) }
        if value.object != nil {
            guard let object = try addObject(context) else { return }
            return try readObject(value, object, context)
        }
        if let array = value.array {
            guard context.dynamic == .adding, isVector(array) else {
                // The first element that is no null adds the field; the others are read by it.
                for element in array {
                    try read(element, node: additions[context.path], context)
                }
                return
            }
            let node = MappingNode.field(FieldMapping(type: .denseVector(DenseVectorOptions())))
            guard try count(node) else { return }
            additions[context.path] = node
            return try read(value, node: additions[context.path], context)
        }
        guard let type = detectedType(value), let node = try add(type, value, context) else { return }
        try read(value, node: node, context)
    }

    /// Adds an object field, if dynamic mapping does so here; nil where it is left out.
    mutating func addObject(_ context: Context) throws(DocumentParsingError) -> ObjectMapping? {
        guard try allowsAddition(context) else { return nil }
        let node = try templateNode(.object, context) ?? .object(ObjectMapping())
        guard try count(node) else { return nil }
        additions[context.path] = node
        guard case .object(let object) = node else { throw .concreteValueForObject(field: context.path) }
        return object
    }

    private mutating func add(
        _ type: DynamicTemplate.DetectedType, _ value: JSONElement, _ context: Context
    ) throws(DocumentParsingError) -> MappingNode? {
        guard try allowsAddition(context) else { return nil }
        let node: MappingNode
        if let templated = try templateNode(type, context) {
            node = templated
        } else {
            node = try bound(.field(defaultField(type, value)), context)
        }
        guard try count(node) else { return nil }
        additions[context.path] = node
        return node
    }

    /// Counts a field that is to be added.
    ///
    /// - Returns: false where it is left out because of the limit.
    /// - Throws: `MappingError.tooManyNewFields`, where it is not.
    mutating func count(_ node: MappingNode) throws(DocumentParsingError) -> Bool {
        var new = addedCount + 1
        if case .field(let field) = node { new += field.fields.count }
        guard mapping.fieldCount + new > mapping.limits.fields else {
            addedCount = new
            return true
        }
        if mapping.limits.ignoresFieldsBeyond { return false }
        throw .mapping(.tooManyNewFields(new, limit: mapping.limits.fields))
    }

    private func allowsAddition(_ context: Context) throws(DocumentParsingError) -> Bool {
        if isLenient || mapping.runtime[context.path] != nil { return false }
        switch context.dynamic {
        case .adding: return true
        case .ignoring, .runtime: return false
        case .strict:
            throw .strictDynamicMapping(field: context.name, object: context.object.isEmpty ? "_doc" : context.object)
        }
    }

    func templateNode(
        _ type: DynamicTemplate.DetectedType, _ context: Context
    ) throws(DocumentParsingError) -> MappingNode? {
        let template: DynamicTemplate?
        if let name = templates[context.path] {
            template = mapping.dynamic.templates.first { $0.name == name }
            guard template != nil else { throw .unknownDynamicTemplate(name: name, field: context.path) }
        } else {
            template = mapping.dynamic.templates.first {
                $0.matches(name: context.name, path: context.path, type: type)
            }
        }
        guard let template else { return nil }
        let node: MappingNode
        do {
            node = try template.node(name: context.name, type: type, path: context.path)
        } catch {
            throw .mapping(error)
        }
        return try bound(node, context)
    }

    /// With the analyzers of the index.
    private func bound(_ node: MappingNode, _ context: Context) throws(DocumentParsingError) -> MappingNode {
        guard let analysis = mapping.analysis else { return node }
        var node = node
        do {
            try node.bind(to: analysis, mapping.environment.similarities, name: context.name)
        } catch {
            throw .mapping(error)
        }
        return node
    }

    private func isVector(_ array: JSONArray) -> Bool {
        var count = 0
        for element in array {
            guard element.kind == .double else { return false }
            count += 1
        }
        return Self.dynamicVectorDimensions.contains(count)
    }

    func detectedType(_ value: JSONElement) -> DynamicTemplate.DetectedType? {
        switch value.kind {
        case .boolean: .boolean
        case .integer, .unsigned: .long
        case .double: .double
        case .string: detectedType(ofText: value.string ?? "")
        case .object, .array, .null: nil
        }
    }

    private func detectedType(ofText text: String) -> DynamicTemplate.DetectedType {
        // Plain numbers would read as years.
        if mapping.dynamic.dateDetection != false, Double(text) == nil, detectedDateFormat(text) != nil { return .date }
        if mapping.dynamic.numericDetection == true {
            if Int64(text) != nil { return .long }
            if Double(text)?.isFinite == true { return .double }
        }
        return .string
    }

    func detectedDateFormat(_ text: String) -> String? {
        // Cheap refusal first: every date begins with a digit in the default formats.
        let formats = mapping.dynamic.dateFormats
        if formats == nil, text.utf8.first.map({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }) != true {
            return nil
        }
        return (formats ?? DynamicSettings.defaultDateFormats).first { pattern in
            DateFormat.cached(pattern)?.milliseconds(text) != nil
        }
    }

    private func defaultField(_ type: DynamicTemplate.DetectedType, _ value: JSONElement) -> FieldMapping {
        switch type {
        case .boolean: return FieldMapping(type: .boolean)
        case .long: return FieldMapping(type: .number(.long))
        case .double: return FieldMapping(type: .number(.float))
        case .date:
            let pattern = detectedDateFormat(value.string ?? "")
            guard let pattern, pattern != DynamicSettings.defaultDateFormats[0], let format = DateFormat.cached(pattern)
            else { return FieldMapping(type: .date(.standard)) }
            return FieldMapping(type: .date(format), parameters: ["format": .string(pattern)])
        case .string, .object, .binary:
            let keyword = FieldMapping(
                type: .keyword(KeywordOptions(ignoreAbove: Self.dynamicKeywordLimit)),
                parameters: ["ignore_above": .int(Self.dynamicKeywordLimit)])
            return FieldMapping(type: .text, fields: ["keyword": keyword])
        }
    }

    /// The additions as a mapping of their own, or nil if there are none.
    func mappingUpdate() throws(DocumentParsingError) -> Mapping? {
        guard !additions.isEmpty || !runtimeAdditions.isEmpty else { return nil }
        var root = ObjectMapping()
        do {
            for (path, node) in additions.sorted(by: { $0.key < $1.key }) {
                let names = mapping.names(on: path, additions: additions)
                var wrapped = node
                for depth in names.indices.dropFirst().reversed() {
                    let object = ObjectMapping(
                        properties: [names[depth]: wrapped], nested: nesting(at: names[..<depth].joined(separator: ".")))
                    wrapped = .object(object)
                }
                try root.merge(name: names[0], wrapped, path: "")
            }
            return try Mapping(
                MappingDefinition(root: root, runtime: try RuntimeFields(ofTypes: runtimeAdditions)), in: .unbound)
        } catch {
            throw .mapping(error)
        }
    }
}

extension DocumentReader {
    /// Whether the object at a path is nested, as the mapping or this document has it.
    private func nesting(at path: String) -> NestedOptions? {
        if case .object(let added)? = additions[path] { return added.nested }
        return mapping.isNested(path) ? mapping.object(path)?.nested : nil
    }
}

extension DateFormat {
    private static let detection: [String: DateFormat] = Dictionary(
        uniqueKeysWithValues: DynamicSettings.defaultDateFormats.compactMap { pattern in
            DateFormat(pattern).map { (pattern, $0) }
        })

    /// The default detection formats are compiled once.
    fileprivate static func cached(_ pattern: String) -> DateFormat? { detection[pattern] ?? DateFormat(pattern) }
}
