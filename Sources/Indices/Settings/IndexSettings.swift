public import Analysis
public import JSON
public import Mapping
public import Query

/// An index's settings: the ones that this program acts on, typed, and the accepted rest as it was given.
public struct IndexSettings: Equatable, Sendable {
    public static let maximumShards = 1024
    public static let defaultMaximumResultWindow = 10_000
    public static let defaultMaximumAnalyzedTokens = 10_000
    static let analysisPrefix = "index.analysis."
    static let defaultFieldKey = "index.query.default_field"

    /// Fixed when the index is created.
    public var numberOfShards = 1
    /// Accepted and reported; there is one node, so no replica is ever assigned.
    public var numberOfReplicas = 1
    /// Nil: never by itself (`-1`).
    public var refreshInterval: Duration? = .seconds(1)
    /// The largest `from + size`.
    public var maximumResultWindow = Self.defaultMaximumResultWindow
    /// `min-max`, or nil where the number of replicas is fixed: with one node it is the smaller of the two that counts.
    public var autoExpandedReplicas: Int?
    /// Whether only patterns that ask for hidden names match it.
    public var isHidden = false
    /// What the index refuses.
    public var blocks: Set<IndexBlock> = []
    /// What highlighting takes of a text, and marks.
    public var highlighting = Highlighter.Limits()
    /// The most values of a `terms` query.
    public var maximumTerms = 65_536
    /// The most `docvalue_fields` and `script_fields` of a search, and characters of a regular expression.
    public var maximumDocValueFields = 100
    public var maximumScriptFields = 32
    public var maximumRegexpLength = Planner.defaultMaximumRegexpLength
    /// The most parts that a scroll may be one of: `index.max_slices_per_scroll`.
    public var maximumSlices = 1024
    /// The largest window of a rescorer; nil: as large as `from + size` may be.
    public var maximumRescoreWindow: Int?
    /// How many copies of a shard a write wants that does not say.
    public var wantedCopies = WantedCopies.count(1)
    /// The most inner hits of a hit, with those before them.
    public var maximumInnerHits = Planner.defaultMaximumInnerHits
    /// What `index.mapping.*` allows of the mapping.
    public var mappingLimits = MappingLimits()

    /// - Throws: `IndicesError.retrieval` for more parts than a scroll, or an operation by query, may have.
    func check(slices count: Int) throws(IndicesError) {
        if count > maximumSlices { throw .retrieval(.tooManySlices(count, limit: maximumSlices)) }
    }

    /// What the settings say of the mapping.
    var mappingEnvironment: MappingEnvironment {
        MappingEnvironment(analysis: analysis, similarities: similarities, limits: mappingLimits)
    }
    /// Settings given by the client, by their full key (`index.refresh_interval`), values as Elasticsearch keeps
    /// them: strings, and of analysis lists of them.
    public private(set) var given: [String: SettingValue] = [:]
    /// The analyzers that the settings describe. Fixed when the index is created.
    public private(set) var analysis = AnalysisRegistry.standard
    /// The similarities that the settings describe. Fixed while the index is open.
    public private(set) var similarities = SimilarityRegistry.standard
    /// The most tokens that `_analyze` answers with.
    public var maximumAnalyzedTokens = Self.defaultMaximumAnalyzedTokens

    public init() {}

    /// Reads the `settings` object of a request: nested or dotted keys, with or without `index.` in front, values as
    /// strings, numbers or booleans; null is as if the key were absent.
    ///
    /// - Throws: `IndicesError.unknownSetting`, `.invalidSetting`.
    public init(_ settings: JSONElement) throws(IndicesError) {
        try self.init(SettingsChange(settings).values.compactMapValues { $0 })
    }

    /// - Parameter values: by full key.
    /// - Throws: `IndicesError.unknownSetting`, `.invalidSetting`.
    public init(_ values: [String: SettingValue]) throws(IndicesError) {
        for (key, value) in values.sorted(by: { $0.key < $1.key }) {
            if !key.hasPrefix(Self.analysisPrefix) { try set(key, value.text) }
            given[key] = value
        }
        try makeAnalysis()
        similarities = try SimilaritySettings.registry(given.mapValues(\.text))
    }

