internal import FieldIndex
internal import Mapping
internal import Ordinals
internal import Query
internal import Scripts

/// Scores of terms and phrases, by the field's similarity.
extension Explainer {
    func explain(_ terms: [ScoredTerm]) -> Explanation {
        let details = terms.compactMap { term -> Explanation? in
            guard let found = fields.occurrences(of: term.term, in: term.field, ordinal: ordinal) else { return nil }
            let documents = term.documentFrequency ?? fields.documentFrequency(of: term.term, in: term.field)
            let score = fields.score(term, among: [ordinal]).scores.first ?? 0
            return weight(
                "\(term.field):\(term.term)", term.field, score, term.similarity, term.boost, found,
                rarity(TermStatistics(term: term.term, documents: documents), term.field),
                Explanation(found.frequency, "freq, occurrences of term within document"))
        }
        if details.isEmpty { return .noMatch("no matching term") }
        if details.count == 1 { return details[0] }
        return Explanation(fields.score(anyOf: terms, among: [ordinal]).scores.first ?? 0, "sum of:", details)
    }

    func explain(_ phrase: PhraseQuery, _ plan: QueryPlan, _ boost: Float) -> Explanation {
        guard let found = fields.occurrences(of: phrase, ordinal: ordinal) else { return .noMatch("no matching phrase") }
        let parts = fields.statistics(of: phrase).map { rarity($0, phrase.field) }
        let sum = Float(parts.reduce(0.0) { $0 + Double($1.score) })
        return weight(
            plan.notation, phrase.field, fields.score(phrase, boost: boost, among: [ordinal]).scores.first ?? 0, phrase.similarity,
            boost, found, parts.count == 1 ? parts[0] : Explanation(sum, "idf, sum of:", parts),
            Explanation(found.frequency, "phraseFreq=\(found.frequency)"))
    }

    private func rarity(_ term: TermStatistics, _ field: String) -> Explanation {
        let documents = fields.statistics(of: field).documents
        return Explanation(
            BM25.inverseDocumentFrequency(documents: documents, matching: min(term.documents, documents)),
            "idf, computed as log(1 + (N - n + 0.5) / (n + 0.5)) from:",
            [
                Explanation(count: term.documents, "n, number of documents containing term"),
                Explanation(count: documents, "N, total number of documents with field"),
            ])
    }

    func weight(
        _ notation: String, _ field: String, _ score: Float, _ similarity: Similarity, _ boost: Float, _ found: Occurrences,
        _ rarity: Explanation, _ frequency: Explanation
    ) -> Explanation {
        let inner: Explanation
        switch similarity {
        case .bm25(let k1, let b):
            let average = fields.statistics(of: field).averageLength
            let inverse = 1 / (k1 * ((1 - b) + b * found.length / average))
            let saturation = Explanation(
                1 - 1 / (1 + found.frequency * inverse), "tf, computed as freq / (freq + k1 * (1 - b + b * dl / avgdl)) from:",
                [
                    frequency, Explanation(k1, "k1, term saturation parameter"), Explanation(b, "b, length normalization parameter"),
                    Explanation(found.length, found.length > 39 ? "dl, length of field (approximate)" : "dl, length of field"),
                    Explanation(average, "avgdl, average length of field"),
                ])
            let factor = boost * (1 + k1)
            inner = Explanation(
                score, "score(freq=\(found.frequency)), computed as boost * idf * tf from:",
                (factor == 1 ? [] : [Explanation(factor, "boost")]) + [rarity, saturation])
        case .boolean: inner = Explanation(score, "score(BooleanWeight), computed from:", [Explanation(boost, "boost")])
        case .dirichlet, .jelinekMercer, .divergenceFromIndependence, .divergenceFromRandomness, .information, .scripted:
            inner = Explanation(
                score, "score(\(similarity.name), freq=\(found.frequency)), computed from:",
                [
                    Explanation(boost, "boost"), frequency, Explanation(found.length, "dl, length of field"),
                    Explanation(fields.statistics(of: field).averageLength, "avgdl, average length of field"),
                ])
        }
        return Explanation(score, "weight(\(notation) in \(ordinal)) [PerFieldSimilarity], result of:", [inner])
    }
}

extension Similarity {
    fileprivate var name: String {
        switch self {
        case .bm25: "BM25Similarity"
        case .boolean: "BooleanSimilarity"
        case .dirichlet: "LMDirichletSimilarity"
        case .jelinekMercer: "LMJelinekMercerSimilarity"
        case .divergenceFromIndependence: "DFISimilarity"
        case .divergenceFromRandomness: "DFRSimilarity"
        case .information: "IBSimilarity"
        case .scripted: "ScriptedSimilarity"
        }
    }
}
