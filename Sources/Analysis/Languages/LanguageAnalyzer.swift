/// The analyzer of a language: the standard tokenizer, small letters, stop words and a stemmer, with steps of its own.
struct LanguageAnalyzer: Sendable {
    enum Step: Sendable {
        case possessives, apostrophes, germanNormalization, dutchExceptions, foldWidth, bigrams
        case elisions(Set<String>)
    }

    enum Lowercase: Sendable {
        case plain, turkish
    }

    private let language: String
    private let before: [Step]
    private let after: [Step]
    private let lowercase: Lowercase
    private let stemmer: String?
    private let stopsLast: Bool

    /// - Parameters:
    ///   - before: steps before letters are made small.
    ///   - after: steps behind the stop words.
    ///   - stemmer: nil for none; by default the one named as the language.
    ///   - stopsLast: whether stop words are removed at the very end.
    init(
        _ language: String, before: [Step] = [], after: [Step] = [], lowercase: Lowercase = .plain, stemmer: String? = "",
        stopsLast: Bool = false
    ) {
        self.language = language
        self.before = before
        self.after = after
        self.lowercase = lowercase
        self.stemmer = stemmer?.isEmpty == true ? language : stemmer
        self.stopsLast = stopsLast
    }

    /// - Throws: `AnalysisError` for stop words that are not known.
    func analyzer(_ settings: ComponentSettings) throws(AnalysisError) -> Analyzer {
        var filters: [Analyzer.Named<any TokenFilter>] = []
        func add(_ name: String, _ filter: any TokenFilter) { filters.append(.init(name: name, component: filter)) }
        for step in before { add(step.name, step.filter) }
        switch lowercase {
        case .plain: add("lowercase", LowercaseFilter())
        case .turkish: add("lowercase", TermFilter(transform: TermTransforms.turkishLowercase))
        }
        let stop = StopFilter(try settings.stopWords(default: "_\(language)_"))
        if !stopsLast { add("stop", stop) }
        if let excluded = settings.strings("stem_exclusion"), !excluded.isEmpty {
            add("keyword_marker", KeywordMarkerFilter(words: Set(excluded)))
        }
        for step in after { add(step.name, step.filter) }
        if let stemmer { add("stemmer", try StemmerFactory.stemmer(stemmer)) }
        if stopsLast { add("stop", stop) }
        return Analyzer(
            name: settings.name, tokenizer: .init(name: "standard", component: StandardTokenizer()), filters: filters)
    }
}

extension LanguageAnalyzer.Step {
    var name: String {
        switch self {
        case .possessives: "english_possessive"
        case .apostrophes: "apostrophe"
        case .germanNormalization: "german_normalization"
        case .dutchExceptions: "stemmer_override"
        case .foldWidth: "cjk_width"
        case .bigrams: "cjk_bigram"
        case .elisions: "elision"
        }
    }

    var filter: any TokenFilter {
        switch self {
        case .possessives: TermFilter(transform: TermTransforms.withoutPossessive)
        case .apostrophes: TermFilter(transform: TermTransforms.cutAtApostrophe)
        case .germanNormalization: TermFilter(transform: LetterNormalizations.german)
        case .dutchExceptions:
            StemmerOverrideFilter(stems: ["fiets": "fiets", "bromfiets": "bromfiets", "ei": "eier", "kind": "kinder"])
        case .foldWidth: TermFilter(transform: TermTransforms.foldWidth)
        case .bigrams: CJKBigramFilter()
        case .elisions(let articles): ElisionFilter(articles: articles, ignoresCase: true)
        }
    }
}
