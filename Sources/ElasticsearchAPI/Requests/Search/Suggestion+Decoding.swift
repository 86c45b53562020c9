internal import JSON
internal import Query

extension Suggestion {
    /// A `suggest` member: suggestions by their names, and the text of those that have none.
    static func list(_ field: Field) throws(ParseError) -> [Suggestion] {
        var text: String?
        var others: [Field] = []
        for member in try field.value.members(of: .search) {
            if member.name == "text", member.element.string != nil { text = try member.string() } else { others.append(member) }
        }
        var found: [Suggestion] = []
        for member in others {
            if let suggestion = try suggestion(member, text) { found.append(suggestion) }
        }
        return found
    }

    /// Nil where neither the suggestion nor the others say a text.
    static func suggestion(_ field: Field, _ global: String?) throws(ParseError) -> Suggestion? {
        guard field.element.kind == .object else {
            throw .argument("[suggest] does not support [\(field.name)]", at: field.path)
        }
        var text: String?
        var kind: (name: String, field: Field)?
        var isRegexp = false
        for member in try field.value.members(of: .search) {
            switch member.name {
            case "text", "prefix": text = try member.string()
            case "regex":
                text = try member.string()
                isRegexp = true
            case "term", "phrase", "completion": kind = (member.name, member)
            default:
                throw .argument("unknown suggester type [\(member.name)]", at: member.path)
            }
        }
        guard let kind else { throw .argument("missing suggestion object", at: field.path) }
        var suggestion: Suggestion
        switch kind.name {
        case "term": suggestion = try term(kind.field)
        case "phrase": suggestion = try phrase(kind.field)
        default: suggestion = try completion(kind.field, isRegexp: isRegexp)
        }
        guard !suggestion.field.isEmpty else { throw .argument("the required field option is missing", at: field.path) }
        guard let text = text ?? global else { throw .argument("The required text option is missing", at: field.path) }
        suggestion.name = field.name
        suggestion.text = text
        return suggestion
    }

    /// The suggestion that a URL's `suggest_field` asks for; nil without it.
    init?(_ parameters: QueryParameters) throws(ElasticsearchError) {
        guard let field = parameters["suggest_field"] else { return nil }
        guard let text = parameters["suggest_text"] ?? parameters["q"] else {
            throw .illegalArgument("The required text option is missing")
        }
        var suggester = TermSuggester()
        if let mode = parameters["suggest_mode"] {
            guard let known = SpellingOptions.Mode(rawValue: mode.lowercased()) else {
                throw .illegalArgument("No enum constant org.elasticsearch.search.suggest.SuggestMode.\(mode.uppercased())")
            }
            suggester.spelling.mode = known
        }
        let size = try parameters.int("suggest_size") ?? 5
        guard size > 0 else { throw .illegalArgument("size must be positive") }
        suggester.spelling.size = size
        self.init(name: field, text: text, field: field, size: size, kind: .term(suggester))
    }

    static func bare(_ kind: Kind) -> Suggestion { Suggestion(name: "", text: "", field: "", kind: kind) }

    // MARK: Terms

    private static func term(_ field: Field) throws(ParseError) -> Suggestion {
        var suggester = TermSuggester()
        var suggestion = bare(.term(suggester))
        var shardSize: Int?
        for member in try field.value.members(of: .search) {
            switch member.name {
            case "field": suggestion.field = try member.string()
            case "analyzer": suggestion.analyzer = try member.string()
            case "size": suggestion.size = try member.positive()
            case "shard_size": shardSize = try member.int()
            case "sort":
                let order = try member.string().lowercased()
                guard order == "score" || order == "frequency" else {
                    throw .argument("No enum constant org.elasticsearch.search.suggest.SortBy.\(order.uppercased())", at: member.path)
                }
                suggester.isSortedByFrequency = order == "frequency"
            default:
                guard try suggester.spelling.take(member) else {
                    throw .argument("suggester[term] doesn't support field [\(member.name)]", at: member.path)
                }
            }
        }
        suggester.spelling.size = max(suggestion.size, shardSize ?? 0)
        suggestion.kind = .term(suggester)
        return suggestion
    }
}