    /// - Throws: `IndicesError.analysis`.
    private mutating func makeAnalysis() throws(IndicesError) {
        let settings = given.filter { $0.key.hasPrefix(Self.analysisPrefix) }
        guard !settings.isEmpty else { return }
        let inner = settings.map { (String($0.key.dropFirst(Self.analysisPrefix.count)), $0.value) }
        var limits = AnalysisLimits()
        let allowed = 0...Int(Int32.max)
        if let text = given["index.max_ngram_diff"]?.text {
            limits.nGramDifference = try Self.integer("index.max_ngram_diff", text, in: allowed)
        }
        if let text = given["index.max_shingle_diff"]?.text {
            limits.shingleDifference = try Self.integer("index.max_shingle_diff", text, in: allowed)
        }
        do {
            analysis = try AnalysisRegistry(settings: Dictionary(inner) { $1 }, limits: limits)
        } catch {
            throw .analysis(error)
        }
    }

    /// Copies that the index wants beside its primary shards.
    public var effectiveReplicas: Int { autoExpandedReplicas ?? numberOfReplicas }

    private mutating func set(_ key: String, _ value: String) throws(IndicesError) {
        switch key {
        case "index.number_of_shards":
            numberOfShards = try Self.integer(key, value, in: 1...Self.maximumShards)
        case "index.number_of_replicas":
            numberOfReplicas = try Self.integer(key, value, in: 0...Int(Int32.max))
        case "index.max_result_window":
            maximumResultWindow = try Self.integer(key, value, in: 1...Int(Int32.max))
        case "index.analyze.max_token_count":
            maximumAnalyzedTokens = try Self.integer(key, value, in: 1...Int(Int32.max))
        case "index.highlight.max_analyzed_offset":
            highlighting.analyzedOffset = try Self.integer(key, value, in: 1...Int(Int32.max))
        case "index.highlight.weight_matches_mode.enabled":
            highlighting.marksWholePhrases = try Self.boolean(key, value)
        case "index.max_terms_count":
            maximumTerms = try Self.integer(key, value, in: 1...Int(Int32.max))
        case "index.max_docvalue_fields_search": maximumDocValueFields = try Self.integer(key, value, in: 0...Int(Int32.max))
        case "index.max_script_fields": maximumScriptFields = try Self.integer(key, value, in: 0...Int(Int32.max))
        case "index.max_regex_length": maximumRegexpLength = try Self.integer(key, value, in: 1...Int(Int32.max))
        case "index.max_slices_per_scroll": maximumSlices = try Self.integer(key, value, in: 1...Int(Int32.max))
        case "index.max_rescore_window": maximumRescoreWindow = try Self.integer(key, value, in: 1...Int(Int32.max))
        case "index.mapping.coerce": mappingLimits.coerces = try Self.boolean(key, value)
        case "index.query_string.lenient": mappingLimits.isQueryStringLenient = try Self.boolean(key, value)
        case Self.defaultFieldKey:
            let fields = value.split(separator: ",").map { $0.trimmingPrefix { $0 == " " } }
            mappingLimits.defaultFields = fields.isEmpty ? ["*"] : fields.map(String.init)
        case "index.write.wait_for_active_shards":
            guard let copies = WantedCopies(parsing: value) else {
                throw .invalidSetting(key: key, value: value, reason: "cannot parse ActiveShardCount[\(value)]")
            }
            wantedCopies = copies
        case "index.mapping.ignore_above": mappingLimits.ignoreAbove = try Self.integer(key, value, in: 0...Int(Int32.max))
        case "index.mode":
            guard ["standard", "lookup"].contains(value) else {
                throw .invalidSetting(
                    key: key, value: value, reason: "[\(value)] is an invalid index mode, valid modes are: [standard,lookup]")
            }
        case "index.mapping.total_fields.limit":
            mappingLimits.fields = try Self.integer(key, value, in: 0...Int(Int64.max))
        case "index.mapping.depth.limit":
            mappingLimits.depth = try Self.integer(key, value, in: 1...Mapping.maximumDepth)
        case "index.mapping.field_name_length.limit":
            mappingLimits.nameLength = try Self.integer(key, value, in: 1...Int(Int64.max))
        case "index.mapping.total_fields.ignore_dynamic_beyond_limit":
            mappingLimits.ignoresFieldsBeyond = try Self.boolean(key, value)
        case "index.mapping.ignore_malformed":
            mappingLimits.ignoresMalformed = try Self.boolean(key, value)
        case "index.mapping.semantic_text.use_legacy_format":
            mappingLimits.usesLegacySemanticText = try Self.boolean(key, value)
        case "index.mapping.source.mode":
            guard ["stored", "synthetic", "disabled"].contains(value.lowercased()) else {
                throw .invalidSetting(key: key, value: value, reason: "No enum constant org.elasticsearch.index.mapper.SourceFieldMapper.Mode.\(value.uppercased())")
            }
        case "index.refresh_interval":
            refreshInterval = try Self.refreshInterval(key, value)
        case "index.auto_expand_replicas":
            autoExpandedReplicas = try Self.autoExpansion(key, value)
        case "index.mapping.nested_fields.limit":
            mappingLimits.nestedFields = try Self.integer(key, value, in: 0...Int(Int32.max))
        case "index.mapping.nested_objects.limit":
            mappingLimits.nestedObjects = try Self.integer(key, value, in: 0...Int(Int32.max))
        case "index.max_inner_result_window":
            maximumInnerHits = try Self.integer(key, value, in: 0...Int(Int32.max))
        case "index.hidden":
            isHidden = try Self.boolean(key, value)
        case _ where IndexBlock(key: key) != nil:
            if let block = IndexBlock(key: key), try Self.boolean(key, value) { blocks.insert(block) }
        default:
            guard KnownSettings.isAccepted(key) else { throw .unknownSetting(key) }
        }
    }

