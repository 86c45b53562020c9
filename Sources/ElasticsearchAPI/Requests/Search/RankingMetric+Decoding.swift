internal import JSON
internal import Query

extension RankingMetric {
    private enum Kind: String, BodyKey {
        case precision, recall, dcg
        case reciprocalRank = "mean_reciprocal_rank"
        case expectedReciprocalRank = "expected_reciprocal_rank"

        func takes(_ key: Key) -> Bool {
            switch key {
            case .k: true
            case .threshold: self == .precision || self == .recall || self == .reciprocalRank
            case .normalize: self == .dcg
            case .ignoresUnrated: self == .precision
            case .maximumRelevance, .unratedRelevance: self == .expectedReciprocalRank
            }
        }
    }

    private enum Key: String, BodyKey {
        case k, normalize
        case threshold = "relevant_rating_threshold"
        case ignoresUnrated = "ignore_unlabeled"
        case maximumRelevance = "maximum_relevance"
        case unratedRelevance = "unknown_doc_rating"
    }

    /// Reads `{"name": {…}}`.
    init(_ node: Node) throws(ParseError) {
        guard let field = try node.members(of: .object("metric")).first else {
            throw .argument("Required [metric]", at: node.path)
        }
        guard let kind = Kind(rawValue: field.name) else {
            let cause = ParseError(.other("named_object_not_found_exception", [:]), "unknown field [\(field.name)]", at: field.path)
            throw ParseError(.other("named_object_not_found_exception", [:]), "unknown field [\(field.name)]", at: field.path, causedBy: cause)
        }
        var (k, threshold, isNormalized, ignoresUnrated) = (10, 1, false, false)
        var (maximum, unrated) = (Int?.none, Int?.none)
        for (key, option) in try field.value.fields(Key.self, of: .object(field.name)) {
            guard kind.takes(key) else { throw option.parser.unknown(option, known: Key.allCases.filter(kind.takes).map(\.rawValue)) }
            switch key {
            case .k: k = try option.int()
            case .threshold: threshold = try option.int()
            case .normalize: isNormalized = try option.bool()
            case .ignoresUnrated: ignoresUnrated = try option.bool()
            case .maximumRelevance: maximum = try option.int()
            case .unratedRelevance: unrated = option.element.isNull ? nil : try option.int()
            }
        }
        guard k > 0 else { throw .argument("number of retrieved documents considered for this metric, k, must be greater than 0, got [\(k)]") }
        guard threshold >= 0 else { throw .argument("Relevant rating threshold for precision must be positive integer.") }
        switch kind {
        case .precision: self = .precision(k: k, threshold: threshold, ignoresUnrated: ignoresUnrated)
        case .recall: self = .recall(k: k, threshold: threshold)
        case .reciprocalRank: self = .reciprocalRank(k: k, threshold: threshold)
        case .dcg: self = .discountedGain(k: k, isNormalized: isNormalized)
        case .expectedReciprocalRank:
            guard let maximum else { throw .argument("Required [maximum_relevance]", at: field.path) }
            self = .expectedReciprocalRank(k: k, maximumRelevance: maximum, unratedRelevance: unrated)
        }
    }
}
