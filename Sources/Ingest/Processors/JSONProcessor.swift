internal import JSON

/// `json`: reads a text as JSON.
struct JSONProcessor: Sendable {
    let field: FieldPath
    let target: FieldPath
    let addsToRoot: Bool
    let replaces: Bool

    init(_ options: inout Options) throws(IngestFault) {
        field = try options.path()
        let target = try options.optionalPath("target_field")
        addsToRoot = try options.flag("add_to_root")
        if addsToRoot, target != nil { throw options.bad("target_field", .exclusive("add_to_root")) }
        self.target = target ?? field
        replaces = try options.string("add_to_root_conflict_strategy") != "merge"
        _ = try options.flag("allow_duplicate_keys")
        _ = try options.flag("strict_json_parsing", default: true)
    }

    func run(_ document: inout IngestDocument) throws(IngestFault) {
        let text = try document.string(at: field)
        guard let parsed = try? JSONDocument(parsing: text) else { throw .notJSON(text) }
        let value = JSONValue(parsed.root)
        guard addsToRoot else { return try document.set(target, value) }
        guard let object = value.object else { throw .notJSON(text) }
        for member in object {
            let path = try FieldPath(member.key)
            if !replaces, let former = document.find(path)?.object, let new = member.value.object {
                var merged = former
                for inner in new { merged[inner.key] = inner.value }
                try document.set(path, .object(merged))
            } else {
                try document.set(path, member.value)
            }
        }
    }
}
