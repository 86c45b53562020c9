internal import JSON
internal import Query

/// `phrase`.
extension Suggestion {
    static func phrase(_ field: Field) throws(ParseError) -> Suggestion {
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
