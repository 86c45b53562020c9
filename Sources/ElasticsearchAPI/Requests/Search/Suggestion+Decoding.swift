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
    private static func suggestion(_ field: Field, _ global: String?) throws(ParseError) -> Suggestion? {
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

    private static func bare(_ kind: Kind) -> Suggestion { Suggestion(name: "", text: "", field: "", kind: kind) }

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

    // MARK: Phrases

    private static func phrase(_ field: Field) throws(ParseError) -> Suggestion {
        var suggester = PhraseSuggester()
        var suggestion = bare(.phrase(suggester))
        for member in try field.value.members(of: .search) {
            switch member.name {
            case "field": suggestion.field = try member.string()
            case "analyzer": suggestion.analyzer = try member.string()
            case "size": suggestion.size = try member.positive()
            case "shard_size": _ = try member.int()
            case "token_limit": suggester.tokenLimit = try member.positive()
            case "force_unigrams": suggester.forcesUnigrams = try member.bool()
            case "gram_size": suggester.gramSize = try member.positive()
            case "real_word_error_likelihood": suggester.realWordErrorLikelihood = try member.double()
            case "confidence": suggester.confidence = try member.double()
            case "max_errors": suggester.maximumErrors = try member.double()
            case "separator": suggester.separator = try member.string()
            case "highlight":
                for tag in try member.value.members(of: .search) {
                    switch tag.name {
                    case "pre_tag": suggester.preTag = try tag.string()
                    case "post_tag": suggester.postTag = try tag.string()
                    default: throw .argument("suggester[phrase][highlight] doesn't support field [\(tag.name)]", at: tag.path)
                    }
                }
            case "direct_generator":
                for node in member.oneOrMany() {
                    var generator = PhraseSuggester.Generator()
                    for option in try node.members(of: .search) {
                        switch option.name {
                        case "field": generator.field = try option.string()
                        case "size": generator.spelling.size = try option.positive()
                        case "pre_filter": generator.preFilter = try option.string()
                        case "post_filter": generator.postFilter = try option.string()
                        default:
                            guard try generator.spelling.take(option) else {
                                throw .argument("[direct_generator] unknown field [\(option.name)]", at: option.path)
                            }
                        }
                    }
                    suggester.generators.append(generator)
                }
            case "smoothing": try suggester.takeSmoothing(member)
            default: throw .argument("suggester[phrase] doesn't support field [\(member.name)]", at: member.path)
            }
        }
        suggestion.kind = .phrase(suggester)
        return suggestion
    }

    // MARK: Completions

    private static func completion(_ field: Field, isRegexp: Bool) throws(ParseError) -> Suggestion {
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

extension SpellingOptions {
    /// - Returns: whether the member is one of these.
    fileprivate mutating func take(_ field: Field) throws(ParseError) -> Bool {
        switch field.name {
        case "suggest_mode":
            let text = try field.string().lowercased()
            guard let mode = Mode(rawValue: text) else {
                throw .argument("No enum constant org.elasticsearch.search.suggest.SuggestMode.\(text.uppercased())", at: field.path)
            }
            self.mode = mode
        case "max_edits":
            maximumEdits = try field.int()
            guard (1...2).contains(maximumEdits) else { throw .argument("maxEdits must be between 1 and 2", at: field.path) }
        case "prefix_length": prefixLength = try field.count()
        case "min_word_length", "min_word_len": minimumWordLength = try field.positive()
        case "max_inspections": maximumInspections = try field.count()
        case "min_doc_freq": minimumDocumentFrequency = try field.float()
        case "max_term_freq": maximumTermFrequency = try field.float()
        case "accuracy": accuracy = try field.float()
        case "string_distance":
            let name = try field.string().lowercased()
            guard let distance = StringDistance(rawValue: name) else {
                throw .argument("Illegal distance option \(name)", at: field.path)
            }
            self.distance = distance
        default: return false
        }
        return true
    }
}

extension PhraseSuggester {
    fileprivate mutating func takeSmoothing(_ field: Field) throws(ParseError) {
        for model in try field.value.members(of: .search) {
            var values: [String: Double] = [:]
            for member in try model.value.members(of: .object(model.name)) {
                guard Self.models[model.name]?.contains(member.name) ?? true else {
                    throw Parser.object(model.name).unknown(member, known: Self.models[model.name] ?? [])
                }
                values[member.name] = try member.double()
            }
            switch model.name {
            case "stupid_backoff": smoothing = .stupidBackoff(discount: values["discount"] ?? 0.4)
            case "laplace": smoothing = .laplace(alpha: values["alpha"] ?? 0.5)
            case "linear_interpolation":
                let (trigram, bigram, unigram) = (values["trigram_lambda"] ?? 0, values["bigram_lambda"] ?? 0, values["unigram_lambda"] ?? 0)
                guard abs(trigram + bigram + unigram - 1) <= 0.001 else {
                    throw .argument("linear smoothing lambdas must sum to 1", at: model.path)
                }
                smoothing = .linearInterpolation(trigram: trigram, bigram: bigram, unigram: unigram)
            default: throw .argument("suggester[phrase] doesn't support object field [\(model.name)]", at: model.path)
            }
        }
    }

    private static let models: [String: [String]] = [
        "stupid_backoff": ["discount"], "laplace": ["alpha"],
        "linear_interpolation": ["trigram_lambda", "bigram_lambda", "unigram_lambda"],
    ]
}

extension Field {
    fileprivate func positive() throws(ParseError) -> Int {
        let value = try int()
        guard value > 0 else { throw .argument("\(name) must be positive", at: path) }
        return value
    }
}
