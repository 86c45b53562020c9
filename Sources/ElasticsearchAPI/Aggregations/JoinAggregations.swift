internal import JSON
internal import Query

extension AggregationDecoder {
    /// The one member of `children` and `parent`.
    func joinType(_ body: Body) throws(ParseError) -> String {
        var type: String?
        for field in try body.field.value.members(of: .query(body.name)) {
            guard field.name == "type" else {
                throw ParseError(
                    .parsing, "Unknown key for a \(field.value.token) in [\(body.aggregation)]: [\(field.name)].", at: field.path)
            }
            type = try field.string()
        }
        guard let type else {
            throw ParseError(.parsing, "Missing [child_type] field for \(body.name) aggregation [\(body.aggregation)]", at: body.path)
        }
        return type
    }
}
