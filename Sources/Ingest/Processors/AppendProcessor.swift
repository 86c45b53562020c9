internal import JSON

/// `append`: puts values behind those that a field has.
struct AppendProcessor: Sendable {
    let field: Template
    let value: ValueTemplate
    let allowsDuplicates: Bool

    init(_ options: inout Options) throws(IngestFault) {
        field = try options.template()
        guard let value = options.take("value") else { throw options.missing("value") }
        self.value = ValueTemplate(value)
        allowsDuplicates = try options.flag("allow_duplicates", default: true)
        _ = try options.string("media_type")
    }

    func run(_ document: inout IngestDocument) throws(IngestFault) {
        let values = value.render(document)
        try document.append(
            try FieldPath(field.render(document)), values.array ?? [values], allowsDuplicates: allowsDuplicates)
    }
}
