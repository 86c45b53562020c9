/// Makes the filters of stemming.
enum StemmerFactory {
    /// Nil for a type that is not known.
    ///
    /// - Throws: `AnalysisError.unknownStemmer` and what else settings can have wrong.
    static func make(_ type: String, _ settings: ComponentSettings) throws(AnalysisError) -> (any TokenFilter)? {
        switch type {
        case "stemmer": return try stemmer(settings.string("language") ?? settings.string("name") ?? "porter")
        case "snowball": return try snowball(settings.string("language") ?? settings.string("name") ?? "English")
        case "porter_stem": return porter
        case "dutch_stem": return try stemmer("dutch")
        case "french_stem": return try stemmer("french")
        case "german_stem": return try stemmer("german")
        case "russian_stem": return try stemmer("russian")
        case "keyword_marker":
            try settings.refuseFile("keywords_path")
            let ignoresCase = try settings.bool("ignore_case", default: false)
            if let pattern = settings.string("keywords_pattern") {
                guard !settings.has("keywords") else {
                    throw settings.invalid("keywords_pattern", "cannot specify both `keywords_pattern` and `keywords` or `keywords_path`")
                }
                return KeywordMarkerFilter(pattern: try Pattern(pattern))
            }
            guard let words = settings.strings("keywords") else {
                throw .missingSetting(
                    component: settings.name, setting: "keywords",
                    reason: "keyword filter requires either `keywords`, `keywords_path`, or `keywords_pattern` to be configured")
            }
            return KeywordMarkerFilter(words: Set(ignoresCase ? words.map(\.simplyLowercased) : words), ignoresCase: ignoresCase)
        case "stemmer_override": return try override(settings)
        default: return nil
        }
    }

    static let porter = TermFilter(sparesKeywords: true, transform: PorterStemmer.stem)

    private static func override(_ settings: ComponentSettings) throws(AnalysisError) -> StemmerOverrideFilter {
        try settings.refuseFile("rules_path")
        guard let rules = settings.lines("rules") else {
            throw .missingSetting(
                component: settings.name, setting: "rules",
                reason: "stemmer override filter requires either `rules` or `rules_path` to be configured")
        }
        var stems: [String: String] = [:]
        for rule in rules {
            guard let arrow = rule.firstRange(of: "=>") else { throw settings.invalid("rules", "Invalid Keyword override Rule:\(rule)") }
            let stem = String(rule[arrow.upperBound...]).trimmed
            for word in rule[..<arrow.lowerBound].split(separator: ",") {
                let word = String(word).trimmed
                guard !word.isEmpty, !stem.isEmpty else { throw settings.invalid("rules", "Invalid Keyword override Rule:\(rule)") }
                stems[word] = stem
            }
        }
        return StemmerOverrideFilter(stems: stems)
    }

    /// Stemmers of Snowball that Elasticsearch uses too, by its names.
    private static let snowballLanguages: Set<String> = [
        "armenian", "basque", "catalan", "danish", "dutch", "finnish", "french", "german", "hungarian", "irish", "italian", "lithuanian",
        "norwegian", "portuguese", "romanian", "russian", "serbian", "spanish", "swedish", "turkish",
    ]
    /// Languages for which Elasticsearch has stemmers of its own; Snowball's cut other endings.
    private static let othersLanguages: Set<String> = ["arabic", "greek", "hindi", "indonesian"]

    /// A stemmer by the name that `stemmer` knows.
    static func stemmer(_ language: String) throws(AnalysisError) -> any TokenFilter {
        let name = language.lowercased().replacing("_", with: "")
        switch name {
        case "english", "porter": return porter
        case "porter2": return try filter("english")
        case "minimalenglish": return TermFilter(sparesKeywords: true, transform: LightStemmers.minimalEnglish)
        case "possessiveenglish": return TermFilter(transform: TermTransforms.withoutPossessive)
        case "german2": return try filter("german")
        case "lightgerman": return TermFilter(sparesKeywords: true, transform: LightStemmers.german)
        case "lightspanish": return TermFilter(sparesKeywords: true, transform: LightStemmers.spanish)
        case "lightfrench": return TermFilter(sparesKeywords: true, transform: LightStemmers.french)
        case "lightportuguese": return TermFilter(sparesKeywords: true, transform: LightStemmers.portuguese)
        case "lightitalian": return TermFilter(sparesKeywords: true, transform: LightStemmers.italian)
        case _ where snowballLanguages.contains(name) || othersLanguages.contains(name): return try filter(name)
        default: throw .unknownStemmer(language)
        }
    }

    /// A stemmer by the name that `snowball` knows.
    static func snowball(_ language: String) throws(AnalysisError) -> any TokenFilter {
        let name = language.lowercased()
        switch name {
        case "english", "porter", "arabic": return try filter(name)
        case "german2": return try filter("german")
        case _ where snowballLanguages.contains(name): return try filter(name)
        default: throw .unknownStemmer(language)
        }
    }

    private static func filter(_ algorithm: String) throws(AnalysisError) -> SnowballFilter {
        guard let stemmer = SnowballStemmer(algorithm) else { throw .unknownStemmer(algorithm) }
        return SnowballFilter(stemmer: stemmer)
    }
}
