internal import JSON

/// `set`: puts a value, or a copy of another field's, into a field.
struct SetProcessor: Sendable {
    let field: Template
    let value: ValueTemplate?
    let source: FieldPath?
    let overrides: Bool
    let ignoresEmpty: Bool

    init(_ options: inout Options) throws(IngestFault) {
        field = try options.template()
        source = try options.optionalPath("copy_from")
        let value = options.take("value")
        if source != nil, value != nil { throw options.bad("copy_from", .exclusive("value")) }
        if source == nil, value == nil { throw options.missing("value") }
        self.value = value.map(ValueTemplate.init)
        overrides = try options.flag("override", default: true)
        ignoresEmpty = try options.flag("ignore_empty_value")
        _ = try options.string("media_type")
    }

    func run(_ document: inout IngestDocument) throws(IngestFault) {
        let path = try FieldPath(field.render(document))
        if !overrides, let former = document.find(path), !former.isNull { return }
        let new: JSONValue
        if let source {
            new = ignoresEmpty ? document.find(source) ?? .null : try document.value(at: source)
        } else {
            new = value?.render(document) ?? .null
        }
        if ignoresEmpty, new.isNull || new.string == "" { return }
        try document.set(path, new)
    }
}
