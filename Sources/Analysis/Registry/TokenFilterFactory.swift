/// Makes token filters of their settings.
enum TokenFilterFactory {
    /// Those that normalizers may use: they change single characters.
    static let normalizing: Set<String> = [
        "arabic_normalization", "asciifolding", "cjk_width", "decimal_digit", "elision", "german_normalization", "lowercase",
        "pattern_replace", "persian_normalization", "scandinavian_folding", "scandinavian_normalization", "serbian_normalization",
        "trim", "uppercase",
    ]

    /// Nil for a type that is not known.
    ///
    /// - Parameter preceding: the steps before the filter, through which rules of synonyms go.
    /// - Throws: `AnalysisError` for settings that the filter does not take.
    static func make(
        _ type: String, _ settings: ComponentSettings, _ limits: AnalysisLimits, preceding: () -> Analyzer
    ) throws(AnalysisError) -> (any TokenFilter)? {
        if let filter = try transform(type, settings) { return filter }
        if let filter = try selection(type, settings) { return filter }
        if let filter = try expansion(type, settings, limits, preceding) { return filter }
        return try StemmerFactory.make(type, settings)
    }

    /// Filters that change terms one by one.
    private static func transform(_ type: String, _ settings: ComponentSettings) throws(AnalysisError) -> (any TokenFilter)? {
        switch type {
        case "lowercase": return try lowercase(settings)
        case "uppercase": return TermFilter(transform: TermTransforms.uppercase)
        case "asciifolding": return ASCIIFoldingFilter(preservesOriginal: try settings.bool("preserve_original", default: false))
        case "trim": return TermFilter(transform: TermTransforms.trim)
        case "truncate":
            let length = try settings.int("length", default: 10, atLeast: 1, "length parameter must be provided")
            return TermFilter(sparesKeywords: true) { TermTransforms.truncate($0, to: length) }
        case "reverse": return TermFilter(transform: TermTransforms.reverse)
        case "apostrophe": return TermFilter(transform: TermTransforms.cutAtApostrophe)
        case "decimal_digit": return TermFilter(transform: TermTransforms.decimalDigits)
        case "cjk_width": return TermFilter(transform: TermTransforms.foldWidth)
        case "german_normalization": return TermFilter(transform: LetterNormalizations.german)
        case "scandinavian_normalization": return TermFilter(transform: LetterNormalizations.scandinavian)
        case "scandinavian_folding": return TermFilter(transform: LetterNormalizations.scandinavianFolding)
        case "arabic_normalization": return TermFilter(transform: LetterNormalizations.arabic)
        case "persian_normalization": return TermFilter(transform: LetterNormalizations.persian)
        case "serbian_normalization": return TermFilter { LetterNormalizations.serbian($0.simplyLowercased) }
        case "elision":
            try settings.refuseFile("articles_path")
            let ignoresCase = try settings.bool("articles_case", default: false)
            guard let articles = settings.strings("articles") else {
                return ElisionFilter(articles: ElisionFilter.french, ignoresCase: true)
            }
            return ElisionFilter(articles: Set(ignoresCase ? articles.map(\.simplyLowercased) : articles), ignoresCase: ignoresCase)
        case "pattern_replace":
            guard settings.has("pattern") else {
                throw .missingSetting(
                    component: settings.name, setting: "pattern",
                    reason: "pattern is missing for [\(settings.name)] token filter of type 'pattern_replace'")
            }
            let pattern = try settings.pattern("pattern", default: nil)
            return PatternReplaceFilter(
                pattern: pattern, replacement: try PatternReplacement(settings.string("replacement") ?? "", for: pattern),
                replacesAll: try settings.bool("all", default: true))
        default: return nil
        }
    }

