internal import FieldIndex
internal import Query

/// How likely a word follows others, by how often rows of words stand in a field of shingles.
///
/// Sources: Brants et al., "Large Language Models in Machine Translation" (2007), for stupid backoff; Chen and Goodman, "An
/// Empirical Study of Smoothing Techniques for Language Modeling" (1998); Elasticsearch's `WordScorer` and its kin.
struct WordModel {
    let views: [FieldIndexView]
    let field: String
    /// Words that are looked at together.
    let gramSize: Int
    let separator: String
    let smoothing: PhraseSuggester.Smoothing
    /// Occurrences of all terms.
    private let total: Double
    /// Different terms.
    private let vocabulary: Double

    init(views: [FieldIndexView], field: String, gramSize: Int, separator: String, smoothing: PhraseSuggester.Smoothing) {
        self.views = views
        self.field = field
        self.gramSize = gramSize
        self.separator = separator
        self.smoothing = smoothing
        total = Double(max(1, views.reduce(0) { $0 + $1.statistics(of: field).totalFrequency }))
        vocabulary = Double(views.reduce(0) { $0 + $1.termCount(of: field) })
    }

    func frequency(of term: String, in field: String) -> Double {
        Double(views.reduce(0) { $0 + $1.totalFrequency(of: term, in: field) })
    }

    /// - Parameter others: what stands before it, the nearest last.
    func likelihood(_ word: PhraseCorrector.Choice, after others: [PhraseCorrector.Choice]) -> Double {
        guard gramSize > 1, let last = others.last else { return alone(word) }
        guard gramSize > 2, others.count > 1 else { return pair(last, word) }
        return triple(others[others.count - 2], last, word)
    }

    private func frequency(_ words: PhraseCorrector.Choice...) -> Double {
        frequency(of: words.map(\.text).joined(separator: separator), in: field)
    }

    private func alone(_ word: PhraseCorrector.Choice) -> Double {
        if case .laplace(let alpha) = smoothing { return (alpha + word.frequency) / (total + alpha * vocabulary) }
        return (1 + word.frequency) / (total + vocabulary)
    }

    private func pair(_ last: PhraseCorrector.Choice, _ word: PhraseCorrector.Choice) -> Double {
        let together = frequency(last, word)
        switch smoothing {
        case .stupidBackoff(let discount): return together < 1 ? discount * alone(word) : together / (last.frequency + 1e-11)
        case .laplace(let alpha): return (alpha + together) / (last.frequency + alpha * vocabulary)
        case .linearInterpolation(_, let bigram, let unigram):
            if together < 1 { return unigram * alone(word) }
            return bigram * (together / (0.5 + last.frequency)) + unigram * alone(word)
        }
    }

    private func triple(
        _ first: PhraseCorrector.Choice, _ last: PhraseCorrector.Choice, _ word: PhraseCorrector.Choice
    ) -> Double {
        let before = frequency(first, last)
        switch smoothing {
        case .stupidBackoff(let discount):
            let together = before < 1 ? 0 : frequency(first, last, word)
            return together < 1 ? discount * pair(last, word) : together / (before + 1e-11)
        case .laplace(let alpha): return (alpha + frequency(first, last, word)) / (before + alpha * vocabulary)
        case .linearInterpolation(let trigram, _, _):
            let together = frequency(first, last, word)
            return together < 1 ? pair(last, word) : trigram * (together / (1 + before)) + pair(last, word)
        }
    }
}
