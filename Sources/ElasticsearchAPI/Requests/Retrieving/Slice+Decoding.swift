internal import Indices
internal import JSON
internal import Query

extension Slice {
    private enum Key: String, BodyKey {
        case field, id, max
    }

    /// A `slice` member. How many parts there may be says each index (`index.max_slices_per_scroll`).
    ///
    /// - Parameter basis: by what documents are told apart where no field is named.
    init(_ field: Field, by basis: Slice.Basis = .id) throws(ParseError) {
        var number = -1, count = -1
        var name: String?
        for (key, field) in try field.value.fields(Key.self, of: .object("slice")) {
            switch key {
            case .field: name = try field.string()
            case .id:
                number = try field.int()
                guard number >= 0 else { throw .argument("id must be greater than or equal to 0", at: field.path) }
            case .max:
                count = try field.int()
                guard count > 1 else { throw .argument("max must be greater than 1", at: field.path) }
            }
        }
        guard number >= 0 else { throw .argument("id must be greater than or equal to 0", at: field.path) }
        guard count > 1 else { throw .argument("max must be greater than 1", at: field.path) }
        guard count > number else { throw .argument("max must be greater than id", at: field.path) }
        switch name {
        case nil: self.init(number: number, count: count, by: basis)
        case "_id": self.init(number: number, count: count, by: .id)
        case .some(let field): self.init(number: number, count: count, by: .number(of: field))
        }
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
