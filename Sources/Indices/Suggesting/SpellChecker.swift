internal import FieldIndex
internal import Glibc
internal import Query

/// Finds terms that are like a word, over several shards as one.
///
/// Source: Lucene's `DirectSpellChecker`.
struct SpellChecker {
    struct Candidate: Equatable {
        var text: String
        /// 1 less the edits' share of the shorter word.
        var score: Float
        var frequency: Int
    }

    let views: [FieldIndexView]
    let field: String
    let options: SpellingOptions

    func frequency(of term: String) -> Int { views.reduce(0) { $0 + $1.documentFrequency(of: term, in: field) } }

    /// - Complexity: O(the field's terms that begin alike).
    func candidates(for word: String) -> [Candidate] {
        let length = word.unicodeScalars.count
        guard length >= options.minimumWordLength else { return [] }
        let frequency = frequency(of: word)
        if options.mode == .missing, frequency > 0 { return [] }
        let documents = views.reduce(0) { $0 + $1.documentCount }
        let greatest = options.maximumTermFrequency
        if Float(frequency) > (greatest >= 1 ? greatest : (greatest * Float(documents)).rounded(.up)) { return [] }
        var floor = options.mode == .popular ? Float(frequency) : 0
        let least = options.minimumDocumentFrequency
        if least >= 1 {
            floor = max(floor, least)
        } else if least > 0 {
            floor = max(floor, (least * Float(documents)).rounded(.down) - 1)
        }
        let query = FuzzyQuery(
            field: field, term: word, edits: options.maximumEdits, prefixLength: options.prefixLength,
            maximumExpansions: max(1, options.size) * max(1, options.maximumInspections))
        var scores: [String: Float] = [:]
        for view in views {
            for term in view.expansions(of: query) where term.term != word {
                scores[term.term] = options.distance == .internal ? term.boost : options.distance.similarity(word, term.term)
            }
        }
        var found: [Candidate] = []
        for (term, score) in scores where score >= options.accuracy {
            let frequency = self.frequency(of: term)
            if Float(frequency) > floor { found.append(Candidate(text: term, score: score, frequency: frequency)) }
        }
        return found
    }
}

extension FieldIndexView {
    /// Documents, dead ones too.
    fileprivate var documentCount: Int { segments.reduce(0) { $0 + $1.documentCount } }
}
