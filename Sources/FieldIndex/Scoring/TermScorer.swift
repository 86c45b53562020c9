/// What one term, or the terms of one phrase, score.
enum TermScorer: Sendable {
    case bm25(BM25)
    case constant(Float)
    case model(ModelScorer)
    case scripted(ScriptedScorer)

    /// - Parameter lengthCode: the code of the document's length; 1 where a field has no lengths.
    @inline(__always)
    func score(frequency: Float, lengthCode: UInt8) -> Float {
        switch self {
        case .bm25(let scorer): scorer.score(frequency: frequency, lengthCode: lengthCode)
        case .constant(let score): score
        case .model(let scorer): scorer.score(frequency: frequency, lengthCode: lengthCode)
        case .scripted(let scorer): scorer.score(frequency: frequency, lengthCode: lengthCode)
        }
    }
}

extension FieldIndexView {
    /// - Parameter terms: those of a field, with how many documents count as having them.
    /// - Complexity: O(terms), and for the models beside BM25 O(their documents).
    func scorer(
        _ similarity: Similarity, _ terms: [(term: String, documents: Int)], in field: String, boost: Float
    ) -> TermScorer {
        let statistics = statistics(of: field)
        switch similarity {
        case .bm25(let k1, let b):
            let rarity = terms.reduce(0.0) {
                $0 + Double(BM25.inverseDocumentFrequency(documents: statistics.documents, matching: $1.documents))
            }
            return .bm25(
                BM25(
                    inverseDocumentFrequency: Float(rarity), averageLength: statistics.averageLength, boost: boost, k1: k1, b: b))
        case .boolean: return .constant(boost)
        case .scripted(let scripted):
            let postings = postingCount(of: field)
            return .scripted(
                ScriptedScorer(
                    scripted,
                    terms: terms.map {
                        ScriptedSimilarity.Inputs(
                            boost: Double(boost), documents: statistics.documents, postings: postings,
                            occurrences: statistics.totalFrequency, termDocuments: $0.documents,
                            termOccurrences: totalFrequency(of: $0.term, in: field))
                    }))
        case .dirichlet, .jelinekMercer, .divergenceFromIndependence, .divergenceFromRandomness, .information:
            return .model(
                ModelScorer(
                    similarity: similarity, boost: Double(boost), statistics: statistics,
                    terms: terms.map {
                        ModelScorer.Term(
                            documents: Double($0.documents), occurrences: Double(totalFrequency(of: $0.term, in: field)))
                    }))
        }
    }

    /// How often a term stands in all documents, dead ones too.
    ///
    /// - Complexity: O(documents with the term).
    public func totalFrequency(of term: String, in field: String) -> Int {
        segments.reduce(0) { sum, segment in
            guard let index = segment.terms(field), let list = index.postings(of: term) else { return sum }
            return sum + (index.isText ? index.totalFrequency(of: list.first..<list.first + list.count) : list.count)
        }
    }
}
