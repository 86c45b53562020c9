internal import JSON
internal import Query

extension QueryDecoder {
    /// `{"field": [values]}` beside `boost` and `_name`.
    func terms(_ body: Node) throws(ParseError) -> Query {
        var options = QueryOptions()
        var target: Field?
        for field in try body.members(of: .query("terms")) {
            switch QueryOptions.Key(rawValue: field.name) {
            case .boost: try options.setBoost(field)
            case .name: try options.setName(field)
            case nil:
                guard target == nil else {
                    throw ParseError(.parsing, "[terms] query does not support multiple fields", at: field.path)
                }
                target = field
            }
        }
        guard let target else {
            throw ParseError(
                .parsing,
                "[terms] query requires a field name, followed by array of terms or a document lookup specification",
                at: body.path)
        }
        if target.element.kind == .object {
            return options.query(.terms(TermsQuery(field: target.name, values: [], lookup: try Self.lookup(target))))
        }
        guard let elements = target.value.elements else { throw target.unexpected }
        var values: [QueryValue] = []
        values.reserveCapacity(elements.count)
        for element in elements {
            guard let value = QueryValue(element.element) else {
                throw ParseError(.parsing, "No value specified for terms query", at: element.path)
            }
            values.append(value)
        }
        return options.query(.terms(TermsQuery(field: target.name, values: values)))
    }

    private enum LookupKey: String, BodyKey {
        case index, id, path, routing
    }

    /// `{"index": …, "id": …, "path": …}`: where the terms stand.
    private static func lookup(_ field: Field) throws(ParseError) -> DocumentLookup {
        var values: [LookupKey: String] = [:]
        for (key, field) in try field.value.fields(LookupKey.self, of: .object("terms_lookup")) {
            values[key] = try field.text()
        }
        let required: [LookupKey] = [.index, .id, .path]
        let missing = required.filter { values[$0] == nil }.map(\.rawValue)
        guard let index = values[.index], let id = values[.id], let path = values[.path] else {
            throw .argument("Required [\(missing.joined(separator: ", "))]", at: field.path)
        }
        return DocumentLookup(index: index, id: id, path: path, routing: values[.routing])
    }
}
