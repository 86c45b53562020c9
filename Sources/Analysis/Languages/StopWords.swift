/// Lists of stop words by Elasticsearch's names.
enum StopWords {
    private static let texts: [String: String] = [
        "cjk": StopWordLists.cjk, "danish": StopWordLists.danish, "dutch": StopWordLists.dutch, "english": StopWordLists.english,
        "finnish": StopWordLists.finnish, "french": StopWordLists.french, "german": StopWordLists.german,
        "hungarian": StopWordLists.hungarian, "italian": StopWordLists.italian, "norwegian": StopWordLists.norwegian,
        "portuguese": StopWordLists.portuguese, "romanian": StopWordLists.romanian, "russian": StopWordLists.russian,
        "spanish": StopWordLists.spanish, "swedish": StopWordLists.swedish, "turkish": StopWordLists.turkish,
    ]

    /// Lists that Elasticsearch has and this program has not.
    static let missing = Set(
        [
            "arabic", "armenian", "basque", "bengali", "brazilian", "bulgarian", "catalan", "czech", "estonian", "galician", "greek",
            "hindi", "indonesian", "irish", "latvian", "lithuanian", "persian", "serbian", "sorani", "thai", "ukrainian",
        ].map { "_\($0)_" })

    /// The words of `_english_` and the like; nil for a list that is not known.
    static func named(_ name: String) -> Set<String>? {
        guard name.hasPrefix("_"), name.hasSuffix("_"), name.count > 2 else { return nil }
        let language = String(name.dropFirst().dropLast())
        return language == "none" ? [] : words(language)
    }

    static func words(_ language: String) -> Set<String>? {
        texts[language].map { Set($0.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init)) }
    }
}
