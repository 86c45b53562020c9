internal import Mapping

extension Query.Kind {
    /// The same about the fields that aliases stand for.
    func resolved(by mapping: Mapping) -> Query.Kind {
        switch self {
        case .term(var query):
            query.field = mapping.target(of: query.field)
            return .term(query)
        case .terms(var query):
            query.field = mapping.target(of: query.field)
            return .terms(query)
        case .range(var query):
            query.field = mapping.target(of: query.field)
            return .range(query)
        case .exists(let field): return .exists(field: mapping.target(of: field))
        case .match(var query):
            query.field = mapping.target(of: query.field)
            return .match(query)
        case .pattern(var query):
            query.field = mapping.target(of: query.field)
            return .pattern(query)
        case .fuzzy(var query):
            query.field = mapping.target(of: query.field)
            return .fuzzy(query)
        case .geo(var query):
            query.field = mapping.target(of: query.field)
            return .geo(query)
        case .knn(var query):
            query.field = mapping.target(of: query.field)
            return .knn(query)
        // Others resolve the fields that they are about themselves, or hold queries.
        default: return self
        }
    }
}
