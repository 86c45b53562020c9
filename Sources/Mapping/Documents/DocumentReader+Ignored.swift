internal import JSON

extension DocumentReader {
    /// The field that names a document's fields of which a value was left out.
    static let ignoredField = "_ignored"

    /// Whether a text is longer than the index lets keywords be that do not say for themselves.
    func isBeyondLimit(_ scalar: ScalarValue, _ field: FieldMapping) -> Bool {
        let limit = mapping.limits.ignoreAbove
        guard limit < .max, field.takesLimit, field.parameters["ignore_above"] == nil else { return false }
        return scalar.text.utf16.count > limit
    }

    /// Notes that a value of a field was left out.
    mutating func noteIgnored(_ path: String) { ignored.insert(path) }

    /// Adds the notes to the document.
    mutating func addIgnored() {
        guard !ignored.isEmpty else { return }
        result.fieldNames.insert(Self.ignoredField)
        for path in ignored.sorted() { result.values.append(.init(field: Self.ignoredField, value: .term(path))) }
    }
}

extension FieldMapping {
    /// Whether `index.mapping.ignore_above` counts for it.
    var takesLimit: Bool {
        switch type {
        case .keyword: true
        case .served(let served): served.name == "wildcard" || served.name == "flattened"
        case .text, .number, .boolean, .date, .geoPoint, .denseVector: false
        }
    }

    /// The field, and its multi-fields, as they are where nothing is coerced that does not say so.
    var strict: FieldMapping {
        var field = self
        field.fields = fields.mapValues(\.strict)
        if parameters["coerce"] == nil { field.parameters["coerce"] = false }
        return field
    }

    /// The field as it is in an index with these settings.
    public func limited(by limits: MappingLimits) -> FieldMapping {
        (limits.coerces ? self : strict).limited(to: limits.ignoreAbove)
    }

    private func limited(to limit: Int) -> FieldMapping {
        guard takesLimit, parameters["ignore_above"] == nil, limit < .max else { return self }
        var field = self
        switch type {
        case .keyword(var options):
            options.ignoreAbove = limit
            field.type = .keyword(options)
        case .served(let served):
            if var flattened = served.definition as? FlattenedType {
                flattened.ignoreAbove = limit
                field.type = .served(ServedType(flattened))
            } else if var wildcard = served.definition as? WildcardType {
                wildcard.ignoreAbove = limit
                field.type = .served(ServedType(wildcard))
            }
        case .text, .number, .boolean, .date, .geoPoint, .denseVector: break
        }
        return field
    }
}
