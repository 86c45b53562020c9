internal import Analysis
internal import Indices

extension ElasticsearchError {
    init(_ error: AnalysisError) {
        guard case .invalidSynonymRule(let line, let reason) = error else {
            self = .illegalArgument(error.reason)
            return
        }
        self.init(
            status: 400, "illegal_argument_exception", error.reason,
            causedBy: ErrorCause(
                "parse_exception", "Invalid synonym rule at line \(line)",
                causedBy: ErrorCause("illegal_argument_exception", reason)))
    }

    init(_ problem: AnalyzeRequest.Problem) {
        switch problem {
        case .invalid(let problems): self = .validation(problems)
        case .unknownAnalyzer(let name, let isGlobal):
            self = .illegalArgument("failed to find \(isGlobal ? "global " : "")analyzer [\(name)]")
        case .unknownNormalizer(let name): self = .illegalArgument("failed to find normalizer under [\(name)]")
        case .fieldWithoutIndex: self = .illegalArgument("analysis based on a specific field requires an index")
        case .fieldNotAnalyzed(let field):
            self = .illegalArgument(
                "Can't process field [\(field)], Analysis requests are only supported on tokenized fields")
        case .tooManyTokens(let limit):
            self.init(
                status: 500, "illegal_state_exception",
                "The number of tokens produced by calling _analyze has exceeded the allowed maximum of [\(limit)]. This limit can "
                    + "be set by changing the [index.analyze.max_token_count] index level setting.")
        }
    }
}

extension AnalysisError {
    /// Elasticsearch's words.
    var reason: String {
        switch self {
        case .unknownType(let component, let type, let name): "Unknown \(component.rawValue) type [\(type)] for [\(name)]"
        case .missingType(let component, let name):
            "\(component.rawValue) [\(name)] must specify either an analyzer type, or a tokenizer"
        case .missingTokenizer(let analyzer): "analyzer [\(analyzer)] must be configured with a tokenizer"
        case .unknownComponent(let component, let name, let owner, let ownerName):
            (owner == .normalizer ? "Custom normalizer" : "Custom Analyzer")
                + " [\(ownerName)] failed to find \(component.rawValue) under name [\(name)]"
        case .notForNormalizers(let component, let name, let normalizer):
            "Custom normalizer [\(normalizer)] may not use \(component == .charFilter ? "char filter" : "filter") [\(name)]"
        case .normalizerWithTokenizer(let name): "Custom normalizer [\(name)] cannot configure a tokenizer"
        case .notFound(let component, let name, let isGlobal):
            "failed to find \(isGlobal ? "global " : "")\(component.rawValue) under [\(name)]"
        case .anonymousWithoutType(let component): "Missing [type] setting for anonymous \(component.rawValue)"
        case .reservedName(let name): "analyzer name must not start with '_'. got \"\(name)\""
        case .malformedSetting(_, let setting, let value): "Failed to parse value [\(value)] for setting [\(setting)]"
        case .missingSetting(_, _, let reason), .invalidSetting(_, _, let reason): reason
        case .unknownStopWords(let name): "the stop words [\(name)] are not known"
        case .unknownStemmer(let name): "Invalid stemmer class specified: \(name)"
        case .unsupportedPattern(let pattern, let reason): "\(reason) in pattern [\(pattern)]"
        case .invalidSynonymRule: "failed to build synonyms"
        case .filesNotSupported(let setting): "[\(setting)] is not supported: words and rules stand in the settings themselves"
        case .patternTooExpensive: "the pattern needs too many steps for this text"
        case .outputTooLarge(let limit): "the terms of the text would take more than [\(limit)] bytes"
        }
    }
}
