internal import JSON

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
