internal import Analysis
internal import FieldIndex
internal import JSON
internal import Mapping

extension Planner {
    func plan(_ query: PositionQuery) throws(PlanningError) -> QueryPlan {
        guard let field = try searchableField(query.field) else { return .matchNone }
        guard field.type.text != nil || field.type.valueClass == .term else {
            throw .patternNotSupported(field: query.field, type: field.type.name, query: query.isIntervals ? "intervals" : "span")
        }
        let span = try span(query.part, query.field, field)
        if span == .nothing { return .matchNone }
        return .text(.spans(field: query.field, span, query.isIntervals ? .saturation : .frequency(field.similarity)))
    }

    private func span(
        _ part: PositionQuery.Part, _ path: String, _ field: FieldMapping
    ) throws(PlanningError) -> SpanQuery {
        func spans(_ parts: [PositionQuery.Part]) throws(PlanningError) -> [SpanQuery] {
            try parts.map { part throws(PlanningError) in try span(part, path, field) }
        }
        switch part {
        case .term(let value): return .term(try normalized(value.scalar.text, path, field))
        case .text(let text, let analyzer, let slop, let isOrdered):
            var options = MatchOptions()
            options.analyzer = analyzer
            let slots = try slots(of: text, in: field, path: path, options, isPhrase: false)
            let parts = slots.map { slot in slot.terms.count == 1 ? SpanQuery.term(slot.terms[0]) : .any(slot.terms.map { .term($0) }) }
            return parts.count == 1 ? parts[0] : parts.isEmpty ? .nothing : .near(parts, slop: slop, isOrdered: isOrdered)
        case .pattern(let pattern):
            guard case .matchingTerms(_, let terms) = try plan(pattern) else { return .nothing }
            return .matching(terms)
        case .fuzzy(let fuzzy):
            switch try plan(fuzzy) {
            case .fuzzy(let query): return .fuzzy(query)
            case .term(_, .term(let term), _): return .term(term)
            default: return .nothing
            }
        case .near(let parts, let slop, let isOrdered): return .near(try spans(parts), slop: slop, isOrdered: isOrdered)
        case .any(let parts): return .any(try spans(parts))
        case .first(let part, let end): return .first(try span(part, path, field), end: end)
        case .apart(let part, let other, let before, let after):
            return .apart(try span(part, path, field), from: try span(other, path, field), before: before, after: after)
        case .related(let part, let relation, let other):
            return .related(try span(part, path, field), relation.kind, try span(other, path, field))
        }
    }

    // MARK: Words that say most

    func plan(_ query: MoreLikeThisQuery) throws(PlanningError) -> QueryPlan {
        var frequencies: [String: [String: Int]] = [:]
        for path in try likeFields(query) {
            guard let field = mapping.field(path) else { continue }
            let unwanted = Set(try words(query.unlike, path, field, query).keys)
            for (term, count) in try words(query.like, path, field, query)
            where count >= query.minimumTermFrequency && !unwanted.contains(term) && !query.stopWords.contains(term) {
                let length = term.unicodeScalars.count
                guard length >= query.minimumWordLength, query.maximumWordLength == 0 || length <= query.maximumWordLength else { continue }
                frequencies[path, default: [:]][term] = count
            }
        }
        var words: [MoreLikePlan.Word] = []
        for (path, terms) in frequencies.sorted(by: { $0.key < $1.key }) {
            let similarity = mapping.field(path)?.similarity ?? .standard
            for (term, count) in terms.sorted(by: { $0.key < $1.key }) {
                words.append(MoreLikePlan.Word(field: path, term: term, frequency: count, similarity: similarity))
            }
        }
        if words.isEmpty { return .matchNone }
        let ids: [String] = query.includesItems ? [] : query.like.compactMap { item in
            if case .document(_, let id) = item { id } else { nil }
        }
        let least = max(1, query.minimumDocumentFrequency)
        return .text(
            .moreLike(
                MoreLikePlan(
                    words: words, maximumTerms: query.maximumTerms,
                    documentFrequency: least...max(least, query.maximumDocumentFrequency),
                    minimumShouldMatch: query.minimumShouldMatch, termBoost: query.termBoost, excluded: ids)))
    }

    private func likeFields(_ query: MoreLikeThisQuery) throws(PlanningError) -> [String] {
        if query.fields.isEmpty {
            return mapping.fields.filter { $0.field.isSearchable && $0.field.analyzer != nil }.map(\.path)
        }
        var paths: [String] = []
        for pattern in query.fields {
            for (path, field) in mapping.fields(matching: pattern) {
                if field.analyzer != nil {
                    paths.append(path)
                } else if query.failsOnUnsupportedField, !pattern.contains("*") {
                    throw .moreLikeNotSupported(field: path)
                }
            }
        }
        return paths
    }

    private func words(
        _ items: [MoreLikeThisQuery.Item], _ path: String, _ field: FieldMapping, _ query: MoreLikeThisQuery
    ) throws(PlanningError) -> [String: Int] {
        var counts: [String: Int] = [:]
        for text in items.flatMap({ texts(of: $0, path) }) {
            for token in try tokens(of: text, in: field, path: path, analyzer: query.analyzer, isPhrase: false) {
                counts[token.term, default: 0] += 1
            }
        }
        return counts
    }

    private func texts(of item: MoreLikeThisQuery.Item, _ path: String) -> [String] {
        switch item {
        case .text(let text): return [text]
        case .stored: return []
        case .document(let json, _):
            guard let document = try? JSONDocument(parsing: json) else { return [] }
            let parent = path.split(separator: ".").dropLast().joined(separator: ".")
            let source = mapping.field(parent) == nil ? path : parent
            return FieldsExtraction.values(at: source, in: document.root).compactMap { ScalarValue($0)?.text }
        }
    }
}

extension PositionQuery.Relation {
    fileprivate var kind: SpanQuery.Relation {
        switch self {
        case .containing: .containing
        case .containedBy: .containedBy
        case .notContaining: .notContaining
        case .notContainedBy: .notContainedBy
        case .overlapping: .overlapping
        case .notOverlapping: .notOverlapping
        case .before: .before
        case .after: .after
        }
    }
}
