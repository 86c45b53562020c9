internal import FieldIndex
internal import Glibc
internal import Query

/// Corrects the words of a text so that they are likely together: a noisy channel and a model of neighbouring words.
///
/// Source: Elasticsearch's `NoisyChannelSpellChecker` and `DirectCandidateGenerator`.
struct PhraseCorrector {
    struct Phrase: Equatable {
        var words: [String]
        var isCorrected: [Bool]
        var score: Double
    }

    /// A word, or what may stand in its place.
    struct Choice {
        var text: String
        /// 1: the word itself.
        var likeness: Double
        var frequency: Double
    }

    /// Phrases that are followed at the same time.
    private static let beam = 100

    let views: [FieldIndexView]
    let suggester: PhraseSuggester
    let size: Int
    let model: WordModel
    /// The terms that an analyzer of this name makes of a text.
    let analyze: (_ analyzer: String, _ text: String) throws -> [String]

    /// - Throws: what `analyze` throws.
    func phrases(for words: [String]) throws -> [Phrase] {
        if words.isEmpty || words.count >= suggester.tokenLimit { return [] }
        let choices = try words.map(choices)
        let limit = suggester.maximumErrors >= 1 ? suggester.maximumErrors : (suggester.maximumErrors * Double(words.count)).rounded()
        var paths: [(choices: [Choice], errors: Int, score: Double)] = [([], 0, 0)]
        for options in choices {
            var next: [(choices: [Choice], errors: Int, score: Double)] = []
            for path in paths {
                for option in options {
                    let errors = path.errors + (option.likeness < 1 ? 1 : 0)
                    if Double(errors) > limit { continue }
                    next.append((path.choices + [option], errors, path.score + score(option, after: path.choices)))
                }
            }
            paths = Array(next.sorted { $0.score > $1.score }.prefix(Self.beam))
        }
        let own = choices.compactMap(\.first)
        let ownScore = own.indices.reduce(0.0) { $0 + score(own[$1], after: Array(own[..<$1])) }
        let cutoff = suggester.confidence > 0 ? exp(ownScore) * suggester.confidence : 0
        return paths.map { path in
            Phrase(words: path.choices.map(\.text), isCorrected: path.choices.map { $0.likeness < 1 }, score: exp(path.score))
        }.filter { $0.score > cutoff }.prefix(size).map { $0 }
    }

    private func score(_ choice: Choice, after others: [Choice]) -> Double {
        let channel = choice.likeness == 1 ? suggester.realWordErrorLikelihood : choice.likeness
        return log10(channel * model.likelihood(choice, after: others))
    }

    /// The word itself comes first.
    private func choices(for word: String) throws -> [Choice] {
        var found: [Choice] = []
        for generator in suggester.generators.isEmpty ? [PhraseSuggester.Generator()] : suggester.generators {
            let field = generator.field ?? model.field
            let looked = try generator.preFilter.flatMap { try analyze($0, word).last } ?? word
            // The first generator says how frequent the word is.
            if found.isEmpty { found = [Choice(text: word, likeness: 1, frequency: model.frequency(of: looked, in: field))] }
            let checker = SpellChecker(views: views, field: field, options: generator.spelling)
            let best = checker.candidates(for: looked)
                .sorted { ($1.score, $1.frequency, $0.text) < ($0.score, $0.frequency, $1.text) }.prefix(generator.spelling.size)
            for candidate in best {
                let frequency = model.frequency(of: candidate.text, in: field)
                for text in try generator.postFilter.map({ try analyze($0, candidate.text) }) ?? [candidate.text]
                where !found.contains(where: { $0.text == text }) {
                    found.append(Choice(text: text, likeness: Double(candidate.score), frequency: frequency))
                }
            }
        }
        return found
    }
}
