internal import Analysis
internal import Mapping

extension IndexRegistry {
    /// Analyses texts as an index, or every index, would.
    ///
    /// - Parameter index: whose analyzers and fields are meant; nil: those that every index has.
    /// - Throws: `IndicesError.indexNotFound`, `.analyzeRequest`, `.analysis`.
    public func analyze(_ request: AnalyzeRequest, index name: String?) throws -> AnalyzeResult {
        let problems = request.problems(hasIndex: name != nil)
        guard problems.isEmpty else { throw IndicesError.analyzeRequest(.invalid(problems)) }
        let metadata = try name.map { (name) throws in
            guard let metadata = try self.metadata(IndexExpression([name], allowsNone: false)).first else {
                throw IndicesError.indexNotFound(name)
            }
            return metadata
        }
        do {
            let analyzer = try Self.analyzer(for: request, metadata)
            let limit = metadata?.settings.maximumAnalyzedTokens ?? IndexSettings.defaultMaximumAnalyzedTokens
            return try Self.run(request, analyzer, limit: limit)
        } catch let error as AnalysisError {
            throw IndicesError.analysis(error)
        }
    }

    private static func analyzer(for request: AnalyzeRequest, _ metadata: IndexMetadata?) throws -> Analyzer {
        let registry = metadata?.settings.analysis ?? .standard
        if let name = request.analyzer {
            guard let analyzer = registry.analyzer(name), metadata != nil || name != "default" else {
                throw IndicesError.analyzeRequest(.unknownAnalyzer(name, isGlobal: metadata == nil))
            }
            return analyzer
        }
        if let name = request.normalizer {
            guard let normalizer = registry.normalizer(name) else {
                throw IndicesError.analyzeRequest(.unknownNormalizer(name))
            }
            return normalizer.analyzer
        }
        if request.tokenizer != nil || !request.charFilters.isEmpty || !request.filters.isEmpty {
            return try registry.analyzer(
                tokenizer: request.tokenizer, charFilters: request.charFilters, filters: request.filters,
                isGlobal: metadata == nil)
        }
        guard let path = request.field else { return registry.defaultAnalyzer }
        guard let metadata else { throw IndicesError.analyzeRequest(.fieldWithoutIndex) }
        // A field that is not there would be mapped dynamically.
        guard let field = metadata.mapping.field(path) else { return registry.defaultAnalyzer }
        guard let analyzer = field.analyzer else { throw IndicesError.analyzeRequest(.fieldNotAnalyzed(path)) }
        return analyzer
    }

    private static func run(_ request: AnalyzeRequest, _ analyzer: Analyzer, limit: Int) throws -> AnalyzeResult {
        let gap = analyzer.positionIncrementGap ?? 100
        guard request.explains else {
            var joined = JoinedTokens(gap: gap, limit: limit)
            for text in request.texts { try joined.append(try analyzer.tokens(of: text)) }
            return .tokens(joined.tokens)
        }
        let explanations = try request.texts.map { (text) throws in try analyzer.explanation(of: text) }
        func joined(_ streams: [TokenStream]) throws -> [Token] {
            var joined = JoinedTokens(gap: gap, limit: limit)
            for stream in streams { try joined.append(stream) }
            return joined.tokens
        }
        guard analyzer.isCustom, let first = explanations.first else {
            let tokens = try joined(explanations.map { $0.filters.last?.stream ?? $0.tokenizer.stream })
            return .analyzer(name: analyzer.name, tokens: tokens, attributes: request.attributes)
        }
        let steps = AnalyzeSteps(
            charFilters: first.charFilters.indices.map { index in
                .init(name: first.charFilters[index].name, texts: explanations.map { $0.charFilters[index].text })
            },
            tokenizer: .init(name: first.tokenizer.name, tokens: try joined(explanations.map(\.tokenizer.stream))),
            filters: try first.filters.indices.map { (index) throws in
                .init(name: first.filters[index].name, tokens: try joined(explanations.map { $0.filters[index].stream }))
            })
        return .steps(steps, attributes: request.attributes)
    }
}

/// The tokens of several texts in a row, as those of one field's values.
private struct JoinedTokens {
    let gap: Int
    let limit: Int
    private(set) var tokens: [Token] = []
    private var position = 0
    private var offset = 0

    init(gap: Int, limit: Int) {
        self.gap = gap
        self.limit = limit
    }

    mutating func append(_ stream: TokenStream) throws(IndicesError) {
        guard tokens.count + stream.count <= limit else { throw .analyzeRequest(.tooManyTokens(limit: limit)) }
        for var token in stream {
            token.position += position
            token.startOffset += offset
            token.endOffset += offset
            tokens.append(token)
        }
        position += stream.positionCount + gap
        offset += stream.endOffset + 1
    }
}
