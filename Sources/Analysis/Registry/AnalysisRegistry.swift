/// The analyzers and normalizers of an index: those that its settings describe, and those that every index has.
///
/// Immutable, made once when an index is created or opened.
public final class AnalysisRegistry: Sendable {
    /// What indices have whose settings say nothing of analysis.
    public static let standard = AnalysisRegistry()

    let limits: AnalysisLimits
    /// What the registry was made of: `analyzer.my_name.type` and so on.
    private let settings: [String: SettingValue]
    let tokenizers: [String: any Tokenizer]
    let charFilters: [String: any CharFilter]
    /// Filters are made for each analyzer anew: rules of synonyms depend on the steps before them.
    let filterSettings: [String: ComponentSettings]
    let charFilterTypes: [String: String]
    private let analyzers: [String: Analyzer]
    private let normalizers: [String: Normalizer]

    private init() {
        limits = AnalysisLimits()
        settings = [:]
        tokenizers = [:]
        charFilters = [:]
        filterSettings = [:]
        charFilterTypes = [:]
        analyzers = [:]
        normalizers = ["lowercase": Self.lowercaseNormalizer]
    }

    /// Reads the settings behind `index.analysis.`, with flat keys.
    ///
    /// - Throws: `AnalysisError` for what Elasticsearch refuses too, and for what is not here.
    public init(settings: [String: SettingValue], limits: AnalysisLimits = AnalysisLimits()) throws(AnalysisError) {
        self.settings = settings
        self.limits = limits
        let groups = Self.grouped(settings)
        var tokenizers: [String: any Tokenizer] = [:], charFilters: [String: any CharFilter] = [:]
        var charFilterTypes: [String: String] = [:], filterSettings: [String: ComponentSettings] = [:]
        for (name, settings) in Self.sorted(groups["tokenizer"]) {
            let type = try Self.type(.tokenizer, settings)
            guard let made = try TokenizerFactory.make(type, settings, limits) else {
                throw .unknownType(.tokenizer, type: type, name: name)
            }
            tokenizers[name] = made
        }
        for (name, settings) in Self.sorted(groups["char_filter"]) {
            let type = try Self.type(.charFilter, settings)
            guard let made = try CharFilterFactory.make(type, settings) else {
                throw .unknownType(.charFilter, type: type, name: name)
            }
            charFilters[name] = made
            charFilterTypes[name] = type
        }
        for (name, settings) in Self.sorted(groups["filter"]) {
            let type = try Self.type(.filter, settings)
            // Made once without the steps before it, so that a filter that no analyzer uses is checked too.
            guard
                try TokenFilterFactory.make(
                    type, settings, limits,
                    preceding: { Analyzer(name: "", tokenizer: .init(name: "whitespace", component: Self.whitespace)) }) != nil
            else { throw .unknownType(.filter, type: type, name: name) }
            filterSettings[name] = settings
        }
        self.tokenizers = tokenizers
        self.charFilters = charFilters
        self.charFilterTypes = charFilterTypes
        self.filterSettings = filterSettings
        let builder = AnalyzerBuilder(
            tokenizers: tokenizers, charFilters: charFilters, charFilterTypes: charFilterTypes, filterSettings: filterSettings,
            limits: limits)
        var analyzers: [String: Analyzer] = [:]
        for (name, settings) in Self.sorted(groups["analyzer"]) { analyzers[name] = try builder.analyzer(settings) }
        self.analyzers = analyzers
        var normalizers = ["lowercase": Self.lowercaseNormalizer]
        for (name, settings) in Self.sorted(groups["normalizer"]) { normalizers[name] = try builder.normalizer(settings) }
        self.normalizers = normalizers
    }

    private static let whitespace = CharacterTokenizer(accepts: { !CharacterKind.isSpace($0) })
    private static let lowercaseNormalizer = Normalizer(
        name: "lowercase", charFilters: [], filters: [.init(name: "lowercase", component: LowercaseFilter())])

    private static func type(_ component: AnalysisError.Component, _ settings: ComponentSettings) throws(AnalysisError) -> String {
        guard let type = settings.string("type") else { throw .missingType(component, name: settings.name) }
        return type
    }

    private static func sorted(_ group: [String: ComponentSettings]?) -> [(key: String, value: ComponentSettings)] {
        (group ?? [:]).sorted { $0.key < $1.key }
    }

    /// By kind and name of component.
    private static func grouped(_ settings: [String: SettingValue]) -> [String: [String: ComponentSettings]] {
        var values: [String: [String: [String: SettingValue]]] = [:]
        for (key, value) in settings {
            let parts = key.split(separator: ".", maxSplits: 2).map(String.init)
            guard parts.count == 3 else { continue }
            values[parts[0], default: [:]][parts[1], default: [:]][parts[2]] = value
        }
        return values.mapValues { group in
            Dictionary(uniqueKeysWithValues: group.map { ($0.key, ComponentSettings(name: $0.key, $0.value)) })
        }
    }

    // MARK: Finding

    /// An analyzer of the index, or one that every index has.
    public func analyzer(_ name: String) -> Analyzer? {
        if name == "default" { return defaultAnalyzer }
        return analyzers[name] ?? BuiltInAnalyzers.all[name]
    }

    /// A normalizer of the index; nil for a name that is none.
    public func normalizer(_ name: String) -> Normalizer? { normalizers[name] }

    /// What `text` fields are indexed with that name no analyzer.
    public var defaultAnalyzer: Analyzer { analyzers["default"] ?? Self.standardAnalyzer }

    /// What they are searched with; nil: with what they are indexed with.
    public var defaultSearchAnalyzer: Analyzer? { analyzers["default_search"] }

    /// What phrases are searched with in them.
    public var defaultSearchQuoteAnalyzer: Analyzer? { analyzers["default_search_quoted"] }

    private static let standardAnalyzer =
        BuiltInAnalyzers.all["standard"]
        ?? Analyzer(
            name: "standard", tokenizer: .init(name: "standard", component: StandardTokenizer()),
            filters: [.init(name: "lowercase", component: LowercaseFilter())])
}

extension AnalysisRegistry: Equatable {
    public static func == (left: AnalysisRegistry, right: AnalysisRegistry) -> Bool {
        left === right || left.settings == right.settings && left.limits == right.limits
    }
}
