internal import Analysis
internal import FieldIndex
internal import JSON

/// What a field's names of analyzers and of a similarity mean in its index.
///
/// Derived of the field's parameters and the index's settings, so it makes no difference between two fields.
struct FieldAnalysis: Equatable, Sendable {
    /// For documents.
    let index: Analyzer
    /// For the words of queries, and for phrases in them.
    let search: Analyzer
    let searchQuote: Analyzer
    /// For `keyword`.
    let normalizer: Normalizer?
    let similarity: Similarity
    /// Whether tokens in one place count as so many in a document's length.
    let countsOverlaps: Bool

    /// What holds where nothing is said.
    static let standard = FieldAnalysis(
        index: AnalysisRegistry.standard.defaultAnalyzer, search: AnalysisRegistry.standard.defaultAnalyzer,
        searchQuote: AnalysisRegistry.standard.defaultAnalyzer, normalizer: nil, similarity: .standard)

    private init(
        index: Analyzer, search: Analyzer, searchQuote: Analyzer, normalizer: Normalizer?, similarity: Similarity, countsOverlaps: Bool = false
    ) {
        self.countsOverlaps = countsOverlaps
        self.similarity = similarity
        self.index = index
        self.search = search
        self.searchQuote = searchQuote
        self.normalizer = normalizer
    }

    /// Looks the names of a field up.
    ///
    /// - Throws: `MappingError.unknownAnalyzer`, `.unknownNormalizer`, `.unknownSimilarity`.
    init(
        _ parameters: JSONMembers, in registry: AnalysisRegistry, _ similarities: SimilarityRegistry, field: String
    ) throws(MappingError) {
        func named(_ parameter: String) throws(MappingError) -> Analyzer? {
            guard let name = parameters[parameter]?.string else { return nil }
            guard let analyzer = registry.analyzer(name) else { throw .unknownAnalyzer(name, field: field) }
            return analyzer
        }
        countsOverlaps = similarities.countsOverlaps(parameters["similarity"]?.string)
        let own = try named("analyzer")
        index = own ?? registry.defaultAnalyzer
        let searching = try named("search_analyzer"), quoting = try named("search_quote_analyzer")
        search = searching ?? own ?? registry.defaultSearchAnalyzer ?? registry.defaultAnalyzer
        searchQuote = quoting ?? searching ?? own ?? registry.defaultSearchQuoteAnalyzer ?? search
        if let name = parameters["normalizer"]?.string {
            guard let found = registry.normalizer(name) else { throw .unknownNormalizer(name, field: field) }
            normalizer = found
        } else {
            normalizer = nil
        }
        if let name = parameters["similarity"]?.string {
            guard let found = similarities[name] else { throw .unknownSimilarity(name, field: field) }
            similarity = found
        } else {
            similarity = similarities.defaultSimilarity
        }
    }

    /// The same with shingles in the place of words.
    func cut(by shingles: ShingleType) -> FieldAnalysis {
        FieldAnalysis(
            index: shingles.analyzer(index, isSearching: false), search: shingles.analyzer(search, isSearching: true),
            searchQuote: shingles.analyzer(searchQuote, isSearching: true), normalizer: nil, similarity: similarity,
            countsOverlaps: countsOverlaps)
    }

    static func == (left: FieldAnalysis, right: FieldAnalysis) -> Bool { true }
}

extension ObjectMapping {
    /// Looks up every name of an analyzer and of a similarity in the tree.
    mutating func bind(to registry: AnalysisRegistry, _ similarities: SimilarityRegistry) throws(MappingError) {
        for (name, node) in properties {
            var node = node
            try node.bind(to: registry, similarities, name: name)
            properties[name] = node
        }
    }
}

extension MappingNode {
    mutating func bind(
        to registry: AnalysisRegistry, _ similarities: SimilarityRegistry, name: String
    ) throws(MappingError) {
        switch self {
        case .object(var object):
            try object.bind(to: registry, similarities)
            self = .object(object)
        case .field(var field):
            try field.bind(to: registry, similarities, name: name)
            self = .field(field)
        }
    }
}

extension FieldMapping {
    mutating func bind(
        to registry: AnalysisRegistry, _ similarities: SimilarityRegistry, name: String
    ) throws(MappingError) {
        switch type {
        case .text, .keyword: analysis = try FieldAnalysis(parameters, in: registry, similarities, field: name)
        case .served(let served):
            var parameters = parameters
            if served.definition is CompletionType, parameters["analyzer"] == nil {
                parameters["analyzer"] = .string(CompletionType.defaultAnalyzer)
            }
            analysis = try FieldAnalysis(parameters, in: registry, similarities, field: name)
            if let shingles = served.definition as? ShingleType { analysis = analysis.cut(by: shingles) }
        case .number, .boolean, .date, .geoPoint, .denseVector: break
        }
        var implied = implied
        for (part, field) in implied {
            var field = field
            try field.bind(to: registry, similarities, name: name)
            implied[part] = field
        }
        setImplied(implied)
        for (name, field) in fields {
            var field = field
            try field.bind(to: registry, similarities, name: name)
            fields[name] = field
        }
    }
}
