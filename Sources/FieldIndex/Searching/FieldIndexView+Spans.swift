public import Ordinals

extension FieldIndexView {
    /// Documents in which a span query finds something, with scores.
    ///
    /// - Complexity: O(documents that have any of its terms · their places).
    public func score(
        _ query: SpanQuery, in field: String, _ scoring: SpanQuery.Scoring, among accepted: OrdinalSet
    ) -> ScoredDocuments {
        let leaves = leaves(of: query, in: field)
        let terms = leaves.values.reduce(into: Set<String>()) { $0.formUnion($1) }
        let candidates = documents(withAnyOf: terms, in: field).intersection(accepted)
        var scorer: TermScorer?
        if case .frequency(let similarity) = scoring {
            let statistics = terms.sorted().map { (term: $0, documents: documentFrequency(of: $0, in: field)) }.filter { $0.documents > 0 }
            scorer = self.scorer(similarity, statistics, in: field, boost: 1)
        }
        var found: [UInt32] = []
        var scores: [Float] = []
        for segment in segments {
            guard let index = segment.terms(field), index.isText else { continue }
            var placesOfLeaves = leaves.mapValues { terms in terms.compactMap { index.postings(of: $0).map(TermPlaces.init) } }
            candidates.intersection(segment.ordinals).forEach { ordinal in
                var lengthCode: UInt8 = 1
                var finder = SpanFinder { leaf in
                    var places: [Int32] = []
                    for term in placesOfLeaves[leaf]?.indices ?? 0..<0 {
                        guard let found = placesOfLeaves[leaf]?[term].find(Int(ordinal) - index.base, in: index) else { continue }
                        lengthCode = index.lengths[found.posting]
                        index.appendPositions(found.places, to: &places)
                    }
                    return places.sorted().map { Int($0) }
                }
                let frequency = finder.spans(query).reduce(Float(0)) { $0 + 1 / (1 + Float($1.gaps)) }
                guard frequency > 0 else { return }
                found.append(ordinal)
                scores.append(scorer?.score(frequency: frequency, lengthCode: lengthCode) ?? 1 - 1 / (1 + frequency))
            }
        }
        return ScoredDocuments(ordinals: OrdinalSet(found), scores: scores)
    }

    /// The terms of each leaf.
    private func leaves(of query: SpanQuery, in field: String) -> [SpanQuery: [String]] {
        switch query {
        case .nothing: [:]
        case .term(let term): [query: [term]]
        case .matching(let pattern): [query: terms(matching: pattern, in: field)]
        case .fuzzy(let fuzzy): [query: expansions(of: fuzzy).map(\.term)]
        case .any(let parts), .near(let parts, _, _):
            parts.reduce(into: [:]) { $0.merge(leaves(of: $1, in: field)) { $1 } }
        case .first(let part, _): leaves(of: part, in: field)
        case .apart(let part, let other, _, _), .related(let part, _, let other):
            leaves(of: part, in: field).merging(leaves(of: other, in: field)) { $1 }
        }
    }

    /// The most terms that a pattern in a span takes.
    private static let maximumExpansions = 1024

    private func terms(matching pattern: TermPattern, in field: String) -> [String] {
        guard var matcher = try? pattern.matcher() else { return [] }
        var found = Set<String>()
        for segment in segments {
            guard let index = segment.terms(field) else { continue }
            for rank in index.dictionary.ranks(withPrefix: matcher.literalPrefix) {
                guard (try? matcher.matches(index.dictionary.utf8(rank))) == true else { continue }
                found.insert(String(decoding: index.dictionary.utf8(rank), as: UTF8.self))
                if found.count == Self.maximumExpansions { return found.sorted() }
            }
        }
        return found.sorted()
    }
}
