/// What a text in one of the query languages says, before fields and types are known.
indirect enum QuerySyntax: Equatable {
    enum Occurrence: Equatable {
        case must, should, mustNot
    }

    struct Clause: Equatable {
        var occurrence: Occurrence
        var syntax: QuerySyntax
    }

    /// A bound of a range as it stands in the text; nil is open.
    struct Bound: Equatable {
        var text: String
        var isInclusive: Bool
    }

    /// Words, to be cut into terms.
    case text(field: String?, String)
    case phrase(field: String?, String, slop: Int?)
    /// With `*` and `?`.
    case wildcard(field: String?, String)
    case prefix(field: String?, String)
    case regexp(field: String?, String)
    /// Nil: as many edits as the query says for all.
    case fuzzy(field: String?, String, Fuzziness?)
    case range(field: String?, lower: Bound?, upper: Bound?)
    case exists(field: String)
    case matchAll
    case all([Clause])
    case boosted(QuerySyntax, by: Float)
}

/// Why a text cannot be read.
struct QuerySyntaxError: Error, Equatable {
    /// Counted in characters.
    var position: Int
    var reason: String
}
