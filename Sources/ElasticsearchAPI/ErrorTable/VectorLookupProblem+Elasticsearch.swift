internal import Indices
internal import Query

extension ElasticsearchError {
    init(_ problem: VectorLookupProblem) {
        switch problem {
        case .documentMissing(let lookup):
            self = .state(404, "Document with id [\(lookup.id)] not found in index [\(lookup.index)] for lookup query vector builder.")
        case .fieldMissing(let lookup):
            self = .state(404, "Field [\(lookup.path)] not found in document with id [\(lookup.id)] for lookup query vector builder.")
        case .notAVector(let lookup):
            self = .illegalArgument("Field [\(lookup.path)] in document with id [\(lookup.id)] is no vector for lookup query vector builder.")
        }
    }
}
