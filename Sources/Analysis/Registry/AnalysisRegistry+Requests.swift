extension AnalysisRegistry {
    private var builder: AnalyzerBuilder {
        AnalyzerBuilder(
            tokenizers: tokenizers, charFilters: charFilters, charFilterTypes: charFilterTypes, filterSettings: filterSettings,
            limits: limits)
    }

    /// An analyzer of components that a request names or describes.
    ///
    /// - Parameters:
    ///   - tokenizer: nil: the text stays whole, as in a normalizer.
    ///   - isGlobal: whether no index is meant, which only changes what errors say.
    /// - Throws: `AnalysisError.notFound`, and what the components' settings have wrong.
    public func analyzer(
        tokenizer: ComponentReference?, charFilters: [ComponentReference], filters: [ComponentReference], isGlobal: Bool
    ) throws(AnalysisError) -> Analyzer {
        let builder = builder
        var madeCharFilters: [Analyzer.Named<any CharFilter>] = []
        for reference in charFilters {
            madeCharFilters.append(
                try component(
                    reference, .charFilter, isGlobal, named: builder.charFilter,
                    described: { (type, settings) throws(AnalysisError) in try CharFilterFactory.make(type, settings) }))
        }
        let madeTokenizer: Analyzer.Named<any Tokenizer> = try component(
            tokenizer ?? .name("keyword"), .tokenizer, isGlobal, named: builder.tokenizer,
            described: { [limits] (type, settings) throws(AnalysisError) in try TokenizerFactory.make(type, settings, limits) })
        var madeFilters: [Analyzer.Named<any TokenFilter>] = []
        for reference in filters {
            let preceding = madeFilters
            madeFilters.append(
                try component(
                    reference, .filter, isGlobal,
                    named: { (name) throws(AnalysisError) in
                        try builder.filter(name, preceding: madeCharFilters, madeTokenizer, preceding)
                    },
                    described: { (type, settings) throws(AnalysisError) in
                        try builder.filter(type, settings, preceding: madeCharFilters, madeTokenizer, preceding)
                    }))
        }
        return Analyzer(
            name: tokenizer == nil ? "keyword_for_normalizer" : "custom", isCustom: true, charFilters: madeCharFilters,
            tokenizer: madeTokenizer, filters: madeFilters, positionIncrementGap: 0)
    }

    private func component<Component>(
        _ reference: ComponentReference, _ kind: AnalysisError.Component, _ isGlobal: Bool,
        named: (String) throws(AnalysisError) -> Component?,
        described: (String, ComponentSettings) throws(AnalysisError) -> Component?
    ) throws(AnalysisError) -> Analyzer.Named<Component> {
        switch reference {
        case .name(let name):
            guard let made = try named(name) else { throw .notFound(kind, name: name, isGlobal: isGlobal) }
            return .init(name: name, component: made)
        case .definition(let values):
            guard case .string(let type) = values["type"] else { throw .anonymousWithoutType(kind) }
            let name = "__anonymous__" + type
            guard let made = try described(type, ComponentSettings(name: name, values)) else {
                throw .notFound(kind, name: type, isGlobal: true)
            }
            return .init(name: name, component: made)
        }
    }
}
