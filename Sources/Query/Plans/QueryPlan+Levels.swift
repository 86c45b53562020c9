internal import FieldIndex

extension QueryPlan {
    /// Whether the plan might match documents other than nested objects of a path: whether a filter of neighbours among these
    /// objects is meant for what is around them. As Elasticsearch decides it.
    func mayMatch(outside path: String) -> Bool {
        func isOutside(_ field: String) -> Bool { !field.hasPrefix(path + ".") }
        switch self {
        case .matchNone: return false
        case .matchAll, .ids, .nested, .ranked, .slice, .script, .join: return true
        case .term(let field, _, _), .matchingTerms(let field, _), .termIgnoringCase(let field, _), .terms(let field, _),
            .range(let field, _), .geoBox(let field, _), .geoCircle(let field, _):
            return isOutside(field)
        case .fuzzy(let query): return isOutside(query.field)
        case .phrase(let phrase), .phrasePrefix(let phrase, _): return isOutside(phrase.field)
        case .exists(let fields): return fields.contains(where: isOutside)
        case .knn(let knn): return isOutside(knn.field)
        case .bool(let bool):
            let required = bool.must + bool.filter
            if !required.isEmpty { return required.allSatisfy { $0.mayMatch(outside: path) } }
            return bool.should.isEmpty || bool.should.contains { $0.mayMatch(outside: path) }
        case .disMax(let plans, _): return plans.contains { $0.mayMatch(outside: path) }
        case .boosting(let plan, _, _), .constantScore(let plan), .boosted(let plan, _), .named(let plan, _):
            return plan.mayMatch(outside: path)
        case .functionScore(let plan): return plan.query.mayMatch(outside: path)
        case .scriptScore(let plan): return plan.query.mayMatch(outside: path)
        case .termsSet(let plan): return plan.terms.contains { $0.mayMatch(outside: path) }
        case .special(let plan): return isOutside(plan.field)
        case .text(let plan): return plan.fields.contains(where: isOutside)
        }
    }
}
