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
