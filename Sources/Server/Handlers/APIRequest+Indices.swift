internal import ElasticsearchAPI
internal import Indices

extension APIRequest {
    /// The indices that the path names; all if it names none.
    func indexExpression(_ defaults: IndexDefaults = .open) throws(ElasticsearchError) -> IndexExpression {
        try indexExpression(captures["index"].map(Self.patterns) ?? [], defaults)
    }

    /// Names with what the parameters say of the missing, the closed and the hidden.
    func indexExpression(_ patterns: [String], _ defaults: IndexDefaults) throws(ElasticsearchError) -> IndexExpression {
        IndexExpression(
            patterns, ignoresUnavailable: try parameters.bool("ignore_unavailable") ?? defaults.ignoresUnavailable,
            allowsNone: try parameters.bool("allow_no_indices") ?? defaults.allowsNone,
            expansion: try wildcardExpansion() ?? defaults.expansion,
            takesClosed: defaults.takesClosed, takesAliases: defaults.takesAliases)
    }

    /// `expand_wildcards`; nil where it is not given.
    func wildcardExpansion() throws(ElasticsearchError) -> WildcardExpansion? {
        guard let names = parameters.list("expand_wildcards") else { return nil }
        var expansion: WildcardExpansion = []
        for name in names {
            switch name {
            case "open": expansion.insert(.open)
            case "closed": expansion.insert(.closed)
            case "hidden": expansion.insert(.hidden)
            case "none": expansion = []
            case "all": expansion = .all
            default: throw .illegalArgument("No valid expand wildcard value [\(name)]")
            }
        }
        // Hidden ones are open or closed like others.
        if expansion == .hidden { expansion.insert(.open) }
        return expansion
    }

    /// Names that start with an underscore are the API's own.
    private static func patterns(_ text: String) throws(ElasticsearchError) -> [String] {
        let patterns = splitNames(text)
        for pattern in patterns where pattern.hasPrefix("_") && pattern != "_all" {
            throw .invalidIndexName(pattern, "must not start with '_'.")
        }
        return patterns
    }

    /// The parts of a comma-separated list; commas within `<…>` belong to a name.
    static func splitNames(_ text: String) -> [String] {
        var parts: [String] = []
        var part = ""
        var depth = 0
        for character in text {
            if character == "," && depth == 0 {
                parts.append(part)
                part = ""
                continue
            }
            if character == "<" { depth += 1 }
            if character == ">" { depth = max(0, depth - 1) }
            part.append(character)
        }
        parts.append(part)
        return parts.filter { !$0.isEmpty }
    }

    /// The names of a captured segment; nil if it is not there.
    func names(_ capture: String) -> [String]? {
        captures[capture].map(Self.splitNames)
    }

    func flag(_ name: String) throws(ElasticsearchError) -> Bool { try parameters.bool(name) ?? false }
}
