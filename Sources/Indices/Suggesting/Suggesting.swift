internal import Analysis
internal import FieldIndex
internal import JSON
internal import Mapping
internal import Query
internal import Shards

/// Makes a search's suggestions, over all of its shards at once.
struct Suggesting {
    let targets: [SearchTarget]
    let fetch: Fetch

    /// - Throws: `IndicesError.planning`, `ShardFailures`.
    func results(_ suggestions: [Suggestion]) throws -> [SuggestionResult] {
        try suggestions.map { suggestion in
            let entries: [SuggestionResult.Entry] =
                switch suggestion.kind {
                case .term(let suggester): try terms(suggestion, suggester)
                case .phrase(let suggester): try phrases(suggestion, suggester)
                case .completion(let suggester): try completions(suggestion, suggester)
                }
            return SuggestionResult(name: suggestion.name, kind: suggestion.kindName, entries: entries)
        }
    }

    private func terms(_ suggestion: Suggestion, _ suggester: TermSuggester) throws -> [SuggestionResult.Entry] {
        let checker = SpellChecker(views: targets.map(\.view.fields), field: suggestion.field, options: suggester.spelling)
        return try tokens(suggestion).map { token in
            let candidates = checker.candidates(for: token.term).sorted { left, right in
                suggester.isSortedByFrequency
                    ? (right.frequency, right.score, left.text) < (left.frequency, left.score, right.text)
                    : (right.score, right.frequency, left.text) < (left.score, left.frequency, right.text)
            }
            return SuggestionResult.Entry(
                text: token.term, offset: token.startOffset, length: token.endOffset - token.startOffset,
                options: candidates.prefix(suggestion.size).map {
                    SuggestionResult.Option(text: $0.text, score: $0.score, frequency: $0.frequency)
                })
        }
    }

    private func phrases(_ suggestion: Suggestion, _ suggester: PhraseSuggester) throws -> [SuggestionResult.Entry] {
        let tokens = try tokens(suggestion).filter { $0.type != .synonym }
        let words = suggester.forcesUnigrams ? tokens.filter { $0.type != .shingle } : tokens
        if words.isEmpty, !tokens.isEmpty { throw refusal(.onlyNGrams) }
        let views = targets.map(\.view.fields)
        let model = WordModel(
            views: views, field: suggestion.field, gramSize: try suggester.gramSize ?? gramSize(suggestion), separator: suggester.separator,
            smoothing: suggester.smoothing)
        let corrector = PhraseCorrector(views: views, suggester: suggester, size: suggestion.size, model: model) { name, text in
            try analyzer(name)?.tokens(of: text).map(\.term) ?? []
        }
        let options = try corrector.phrases(for: words.map(\.term)).map { phrase in
            var option = SuggestionResult.Option(
                text: phrase.words.joined(separator: suggester.separator), score: Float(phrase.score))
            if let tags = suggester.tags {
                option.highlighted = Self.marked(phrase, tags, suggester.separator)
            }
            return option
        }
        return [SuggestionResult.Entry(text: suggestion.text, offset: 0, length: suggestion.text.utf16.count, options: options)]
    }

    /// Corrected words in a row are marked as one.
    private static func marked(
        _ phrase: PhraseCorrector.Phrase, _ tags: (pre: String, post: String), _ separator: String
    ) -> String {
        var text = ""
        for (index, word) in phrase.words.enumerated() {
            let isMarked = phrase.isCorrected[index], wasMarked = index > 0 && phrase.isCorrected[index - 1]
            if wasMarked, !isMarked { text += tags.post }
            if index > 0 { text += separator }
            if isMarked, !wasMarked { text += tags.pre }
            text += word
        }
        return text + (phrase.isCorrected.last == true ? tags.post : "")
    }

    private func completions(_ suggestion: Suggestion, _ suggester: CompletionSuggester) throws -> [SuggestionResult.Entry] {
        let found = try CompletionFinder(suggestion: suggestion, suggester: suggester, targets: targets).find()
        let hits = try HitFetcher(fetch: fetch, targets: targets, nearest: []).hits(found.map(\.document))
        let options = zip(found, hits).map { found, hit in
            var option = SuggestionResult.Option(text: found.entry.input, score: found.score)
            option.hit = hit
            if !found.matched.isEmpty {
                let groups = Dictionary(grouping: found.matched, by: \.name).sorted { $0.key < $1.key }
                option.contexts = JSONMembers(groups.map { ($0.key, .array($0.value.map { .string($0.value) })) })
            }
            return option
        }
        return [SuggestionResult.Entry(text: suggestion.text, offset: 0, length: suggestion.text.utf16.count, options: options)]
    }

    /// As many words as the field's shingles have at most.
    private func gramSize(_ suggestion: Suggestion) throws -> Int {
        for target in targets {
            guard let shingles = target.mapping.field(suggestion.field)?.analyzer?.shingles else { continue }
            if suggestion.analyzer == nil, !shingles.keepsWords { throw refusal(.unigramsMissing(field: suggestion.field)) }
            return shingles.words.upperBound
        }
        return 1
    }

    /// Nil where nothing is searched.
    private func analyzer(_ name: String) throws -> Analyzer? {
        guard let target = targets.first else { return nil }
        guard let analyzer = (target.mapping.analysis ?? .standard).analyzer(name) else { throw refusal(.unknownAnalyzer(name)) }
        return analyzer
    }

    private func refusal(_ problem: SuggestProblem) -> any Error {
        guard let target = targets.first else { return ShardFailures(failures: []) }
        return IndicesError.planning(.suggest(problem), index: target.index.name, uuid: target.index.metadata.uuid)
    }

    private func tokens(_ suggestion: Suggestion) throws -> [Token] {
        var problem: IndicesError?
        for target in targets {
            func refuse(_ cause: SuggestProblem) -> IndicesError {
                .planning(.suggest(cause), index: target.index.name, uuid: target.index.metadata.uuid)
            }
            guard let field = target.mapping.field(suggestion.field) else {
                problem = refuse(.fieldNotMapped(suggestion.field))
                continue
            }
            guard let name = suggestion.analyzer else { return Array(try field.searchTokens(of: suggestion.text)) }
            guard let analyzer = (target.mapping.analysis ?? .standard).analyzer(name) else { throw refuse(.unknownAnalyzer(name)) }
            return Array(try analyzer.tokens(of: suggestion.text))
        }
        if let problem { throw problem }
        return []
    }
}
