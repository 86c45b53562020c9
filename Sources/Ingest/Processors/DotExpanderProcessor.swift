internal import JSON

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