    private static func lowercase(_ settings: ComponentSettings) throws(AnalysisError) -> any TokenFilter {
        switch settings.string("language")?.lowercased() {
        case nil: return LowercaseFilter()
        case "turkish": return TermFilter(transform: TermTransforms.turkishLowercase)
        case "greek": return TermFilter(transform: TermTransforms.greekLowercase)
        case "irish": return TermFilter(transform: TermTransforms.irishLowercase)
        case let other?: throw settings.invalid("language", "language [\(other)] not support for lower case")
        }
    }

    /// Filters that remove tokens.
    private static func selection(_ type: String, _ settings: ComponentSettings) throws(AnalysisError) -> (any TokenFilter)? {
        switch type {
        case "stop":
            return StopFilter(
                try settings.stopWords(default: "_english_"), ignoresCase: try settings.bool("ignore_case", default: false),
                removesTrailing: try settings.bool("remove_trailing", default: true))
        case "length":
            let minimum = try settings.int("min", default: 0, atLeast: 0, "minimum length must be greater than or equal to zero")
            let maximum = try settings.int("max", default: Int(Int32.max))
            guard minimum <= maximum else { throw settings.invalid("max", "maximum length must not be greater than minimum length") }
            return SelectionFilter { minimum...maximum ~= $0.term.utf16.count }
        case "limit":
            return LimitFilter(maximum: try settings.int("max_token_count", default: 1, atLeast: 1, "maxTokenCount must be greater than zero"))
        case "unique": return UniqueFilter(onlyOnSamePosition: try settings.bool("only_on_same_position", default: false))
        case "remove_duplicates": return UniqueFilter(onlyOnSamePosition: true)
        case "keep":
            try settings.refuseFile("keep_words_path")
            guard let words = settings.strings("keep_words") else {
                throw .missingSetting(
                    component: settings.name, setting: "keep_words",
                    reason: "keep requires either `keep_words` or `keep_words_path` to be configured")
            }
            let ignoresCase = try settings.bool("keep_words_case", default: false)
            let kept = Set(ignoresCase ? words.map(\.simplyLowercased) : words)
            return SelectionFilter { kept.contains(ignoresCase ? $0.term.simplyLowercased : $0.term) }
        case "keep_types":
            guard let types = settings.strings("types"), !types.isEmpty else {
                throw .missingSetting(
                    component: settings.name, setting: "types", reason: "keep_types requires `types` to be configured")
            }
            let mode = settings.string("mode")?.lowercased() ?? "include"
            guard mode == "include" || mode == "exclude" else {
                throw settings.invalid(
                    "mode", "`keep_types` tokenfilter mode can only be [include] or [exclude] but was [\(mode)].")
            }
            return SelectionFilter { types.contains($0.type.rawValue) == (mode == "include") }
        default: return nil
        }
    }

