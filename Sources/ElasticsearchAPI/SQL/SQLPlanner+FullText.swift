internal import JSON
internal import SQL

extension SQLPlanner {
    /// `MATCH(field, 'words', 'option=value;…')`, `MATCH('field^2,field', …)` and `QUERY('query', 'option=value;…')`.
    mutating func fullText(_ name: String, _ arguments: [SQLExpression], _ source: SQLSource) -> JSONValue? {
        let isMatch = name == "MATCH"
        guard arguments.count >= (isMatch ? 2 : 1) else {
            return wrong(source, "error building [\(name.lowercased())]: expects more arguments")
        }
        var texts: [String] = []
        for argument in arguments.dropFirst(isMatch ? 1 : 0) {
            guard case .literal(.string(let text)) = argument.kind else {
                return wrong(argument.source, "[\(argument.source.text)] in [\(source.text)] must be a string")
            }
            texts.append(text)
        }
        guard let options = options(texts.dropFirst(), source) else { return nil }
        let query = JSONValue.string(texts.first ?? "")
        guard isMatch, let first = arguments.first else { return ["query_string": .object(JSONMembers([("query", query)] + options))] }
        if case .literal(.string(let names)) = first.kind {
            let fields = names.split(separator: ",").map { JSONValue.string(String($0.trimmingSpaces)) }
            return ["multi_match": .object(JSONMembers([("query", query), ("fields", .array(fields))] + options))]
        }
        guard let value = value(first, in: .condition) else { return nil }
        guard case .field(let field) = value else { return wrong(first.source, "[\(source.text)] needs a column") }
        return ["match": .object([field.path: .object(JSONMembers([("query", query)] + options))])]
    }

    private mutating func options(_ texts: ArraySlice<String>, _ source: SQLSource) -> [(String, JSONValue)]? {
        var options: [(String, JSONValue)] = []
        for text in texts {
            for option in text.split(separator: ";") {
                let parts = option.split(separator: "=", maxSplits: 1).map { String($0.trimmingSpaces) }
                guard parts.count == 2, parts[0] != "query", parts[0] != "fields", !options.contains(where: { $0.0 == parts[0] }) else {
                    problems.add(source, "Cannot parse option [\(option)] in [\(source.text)]")
                    return nil
                }
                options.append((parts[0], .string(parts[1])))
            }
        }
        return options
    }
}
