internal import Query

/// What every query may carry.
struct QueryOptions {
    var boost: Float = 1
    private var name: String?

    /// The keys of a query that has no others.
    enum Key: String, BodyKey {
        case boost
        case name = "_name"
    }

    mutating func setBoost(_ field: Field) throws(ParseError) {
        boost = try field.float()
        guard boost >= 0 else {
            throw .argument(
                "negative [boost] are not allowed in [\(boost)], use a value between 0 and 1 to deboost", at: field.path)
        }
    }

    mutating func setName(_ field: Field) throws(ParseError) {
        name = try field.text()
    }

    func query(_ kind: Query.Kind) -> Query {
        Query(kind, boost: boost, name: name)
    }

    func clause(_ knn: KNNQuery, innerHits: InnerHits?) -> Search.KNNClause {
        Search.KNNClause(knn, boost: boost, name: name, innerHits: innerHits)
    }
}
