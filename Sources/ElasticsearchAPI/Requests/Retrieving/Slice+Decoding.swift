internal import Indices
internal import JSON
internal import Query

extension Slice {
    private enum Key: String, BodyKey {
        case field, id, max
    }

    /// Elasticsearch's `index.max_slices_per_scroll`.
    static let maximumCount = 1024

    /// A `slice` member. Whatever field is named, documents are told apart by their ids.
    init(_ field: Field) throws(ParseError) {
        var number = -1, count = 0
        for (key, field) in try field.value.fields(Key.self, of: .object("slice")) {
            switch key {
            case .field: _ = try field.string()
            case .id: number = try field.int()
            case .max: count = try field.int()
            }
        }
        guard number >= 0 else { throw .argument("id must be greater than or equal to 0", at: field.path) }
        guard count > 1 else { throw .argument("max must be greater than 1", at: field.path) }
        guard count > number else { throw .argument("max must be greater than id", at: field.path) }
        guard count <= Self.maximumCount else {
            throw .argument(
                "The number of slices [\(count)] is too large. It must be less than [\(Self.maximumCount)]. This limit can be set "
                    + "by changing the [index.max_slices_per_scroll] index level setting.",
                at: field.path)
        }
        self.init(number: number, count: count, by: .id)
    }
}

extension Field {
    /// Nil for 0, which is no limit.
    func terminateAfter() throws(ParseError) -> Int? {
        let limit = try int()
        guard limit >= 0 else { throw .argument("terminateAfter must be > 0", at: path) }
        return limit == 0 ? nil : limit
    }
}
