internal import FieldIndex
internal import Mapping

/// Plans as Lucene writes its queries, for explanations and validations.
extension QueryPlan {
    public var notation: String {
        switch self {
        case .matchNone: "MatchNoDocsQuery(\"\")"
        case .matchAll: "*:*"
        case .term(let field, let value, let scoring): "\(field):\(value.notation(isPoint: scoring == .constant))"
        case .terms(let field, let values):
            values.contains(where: \.isTerm)
                ? "\(field):(\(values.map { $0.notation(isPoint: false) }.joined(separator: " ")))"
                : "\(field):{\(values.map { $0.notation(isPoint: false) }.joined(separator: " "))}"
        case .termIgnoringCase(let field, let term): "\(field):\(term)"
        case .matchingTerms(let field, let pattern): "\(field):\(pattern.notation)"
        case .fuzzy(let query): "\(query.field):\(query.term)~\(query.edits)"
        case .phrase(let phrase): "\(phrase.field):\"\(phrase.notation)\"" + (phrase.slop == 0 ? "" : "~\(phrase.slop)")
        case .phrasePrefix(let phrase, _):
            "\(phrase.field):\"\(phrase.notation)*\"" + (phrase.slop == 0 ? "" : "~\(phrase.slop)")
        case .range(let field, let range): "\(field):\(range.notation)"
        case .geoBox(let field, let box): "\(field):[\(box.bottom),\(box.left) TO \(box.top),\(box.right)]"
        case .geoCircle(let field, let circle): "\(field):\(circle.latitude),\(circle.longitude) +/- \(circle.radius) meters"
        case .exists(let fields):
            "ConstantScore(" + fields.map { "FieldExistsQuery [field=\($0)]" }.joined(separator: " ") + ")"
        case .ids(let ids): "_id:(\(ids.joined(separator: " ")))"
        case .bool(let bool): bool.notation
        case .disMax(let plans, let tieBreaker):
            "(" + plans.map(\.inner).joined(separator: " | ") + ")" + (tieBreaker == 0 ? "" : "~\(tieBreaker)")
        case .boosting(let plan, let negative, _): "FunctionScoreQuery(\(plan.notation), scored by boost(\(negative.notation)))"
        case .functionScore(let plan): "function score (\(plan.query.notation))"
        case .constantScore(let plan): "ConstantScore(\(plan.notation))"
        case .knn(let knn): "KnnVectorQuery:\(knn.field)[\(knn.vector.first ?? 0),...][\(knn.k)]"
        case .scriptScore(let plan): "script score (\(plan.query.notation))"
        case .text(.spans(let field, let query, _)): query.notation(field)
        case .text(.combined(let combined)):
            "CombinedFieldQuery((" + combined.fields.map { $0.weight == 1 ? $0.name : "\($0.name)^\($0.weight)" }.joined(separator: " ")
                + ")(\(combined.terms.joined(separator: " "))))"
        case .text(.moreLike(let plan)): plan.words.map { "\($0.field):\($0.term)" }.joined(separator: " ")
        case .nested(let nested): "ToParentBlockJoinQuery (\(nested.query.notation))"
        case .ranked(let ranked): "RankDocsQuery(\(ranked.others.map(\.notation).joined(separator: " ")))"
        case .slice(let slice):
            "\(slice.basis.queryName)[id=\(slice.number), max=\(slice.count)]"
        case .script: "ScriptQuery"
        case .termsSet(let plan): "CoveringQuery(\(plan.terms.map(\.notation).joined(separator: " ")))"
        case .join(let join): "GlobalOrdinalsQuery{joinField=\(join.parentField)min=1max=2147483647}(\(join.query.notation))"
        case .special(let special): "\(special)"
        case .boosted(let plan, let boost): "(\(plan.notation))^\(boost)"
        case .named(let plan, _): plan.notation
        }
    }

    /// As a part of another plan.
    fileprivate var inner: String {
        switch self {
        case .bool(let bool) where !bool.notation.hasPrefix("("): "(\(notation))"
        case .named(let plan, _): plan.inner
        default: notation
        }
    }
}

extension BoolPlan {
    fileprivate var notation: String {
        let clauses =
            must.map { "+" + $0.inner } + filter.map { "#" + $0.inner } + should.map(\.inner) + mustNot.map { "-" + $0.inner }
        let joined = clauses.joined(separator: " ")
        let implied = must.isEmpty && filter.isEmpty ? 1 : 0
        return minimumShouldMatch > implied ? "(\(joined))~\(minimumShouldMatch)" : joined
    }
}

extension IndexedValue {
    fileprivate var isTerm: Bool {
        if case .term = self { true } else { false }
    }

    fileprivate func notation(isPoint: Bool) -> String {
        switch self {
        case .term(let term): term
        case .long(let value): isPoint ? "[\(value) TO \(value)]" : "\(value)"
        case .double(let value): isPoint ? "[\(value) TO \(value)]" : "\(value)"
        }
    }
}

extension IndexedRange {
    fileprivate var notation: String {
        switch self {
        case .longs(let range): "[\(range.lowerBound) TO \(range.upperBound)]"
        case .doubles(let range): "[\(range.lowerBound) TO \(range.upperBound)]"
        case .terms(let lower, let upper):
            (lower?.isInclusive == false ? "{" : "[") + (lower?.term ?? "*") + " TO " + (upper?.term ?? "*")
                + (upper?.isInclusive == false ? "}" : "]")
        }
    }
}

extension PhraseQuery {
    /// Gaps are `?`, several words in one place stand in parentheses.
    fileprivate var notation: String {
        var parts: [String] = []
        var expected = slots.first?.position ?? 0
        for slot in slots {
            while expected < slot.position, parts.count < 1000 {
                parts.append("?")
                expected += 1
            }
            parts.append(slot.terms.count == 1 ? slot.terms[0] : "(\(slot.terms.joined(separator: " ")))")
            expected += 1
        }
        return parts.joined(separator: " ")
    }
}

extension SpanQuery {
    fileprivate func notation(_ field: String) -> String {
        func list(_ parts: [SpanQuery], _ separator: String = ", ") -> String {
            parts.map { $0.notation(field) }.joined(separator: separator)
        }
        switch self {
        case .nothing: return "MatchNoDocsQuery(\"\")"
        case .term(let term): return "\(field):\(term)"
        case .matching(let pattern): return "SpanMultiTermQueryWrapper(\(field):\(pattern.notation))"
        case .fuzzy(let query): return "SpanMultiTermQueryWrapper(\(field):\(query.term)~\(query.edits))"
        case .near(let parts, let slop, let isOrdered):
            return "spanNear([\(list(parts))], \(slop.map { String($0) } ?? "2147483647"), \(isOrdered))"
        case .any(let parts): return "spanOr([\(list(parts))])"
        case .first(let part, let end): return "spanFirst(\(part.notation(field)), \(end))"
        case .apart(let part, let other, let before, let after):
            return "spanNot(\(part.notation(field)), \(other.notation(field)), \(before), \(after))"
        case .related(let part, let relation, let other):
            let name = relation.rawValue.prefix(1).uppercased() + relation.rawValue.dropFirst()
            return "span\(name)(\(part.notation(field)), \(other.notation(field)))"
        }
    }
}

extension Slice.Basis {
    /// Elasticsearch's name of the query.
    public var queryName: String {
        switch self {
        case .place: "DocIdSliceQuery"
        case .id: "TermsSliceQuery"
        case .number: "DocValuesSliceQuery"
        }
    }
}