    /// Filters that make tokens of tokens.
    private static func expansion(
        _ type: String, _ settings: ComponentSettings, _ limits: AnalysisLimits, _ preceding: () -> Analyzer
    ) throws(AnalysisError) -> (any TokenFilter)? {
        switch type {
        case "ngram":
            let sizes = try NGramSizes(settings, limits, "NGramTokenFilter")
            return NGramFilter(
                minimum: sizes.minimum, maximum: sizes.maximum, preservesOriginal: try settings.bool("preserve_original", default: false))
        case "edge_ngram":
            let sizes = try NGramSizes(settings, nil, "EdgeNGramTokenFilter")
            let side = settings.string("side") ?? "front"
            guard side == "front" || side == "back" else { throw settings.invalid("side", "invalid side: \(side)") }
            return NGramFilter(
                minimum: sizes.minimum, maximum: sizes.maximum, side: side == "front" ? .front : .back,
                preservesOriginal: try settings.bool("preserve_original", default: false))
        case "shingle": return try shingle(settings, limits)
        case "cjk_bigram":
            var types: Set<TokenType> = [.ideographic, .hiragana, .katakana, .hangul]
            let names: [String: TokenType] = ["han": .ideographic, "hiragana": .hiragana, "katakana": .katakana, "hangul": .hangul]
            for name in settings.strings("ignored_scripts") ?? [] { if let type = names[name.lowercased()] { types.remove(type) } }
            return CJKBigramFilter(types: types, outputsUnigrams: try settings.bool("output_unigrams", default: false))
        case "fingerprint":
            let separator = settings.string("separator") ?? " "
            guard separator.unicodeScalars.count == 1 else {
                throw settings.invalid("separator", "Setting [separator] must be a single, non-null character. [\(separator)] was provided.")
            }
            return FingerprintFilter(separator: separator, maximumLength: try settings.int("max_output_size", default: 255))
        case "pattern_capture":
            guard let texts = settings.lines("patterns") else {
                throw .missingSetting(
                    component: settings.name, setting: "patterns",
                    reason: "required setting 'patterns' is missing for token filter [\(settings.name)]")
            }
            var patterns: [Pattern] = []
            for text in texts { patterns.append(try Pattern(text)) }
            return PatternCaptureFilter(patterns: patterns, preservesOriginal: try settings.bool("preserve_original", default: true))
        case "keyword_repeat": return KeywordRepeatFilter()
        case "flatten_graph": return FlattenGraphFilter()
        case "word_delimiter", "word_delimiter_graph":
            return try WordDelimiterFilter(settings, isGraph: type == "word_delimiter_graph")
        case "synonym", "synonym_graph": return try synonyms(settings, isGraph: type == "synonym_graph", preceding())
        default: return nil
        }
    }

    private static func shingle(_ settings: ComponentSettings, _ limits: AnalysisLimits) throws(AnalysisError) -> ShingleFilter {
        let minimum = try settings.int("min_shingle_size", default: 2, atLeast: 2, "Min shingle size must be >= 2")
        let maximum = try settings.int("max_shingle_size", default: 2, atLeast: 2, "Max shingle size must be >= 2")
        guard minimum <= maximum else {
            throw settings.invalid("min_shingle_size", "Min shingle size must be <= max shingle size")
        }
        let outputsUnigrams = try settings.bool("output_unigrams", default: true)
        let difference = maximum - minimum + (outputsUnigrams ? 1 : 0)
        guard difference <= limits.shingleDifference else {
            throw settings.invalid(
                "max_shingle_size",
                "In Shingle TokenFilter the difference between max_shingle_size and min_shingle_size (and +1 if outputting unigrams) "
                    + "must be less than or equal to: [\(limits.shingleDifference)] but was [\(difference)]. This limit can be set by "
                    + "changing the [index.max_shingle_diff] index level setting.")
        }
        return ShingleFilter(
            minimum: minimum, maximum: maximum, separator: settings.string("token_separator") ?? " ",
            filler: settings.string("filler_token") ?? "_", outputsUnigrams: outputsUnigrams,
            outputsUnigramsIfNoShingles: try settings.bool("output_unigrams_if_no_shingles", default: false))
    }

    private static func synonyms(
        _ settings: ComponentSettings, isGraph: Bool, _ analyzer: Analyzer
    ) throws(AnalysisError) -> SynonymFilter {
        try settings.refuseFile("synonyms_path")
        if settings.has("synonyms_set") { throw .filesNotSupported(setting: "synonyms_set") }
        guard let lines = settings.lines("synonyms") else {
            throw .missingSetting(
                component: settings.name, setting: "synonyms",
                reason: "synonym requires either `synonyms`, `synonyms_set` or `synonyms_path` to be configured")
        }
        if let format = settings.string("format"), format != "solr" {
            throw settings.invalid("format", "synonyms of the format [\(format)] are not supported")
        }
        let rules = try SynonymRules(
            solr: lines, expands: try settings.bool("expand", default: true), isLenient: try settings.bool("lenient", default: false),
            analyzer: analyzer)
        return SynonymFilter(rules: rules, isGraph: isGraph)
    }
}
