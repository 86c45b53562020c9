internal import FieldIndex
internal import Glibc
internal import Query

/// Corrects the words of a text so that they are likely together: a noisy channel and a model of neighbouring words with stupid
/// backoff.
///
/// Sources: Brants et al., "Large Language Models in Machine Translation" (2007); Elasticsearch's `NoisyChannelSpellChecker`.
struct PhraseCorrector {
    struct Phrase: Equatable {
        var words: [String]
        var isCorrected: [Bool]
        var score: Double
    }

    private struct Choice {
        var text: String
        /// 1: the word itself.
        var likeness: Double
        var frequency: Double
    }

    /// Phrases that are followed at the same time.
    private static let beam = 100

    let views: [FieldIndexView]
    let field: String
    let suggester: PhraseSuggester
    let size: Int

    func phrases(for words: [String]) -> [Phrase] {
        if words.isEmpty || words.count >= suggester.tokenLimit { return [] }
        let choices = words.map(choices)
        let limit = suggester.maximumErrors >= 1 ? suggester.maximumErrors : (suggester.maximumErrors * Double(words.count)).rounded()
        var paths: [(choices: [Choice], errors: Int, score: Double)] = [([], 0, 0)]
        for options in choices {
            var next: [(choices: [Choice], errors: Int, score: Double)] = []
            for path in paths {
                for option in options {
                    let errors = path.errors + (option.likeness < 1 ? 1 : 0)
                    if Double(errors) > limit { continue }
                    let odds = channel(option) * likelihood(option, after: path.choices.last)
                    next.append((path.choices + [option], errors, path.score + log10(odds)))
                }
            }
            paths = Array(next.sorted { $0.score > $1.score }.prefix(Self.beam))
        }
        let own = choices.compactMap(\.first)
        var ownScore = 0.0
        for (index, choice) in own.enumerated() {
            ownScore += log10(channel(choice) * likelihood(choice, after: index > 0 ? own[index - 1] : nil))
        }
        let cutoff = suggester.confidence > 0 ? exp(ownScore) * suggester.confidence : 0
        return paths.map { path in
            Phrase(words: path.choices.map(\.text), isCorrected: path.choices.map { $0.likeness < 1 }, score: exp(path.score))
        }.filter { $0.score > cutoff }.prefix(size).map { $0 }
    }

    /// The word itself comes first.
    private func choices(for word: String) -> [Choice] {
        var found = [Choice(text: word, likeness: 1, frequency: frequency(of: word))]
        for generator in suggester.generators.isEmpty ? [PhraseSuggester.Generator()] : suggester.generators {
            let checker = SpellChecker(views: views, field: generator.field ?? field, options: generator.spelling)
            let best = checker.candidates(for: word)
                .sorted { ($1.score, $1.frequency, $0.text) < ($0.score, $0.frequency, $1.text) }.prefix(generator.spelling.size)
            for candidate in best where !found.contains(where: { $0.text == candidate.text }) {
                found.append(
                    Choice(text: candidate.text, likeness: Double(candidate.score), frequency: frequency(of: candidate.text)))
            }
        }
        return found
    }

    private func channel(_ choice: Choice) -> Double { choice.likeness == 1 ? suggester.realWordErrorLikelihood : choice.likeness }

    private func likelihood(_ choice: Choice, after previous: Choice?) -> Double {
        let alone = (1 + choice.frequency) / (Double(total) + Double(vocabulary))
        guard let previous, (suggester.gramSize ?? 1) > 1 else { return alone }
        let together = frequency(of: previous.text + suggester.separator + choice.text)
        return together < 1 ? suggester.discount * alone : together / (previous.frequency + 1e-11)
    }

    private func frequency(of term: String) -> Double { Double(views.reduce(0) { $0 + $1.totalFrequency(of: term, in: field) }) }

    private var total: Int { max(1, views.reduce(0) { $0 + $1.statistics(of: field).totalFrequency }) }
    private var vocabulary: Int { views.reduce(0) { $0 + $1.termCount(of: field) } }
}
