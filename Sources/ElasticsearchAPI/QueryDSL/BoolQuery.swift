internal import JSON
internal import Query

extension QueryDecoder {
    private enum Key: String, BodyKey {
        case must
        case filter
        case should
        case mustNot = "must_not"
        /// The old name of `must_not`.
        case mustNotCamelCase = "mustNot"
        case minimumShouldMatch = "minimum_should_match"
        case adjustPureNegative = "adjust_pure_negative"
        case boost
        case name = "_name"
    }

    /// Clauses are an object, an array of them, or null.
    func bool(_ body: Node) throws(ParseError) -> Query {
        var options = QueryOptions()
        var bool = BoolQuery()
        for (key, field) in try body.fields(Key.self, of: .object("bool")) {
            switch key {
            case .must: bool.must = try clauses(field)
            case .filter: bool.filter = try clauses(field)
            case .should: bool.should = try clauses(field)
            case .mustNot, .mustNotCamelCase: bool.mustNot = try clauses(field)
            case .minimumShouldMatch: bool.minimumShouldMatch = field.element.isNull ? nil : try field.minimumShouldMatch()
            case .adjustPureNegative:
                guard try field.bool() else { throw Parser.object("bool").unknown(field, known: []) }
            case .boost: try options.setBoost(field)
            case .name: try options.setName(field)
            }
        }
        return options.query(.bool(bool))
    }

    func clauses(_ field: Field) throws(ParseError) -> [Query] {
        switch field.element.kind {
        case .null: return []
        case .object, .array:
            return try field.wrapping { () throws(ParseError) -> [Query] in
                var queries: [Query] = []
                for node in field.oneOrMany() { queries.append(try query(node)) }
                return queries
            }
        case .string, .integer, .unsigned, .double, .boolean: throw field.unexpected
        }
    }
}
