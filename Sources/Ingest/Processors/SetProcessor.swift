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
            new = try document.value(at: source)
        } else {
            new = value?.render(document) ?? .null
        }
        if ignoresEmpty, new.isNull || new.string == "" { return }
        try document.set(path, new)
    }
}

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

/// `remove`: takes fields away, or all but some.
struct RemoveProcessor: Sendable {
    let fields: [Template]
    let kept: [Template]
    let ignoresMissing: Bool

    init(_ options: inout Options) throws(IngestFault) {
        fields = try options.strings("field")?.map(Template.init) ?? []
        kept = try options.strings("keep")?.map(Template.init) ?? []
        if fields.isEmpty, kept.isEmpty { throw options.missing("field") }
        if !fields.isEmpty, !kept.isEmpty { throw options.bad("keep", .exclusive("field")) }
        ignoresMissing = try options.flag("ignore_missing")
    }

    func run(_ document: inout IngestDocument) throws(IngestFault) {
        for field in fields {
            let path = try FieldPath(field.render(document))
            if ignoresMissing, !document.has(path) { continue }
            try document.remove(path)
        }
        guard !kept.isEmpty else { return }
        let names = kept.map { $0.render(document) }
        let left = Self.keeping(document.fields.object ?? [:], names, prefix: "")
        document.fields = .object(left)
    }

    private static func keeping(_ object: JSONMembers, _ names: [String], prefix: String) -> JSONMembers {
        var kept: [(String, JSONValue)] = []
        for member in object {
            let path = prefix + member.key
            if names.contains(path) || (prefix.isEmpty && IngestDocument.metadataNames.contains(path)) {
                kept.append((member.key, member.value))
            } else if let inner = member.value.object, names.contains(where: { $0.hasPrefix(path + ".") }) {
                kept.append((member.key, .object(keeping(inner, names, prefix: path + "."))))
            }
        }
        return JSONMembers(kept)
    }
}

/// `rename`: gives a field another name.
struct RenameProcessor: Sendable {
    let field: Template
    let target: Template
    let ignoresMissing: Bool
    let overrides: Bool

    init(_ options: inout Options) throws(IngestFault) {
        field = try options.template()
        target = try options.template("target_field")
        ignoresMissing = try options.flag("ignore_missing")
        overrides = try options.flag("override")
    }

    func run(_ document: inout IngestDocument) throws(IngestFault) {
        let name = field.render(document)
        guard let path = try? FieldPath(name), let value = document.find(path) else {
            if ignoresMissing { return }
            throw .fieldMissing(name)
        }
        let targetName = target.render(document), target = try FieldPath(targetName)
        if !overrides, document.has(target) { throw .fieldExists(targetName) }
        var changed = document
        try changed.remove(path)
        try changed.set(target, value)
        document = changed
    }
}

/// `dot_expander`: turns a field with dots in its name into objects.
struct DotExpanderProcessor: Sendable {
    let field: String
    let path: FieldPath?
    let overrides: Bool

    init(_ options: inout Options) throws(IngestFault) {
        field = try options.required("field")
        path = try options.optionalPath("path")
        overrides = try options.flag("override")
        guard field == "*" || (field.contains(".") && !field.hasPrefix(".") && !field.hasSuffix(".")) else {
            throw options.bad("field", .notSupported(field))
        }
    }

    func run(_ document: inout IngestDocument) throws(IngestFault) {
        let prefix = path.map { $0.text + "." } ?? ""
        let holder = try path.map { (path) throws(IngestFault) in try document.value(at: path) } ?? document.fields
        guard var object = holder.object else { return }
        let names = field == "*" ? object.map(\.key).filter { $0.contains(".") } : [field]
        for name in names {
            guard let value = object[name] else { continue }
            object[name] = nil
            if let path { try document.set(path, .object(object)) } else { document.fields = .object(object) }
            let target = try FieldPath(prefix + name)
            if overrides || !document.has(target) {
                try document.set(target, value)
            } else {
                try document.append(target, [value])
            }
            object = (try path.map { (path) throws(IngestFault) in try document.value(at: path) } ?? document.fields).object ?? [:]
        }
    }
}

/// `foreach`: runs a processor for each value of a list or object, which it finds in `_ingest._value`.
struct ForeachProcessor: Sendable {
    let field: FieldPath
    let processor: Processor
    let ignoresMissing: Bool
}
