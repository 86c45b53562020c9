internal import JSON

/// `kv`: reads `key=value` pairs out of a text.
struct KeyValueProcessor: Sendable {
    let field: Template
    let target: Template?
    let fieldSplit: String
    let valueSplit: String
    let includes: [String]?
    let excludes: [String]
    let prefix: String
    let trimmedKey: String
    let trimmedValue: String
    let stripsBrackets: Bool
    let ignoresMissing: Bool

    init(_ options: inout Options) throws(IngestFault) {
        field = try options.template()
        target = try options.string("target_field").map(Template.init)
        fieldSplit = try options.required("field_split")
        valueSplit = try options.required("value_split")
        includes = try options.strings("include_keys")
        excludes = try options.strings("exclude_keys") ?? []
        prefix = try options.string("prefix") ?? ""
        trimmedKey = try options.string("trim_key") ?? ""
        trimmedValue = try options.string("trim_value") ?? ""
        stripsBrackets = try options.flag("strip_brackets")
        ignoresMissing = try options.flag("ignore_missing")
        guard let fields = BoundedSplit(fieldSplit), let values = BoundedSplit(valueSplit) else {
            throw options.bad("field_split", .badPattern(fieldSplit))
        }
        (splitFields, splitValues) = (fields, values)
    }

    private let splitFields: BoundedSplit
    private let splitValues: BoundedSplit

    func run(_ document: inout IngestDocument) throws(IngestFault) {
        let field = try FieldPath(self.field.render(document)), target = target.map { $0.render(document) + "." } ?? ""
        guard let value = document.find(field), !value.isNull else {
            if ignoresMissing { return }
            _ = try document.value(at: field)
            throw .fieldIsNull(field.text, action: "extract key-value pairs")
        }
        for part in try splitFields.parts(try document.string(at: field), limit: .max) where !part.isEmpty {
            let pair = try splitValues.parts(part, limit: 2)
            guard pair.count == 2 else { throw .noSeparator(field: field.text, text: part, separator: valueSplit) }
            let key = Self.trim(pair[0], trimmedKey)
            guard includes?.contains(key) ?? true, !excludes.contains(key) else { continue }
            var text = Self.trim(pair[1], trimmedValue)
            if stripsBrackets, let first = text.first, let last = text.last, text.count > 1,
                [("(", ")"), ("[", "]"), ("<", ">"), ("\"", "\""), ("'", "'")].contains(where: { $0 == String(first) && $1 == String(last) })
            {
                text = String(text.dropFirst().dropLast())
            }
            let path = try FieldPath(target + prefix + key)
            if document.has(path) {
                try document.append(path, [.string(text)])
            } else {
                try document.set(path, .string(text))
            }
        }
    }

    private static func trim(_ text: String, _ characters: String) -> String {
        guard !characters.isEmpty else { return text }
        let rest = text.drop { characters.contains($0) }
        return String(String(rest.reversed().drop { characters.contains($0) }.reversed()))
    }
}
