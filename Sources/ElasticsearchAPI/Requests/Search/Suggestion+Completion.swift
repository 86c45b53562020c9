internal import JSON
internal import Query

/// `prefix` and `regex` with `completion`.
extension Suggestion {
    static func completion(_ field: Field, isRegexp: Bool) throws(ParseError) -> Suggestion {
        var suggester = CompletionSuggester()
        if isRegexp { suggester.matching = .regexp(flags: "ALL", maximumStates: 10_000) }
        var suggestion = bare(.completion(suggester))
        for member in try field.value.members(of: .object("completion")) {
            switch member.name {
            case "field": suggestion.field = try member.string()
            case "analyzer": suggestion.analyzer = try member.string()
            case "size": suggestion.size = try member.positive()
            case "shard_size": _ = try member.int()
            case "skip_duplicates": suggester.skipsDuplicates = try member.bool()
            case "fuzzy": if let fuzzy = try self.fuzzy(member) { suggester.matching = .fuzzy(fuzzy) }
            case "regex": if let options = try regexp(member), isRegexp { suggester.matching = options }
            case "contexts":
                for context in try member.value.members(of: .object("contexts")) {
                    suggester.contexts += try contexts(context)
                }
            default: throw Parser.object("completion").unknown(member, known: [])
            }
        }
        suggestion.kind = .completion(suggester)
        return suggestion
    }

    private enum RegexpKey: String, BodyKey {
        case flags
        case value = "flags_value"
        case maximumStates = "max_determinized_states"
    }

    /// - Returns: nil where nothing is changed.
    private static func regexp(_ field: Field) throws(ParseError) -> CompletionSuggester.Matching? {
        var flags = "ALL", maximumStates = 10_000
        for (key, member) in try field.value.fields(RegexpKey.self, of: .object("regex")) {
            switch key {
            case .flags: flags = try member.string()
            case .value: throw .argument("[flags_value] is not supported, use [flags]", at: member.path)
            case .maximumStates:
                maximumStates = try member.int()
                guard maximumStates >= 0 else { throw .argument("max_determinized_states must not be negative", at: member.path) }
            }
        }
        return .regexp(flags: flags, maximumStates: maximumStates)
    }

    private static func fuzzy(_ field: Field) throws(ParseError) -> CompletionSuggester.FuzzyPrefix? {
        var fuzzy = CompletionSuggester.FuzzyPrefix()
        if field.element.kind != .object { return try field.bool() ? fuzzy : nil }
        for member in try field.value.members(of: .object("fuzzy")) {
            switch member.name {
            case "fuzziness": fuzzy.fuzziness = try member.fuzziness()
            case "transpositions": fuzzy.allowsTranspositions = try member.bool()
            case "min_length": fuzzy.minimumLength = try member.count()
            case "prefix_length": fuzzy.prefixLength = try member.count()
            case "unicode_aware": fuzzy.isUnicodeAware = try member.bool()
            // Edits are counted without an automaton that could become large.
            case "max_determinized_states":
                guard try member.int() >= 0 else { throw .argument("max_determinized_states must not be negative", at: member.path) }
            default: throw Parser.object("fuzzy").unknown(member, known: [])
            }
        }
        return fuzzy
    }

    /// A value, an object with a `context`, or several of these.
    private static func contexts(_ field: Field) throws(ParseError) -> [CompletionSuggester.WantedContext] {
        var found: [CompletionSuggester.WantedContext] = []
        // A point may be an array of numbers.
        let isPoint = field.element.array?.first { _ in true }?.double != nil
        for node in isPoint ? [field.value] : field.oneOrMany() {
            var context = CompletionSuggester.WantedContext(name: field.name, value: JSONValue(node.element))
            if let object = node.element.object {
                if let boost = object["boost"]?.int { context.boost = boost }
                if let isPrefix = object["prefix"]?.bool { context.isPrefix = isPrefix }
            }
            found.append(context)
        }
        return found
    }
}
