internal import Query

extension QueryDecoder {
    private enum Key: String, BodyKey {
        case queries
        case tieBreaker = "tie_breaker"
        case boost
        case name = "_name"
    }

    private enum BoostingKey: String, BodyKey {
        case positive
        case negative
        case negativeBoost = "negative_boost"
        case boost
        case name = "_name"
    }

    func disMax(_ body: Node) throws(ParseError) -> Query {
        var options = QueryOptions()
        var queries: [Query] = []
        var tieBreaker: Float = 0
        for (key, field) in try body.fields(Key.self, of: .query("dis_max")) {
            switch key {
            case .queries: queries = try clauses(field)
            case .tieBreaker: tieBreaker = try field.float()
            case .boost: try options.setBoost(field)
            case .name: try options.setName(field)
            }
        }
        guard !queries.isEmpty else {
            throw ParseError(.parsing, "[dis_max] requires 'queries' field with at least one clause", at: body.path)
        }
        return options.query(.disMax(queries, tieBreaker: tieBreaker))
    }

    func boosting(_ body: Node) throws(ParseError) -> Query {
        var options = QueryOptions()
        var positive: Query?, negative: Query?
        var boost: Float?
        for (key, field) in try body.fields(BoostingKey.self, of: .query("boosting")) {
            switch key {
            case .positive: positive = try query(field.value)
            case .negative: negative = try query(field.value)
            case .negativeBoost: boost = try field.float()
            case .boost: try options.setBoost(field)
            case .name: try options.setName(field)
            }
        }
        guard let positive else {
            throw ParseError(.parsing, "[boosting] query requires 'positive' query to be set'", at: body.path)
        }
        guard let negative else {
            throw ParseError(.parsing, "[boosting] query requires 'negative' query to be set'", at: body.path)
        }
        guard let boost, boost >= 0 else {
            throw ParseError(
                .parsing, "[boosting] query requires 'negative_boost' to be set to be a positive value'", at: body.path)
        }
        return options.query(.boosting(positive: positive, negative: negative, negativeBoost: boost))
    }
}
