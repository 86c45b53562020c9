internal import FieldIndex
internal import JSON

/// `flattened`: a whole object as keywords, each found by its value below the field, and by its dotted key.
///
/// The index holds the values of all keys under the field's own name, and once more, each behind its key, in one field beside it:
/// however many keys documents have, there are two fields.
struct FlattenedType: TypeDefinition {
    var depthLimit = 20
    var ignoreAbove = Int.max
    /// Whether each word of a query is one.
    var splitsQueries = false

    static let entry = TypeRegistry.Entry(
        parameters: [
            .index, .docValues, MappingParameter("null_value", .string(default: nil)), .meta,
            MappingParameter("depth_limit", .integer(default: 20), updatable: true),
            MappingParameter("eager_global_ordinals", .boolean(default: false), updatable: true),
            MappingParameter("ignore_above", .integer(default: nil), updatable: true),
            MappingParameter("index_options", .oneOf(["docs", "freqs"], default: "docs")),
            MappingParameter("similarity", .string(default: nil)),
            MappingParameter("split_queries_on_whitespace", .boolean(default: false), updatable: true),
            MappingParameter("time_series_dimensions", .strings),
        ]
    ) { (values, field) throws(MappingError) in
        var type = FlattenedType()
        if case .int(let limit) = values["depth_limit"] {
            guard limit >= 0 else {
                throw .parameterOutOfRange(name: "depth_limit", field: field, value: .int(limit), allowed: 0...Int(Int32.max))
            }
            type.depthLimit = limit
        }
        if case .int(let limit) = values["ignore_above"] {
            guard limit >= 0 else { throw .negativeLimit(limit, field: field) }
            type.ignoreAbove = limit
        }
        type.splitsQueries = values["split_queries_on_whitespace"] == .bool(true)
        return type
    }

    var name: String { "flattened" }
    var takesObjects: Bool { true }
    var column: ValueColumn { .terms }

    func read(
        _ value: JSONElement, _ field: FieldMapping, _ context: DocumentReader.Context, into reader: inout DocumentReader
    ) throws(DocumentParsingError) {
        if value.isNull { return }
        guard value.object != nil || value.array != nil else {
            throw .malformedValue(
                field: context.path, type: name, preview: DocumentReader.preview(value), cause: .notAnObject)
        }
        if let array = value.array {
            for element in array { try read(element, field, context, into: &reader) }
            return
        }
        try read(members: value, key: "", depth: 1, field, context, into: &reader)
    }

    private func read(
        members value: JSONElement, key: String, depth: Int, _ field: FieldMapping, _ context: DocumentReader.Context,
        into reader: inout DocumentReader
    ) throws(DocumentParsingError) {
        if let members = value.object {
            guard depth <= depthLimit + 1, depth <= Mapping.maximumDepth * 50 else {
                throw .malformedValue(
                    field: context.path, type: name, preview: DocumentReader.preview(value),
                    cause: .tooDeep(limit: depthLimit, field: context.path))
            }
            for (name, member) in members {
                try read(members: member, key: key.isEmpty ? name : key + "." + name, depth: depth + 1, field, context, into: &reader)
            }
        } else if let array = value.array {
            for element in array { try read(members: element, key: key, depth: depth, field, context, into: &reader) }
        } else {
            let scalar = value.isNull ? field.nullValue.flatMap { ScalarValue($0) } : ScalarValue(value)
            guard let scalar, isSearchable(field) else { return }
            let text = scalar.text
            if text.utf16.count > ignoreAbove || reader.isBeyondLimit(scalar, field) { return reader.noteIgnored(context.path) }
            guard key.utf8.count + text.utf8.count < DocumentReader.maximumTermLength else {
                throw .immenseTerm(field: context.path, length: key.utf8.count + text.utf8.count)
            }
            guard !key.utf8.contains(0) else {
                throw .malformedValue(
                    field: context.path, type: name, preview: DocumentReader.preview(value), cause: .reservedCharacter(key: key))
            }
            reader.result.fieldNames.insert(context.path)
            reader.result.values.append(.init(field: context.path, value: .term(text)))
            reader.result.values.append(.init(field: context.path + "." + Segment.keyedField, value: .term(key + "\0" + text)))
        }
    }

    func match(_ scalar: ScalarValue, _ field: FieldMapping, _ dates: DateContext) throws(ValueError) -> FieldMatch {
        .value(.term(scalar.text))
    }

    func match(
        from lower: ScalarBound?, to upper: ScalarBound?, relation: SpanRelation, _ field: FieldMapping, _ dates: DateContext
    ) throws(ValueError) -> FieldMatch {
        .range(.terms(from: lower, to: upper))
    }

    func fetched(_ element: JSONElement, _ field: FieldMapping, format: DateFormat?) -> [JSONValue] {
        if let members = element.object { return within(members).map { [.object($0)] } ?? [] }
        return within(element).map { [$0] } ?? []
    }

    /// What of an object is not too long; nil: nothing.
    private func within(_ members: JSONObject) -> JSONMembers? {
        let kept = JSONMembers(members.compactMap { key, value in within(value).map { (key, $0) } })
        return kept.isEmpty ? nil : kept
    }

    /// Of a list with one value, the value: keys have values, not lists.
    private func within(_ element: JSONElement) -> JSONValue? {
        if element.isNull { return nil }
        if let text = element.string { return text.utf16.count > ignoreAbove ? nil : .string(text) }
        if let members = element.object { return within(members).map { .object($0) } }
        guard let array = element.array else { return JSONValue(element) }
        let kept = array.compactMap { within($0) }
        return kept.count > 1 ? .array(kept) : kept.first
    }

    func field(named key: String) -> FieldMapping? {
        FieldMapping(
            type: .served(ServedType(FlattenedKeyType(ignoreAbove: ignoreAbove))),
            parameters: splitsQueries ? ["split_queries_on_whitespace": true] : [:])
    }
}
