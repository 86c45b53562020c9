/// The queries that are understood, by their names in the DSL.
enum QueryName: String, CaseIterable {
    case matchAll = "match_all"
    case matchNone = "match_none"
    case term
    case terms
    case range
    case exists
    case ids
    case bool
    case constantScore = "constant_score"
    case knn
    case scriptScore = "script_score"
}
