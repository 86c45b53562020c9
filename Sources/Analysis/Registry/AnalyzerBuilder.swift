/// Puts analyzers and normalizers together of named components.
struct AnalyzerBuilder {
    let tokenizers: [String: any Tokenizer]
    let charFilters: [String: any CharFilter]
    let charFilterTypes: [String: String]
    let filterSettings: [String: ComponentSettings]
    let limits: AnalysisLimits

    /// - Throws: `AnalysisError`.
    func analyzer(_ settings: ComponentSettings) throws(AnalysisError) -> Analyzer {
        guard !settings.name.hasPrefix("_") else { throw .reservedName(settings.name) }
        let type = settings.string("type")
        if let type, type != "custom" {
            guard let made = try BuiltInAnalyzers.make(type, settings) else {
                throw .unknownType(.analyzer, type: type, name: settings.name)
            }
            return made
        }
        guard let tokenizerName = settings.string("tokenizer") else {
            if type == nil { throw .missingType(.analyzer, name: settings.name) }
            throw .missingTokenizer(analyzer: settings.name)
        }
        func missing(_ component: AnalysisError.Component, _ name: String) -> AnalysisError {
            .unknownComponent(component, name: name, of: .analyzer, owner: settings.name)
        }
        guard let tokenizer = try tokenizer(tokenizerName) else { throw missing(.tokenizer, tokenizerName) }
        var charFilters: [Analyzer.Named<any CharFilter>] = []
        for name in settings.strings("char_filter") ?? [] {
            guard let filter = try charFilter(name) else { throw missing(.charFilter, name) }
            charFilters.append(.init(name: name, component: filter))
        }
        let named = Analyzer.Named<any Tokenizer>(name: tokenizerName, component: tokenizer)
        var filters: [Analyzer.Named<any TokenFilter>] = []
        for name in settings.strings("filter") ?? [] {
            guard let filter = try filter(name, preceding: charFilters, named, filters) else { throw missing(.filter, name) }
            filters.append(.init(name: name, component: filter))
        }
        return Analyzer(
            name: settings.name, isCustom: true, charFilters: charFilters, tokenizer: named, filters: filters,
            positionIncrementGap: try settings.int(
                "position_increment_gap", default: 100, atLeast: 0, "Invalid position_increment_gap, must be >= 0"))
    }

    /// - Throws: `AnalysisError`.
    func normalizer(_ settings: ComponentSettings) throws(AnalysisError) -> Normalizer {
        let name = settings.name
        if let type = settings.string("type"), type != "custom" {
            guard type == "lowercase" else { throw .unknownType(.normalizer, type: type, name: name) }
            return Normalizer(name: name, charFilters: [], filters: [.init(name: "lowercase", component: LowercaseFilter())])
        }
        guard !settings.has("tokenizer") else { throw .normalizerWithTokenizer(name) }
        var charFilters: [Analyzer.Named<any CharFilter>] = []
        for filterName in settings.strings("char_filter") ?? [] {
            guard let filter = try charFilter(filterName) else {
                throw .unknownComponent(.charFilter, name: filterName, of: .normalizer, owner: name)
            }
            guard CharFilterFactory.normalizing.contains(charFilterTypes[filterName] ?? filterName) else {
                throw .notForNormalizers(.charFilter, name: filterName, normalizer: name)
            }
            charFilters.append(.init(name: filterName, component: filter))
        }
        let tokenizer = Analyzer.Named<any Tokenizer>(name: "keyword", component: KeywordTokenizer())
        var filters: [Analyzer.Named<any TokenFilter>] = []
        for filterName in settings.strings("filter") ?? [] {
            guard let filter = try filter(filterName, preceding: charFilters, tokenizer, filters) else {
                throw .unknownComponent(.filter, name: filterName, of: .normalizer, owner: name)
            }
            guard TokenFilterFactory.normalizing.contains(filterType(filterName)) else {
                throw .notForNormalizers(.filter, name: filterName, normalizer: name)
            }
            filters.append(.init(name: filterName, component: filter))
        }
        return Normalizer(name: name, charFilters: charFilters, filters: filters)
    }

    private func filterType(_ name: String) -> String { filterSettings[name]?.string("type") ?? name }

    func tokenizer(_ name: String) throws(AnalysisError) -> (any Tokenizer)? {
        if let known = tokenizers[name] { return known }
        // Types that mean nothing without settings have no name of their own.
        return try ["char_group", "simple_pattern", "simple_pattern_split"].contains(name)
            ? nil : TokenizerFactory.make(name, ComponentSettings(name: name), limits)
    }

    func charFilter(_ name: String) throws(AnalysisError) -> (any CharFilter)? {
        if let known = charFilters[name] { return known }
        return name == "html_strip" ? try CharFilterFactory.make(name, ComponentSettings(name: name)) : nil
    }

    func filter(
        _ name: String, preceding charFilters: [Analyzer.Named<any CharFilter>], _ tokenizer: Analyzer.Named<any Tokenizer>,
        _ filters: [Analyzer.Named<any TokenFilter>]
    ) throws(AnalysisError) -> (any TokenFilter)? {
        let settings = filterSettings[name] ?? ComponentSettings(name: name)
        return try filter(filterType(name), settings, preceding: charFilters, tokenizer, filters)
    }

    func filter(
        _ type: String, _ settings: ComponentSettings, preceding charFilters: [Analyzer.Named<any CharFilter>],
        _ tokenizer: Analyzer.Named<any Tokenizer>, _ filters: [Analyzer.Named<any TokenFilter>]
    ) throws(AnalysisError) -> (any TokenFilter)? {
        try TokenFilterFactory.make(
            type, settings, limits,
            preceding: { Analyzer(name: "", charFilters: charFilters, tokenizer: tokenizer, filters: filters) })
    }
}