    private static func boolean(_ key: String, _ value: String) throws(IndicesError) -> Bool {
        switch value {
        case "true": return true
        case "false": return false
        default:
            throw .invalidSetting(
                key: key, value: value, reason: "Failed to parse value [\(value)] as only [true] or [false] are allowed.")
        }
    }

    /// `false`, `0-5` or `0-all`.
    private static func autoExpansion(_ key: String, _ value: String) throws(IndicesError) -> Int? {
        if value == "false" { return nil }
        let parts = value.split(separator: "-", maxSplits: 1)
        guard parts.count == 2, let least = Int(parts[0]), least >= 0, parts[1] == "all" || Int(parts[1]).map({ $0 >= least }) == true
        else {
            throw .invalidSetting(
                key: key, value: value,
                reason: "failed to parse [\(key)] from value: [\(value)] at index -1")
        }
        return least
    }

    private static func integer(_ key: String, _ value: String, in range: ClosedRange<Int>) throws(IndicesError) -> Int {
        guard let number = Int(value) else {
            throw .invalidSetting(key: key, value: value, reason: "Failed to parse value [\(value)] for setting [\(key)]")
        }
        if number < range.lowerBound {
            throw .invalidSetting(
                key: key, value: value,
                reason: "Failed to parse value [\(value)] for setting [\(key)] must be >= \(range.lowerBound)")
        }
        if number > range.upperBound {
            throw .invalidSetting(
                key: key, value: value,
                reason: "Failed to parse value [\(value)] for setting [\(key)] must be <= \(range.upperBound)")
        }
        return number
    }

    private static func refreshInterval(_ key: String, _ value: String) throws(IndicesError) -> Duration? {
        if value == "-1" { return nil }
        guard let duration = TimeValue.parse(value) else {
            throw .invalidSetting(
                key: key, value: value,
                reason: "failed to parse setting [\(key)] with value [\(value)] as a time value: unit is missing or unrecognized")
        }
        return duration
    }
}
