/// The analyzers that need no settings, and how those that take some are made.
///
/// Source: https://www.elastic.co/docs/reference/text-analysis/analyzer-reference
enum BuiltInAnalyzers {
    /// All of them without settings, by name.
    static let all: [String: Analyzer] = {
        var all: [String: Analyzer] = [:]
        for name in ["standard", "simple", "whitespace", "stop", "keyword", "pattern", "fingerprint", "snowball"] + languages.keys {
            if let analyzer = try? make(name, ComponentSettings(name: name)) { all[name] = analyzer }
        }
        return all
    }()

    /// Nil for a type that is not known.
    ///
    /// - Throws: `AnalysisError` for settings that the analyzer does not take.
    static func make(_ type: String, _ settings: ComponentSettings) throws(AnalysisError) -> Analyzer? {
        switch type {
        case "standard":
            let length = try settings.int("max_token_length", default: StandardTokenizer.defaultMaximumLength)
            guard 1...1_048_576 ~= length else {
                throw settings.invalid(
                    "max_token_length", "maxTokenLen must be greater than 0 and less than 1048576 passed: \(length)")
            }
            return analyzer(
                settings, ("standard", StandardTokenizer(maximumLength: length)),
                [("lowercase", LowercaseFilter()), ("stop", StopFilter(try settings.stopWords(default: "_none_")))])
        case "simple": return analyzer(settings, ("lowercase", letters), [])
        case "whitespace":
            return analyzer(settings, ("whitespace", CharacterTokenizer(accepts: { !CharacterKind.isSpace($0) })), [])
        case "stop":
            return analyzer(settings, ("lowercase", letters), [("stop", StopFilter(try settings.stopWords(default: "_english_")))])
        case "keyword": return analyzer(settings, ("keyword", KeywordTokenizer()), [])
        case "pattern":
            let pattern = try settings.pattern("pattern", default: "\\W+")
            var filters: [(String, any TokenFilter)] = []
            if try settings.bool("lowercase", default: true) { filters.append(("lowercase", LowercaseFilter())) }
            filters.append(("stop", StopFilter(try settings.stopWords(default: "_none_"))))
            return analyzer(settings, ("pattern", PatternTokenizer(pattern: pattern, group: nil)), filters)
        case "fingerprint":
            let separator = settings.string("separator") ?? " "
            return analyzer(
                settings, standard,
                [
                    ("lowercase", LowercaseFilter()), ("asciifolding", ASCIIFoldingFilter()),
                    ("stop", StopFilter(try settings.stopWords(default: "_none_"))),
                    (
                        "fingerprint",
                        FingerprintFilter(separator: separator, maximumLength: try settings.int("max_output_size", default: 255))
                    ),
                ])
        case "snowball":
            let language = settings.string("language") ?? "English"
            let standardWords = language == "English" ? "_english_" : "_none_"
            return analyzer(
                settings, standard,
                [
                    ("lowercase", LowercaseFilter()), ("stop", StopFilter(try settings.stopWords(default: standardWords))),
                    ("snowball", try StemmerFactory.snowball(language)),
                ])
        default:
            guard let language = languages[type] else { return nil }
            return try language.analyzer(settings)
        }
    }

    private static let standard: (String, any Tokenizer) = ("standard", StandardTokenizer())
    private static let letters = CharacterTokenizer(accepts: CharacterKind.isLetter, lowercases: true)

    private static func analyzer(
        _ settings: ComponentSettings, _ tokenizer: (String, any Tokenizer), _ filters: [(String, any TokenFilter)]
    ) -> Analyzer {
        Analyzer(
            name: settings.name, tokenizer: .init(name: tokenizer.0, component: tokenizer.1),
            filters: filters.map { .init(name: $0.0, component: $0.1) })
    }

    static let languages: [String: LanguageAnalyzer] = [
        "cjk": LanguageAnalyzer("cjk", before: [.foldWidth], after: [.bigrams], stemmer: nil, stopsLast: true),
        "danish": LanguageAnalyzer("danish"), "dutch": LanguageAnalyzer("dutch", before: [], after: [.dutchExceptions]),
        "english": LanguageAnalyzer("english", before: [.possessives]), "finnish": LanguageAnalyzer("finnish"),
        "french": LanguageAnalyzer("french", before: [.elisions(ElisionFilter.french)], stemmer: "light_french"),
        "german": LanguageAnalyzer("german", after: [.germanNormalization], stemmer: "light_german"),
        "hungarian": LanguageAnalyzer("hungarian"),
        "italian": LanguageAnalyzer("italian", before: [.elisions(ElisionFilter.italian)], stemmer: "light_italian"),
        "norwegian": LanguageAnalyzer("norwegian"), "portuguese": LanguageAnalyzer("portuguese", stemmer: "light_portuguese"),
        "romanian": LanguageAnalyzer("romanian"), "russian": LanguageAnalyzer("russian"),
        "spanish": LanguageAnalyzer("spanish", stemmer: "light_spanish"), "swedish": LanguageAnalyzer("swedish"),
        "turkish": LanguageAnalyzer("turkish", before: [.apostrophes], lowercase: .turkish),
    ]
}
