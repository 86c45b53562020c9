internal import Query

extension QueryDecoder {
    private enum Key: String, BodyKey {
        case values
        case boost
        case name = "_name"
    }

    func ids(_ body: Node) throws(ParseError) -> Query {
        var options = QueryOptions()
        var values: [String] = []
        for (key, field) in try body.fields(Key.self, of: .object("ids")) {
            switch key {
            case .values: values = try field.strings()
            case .boost: try options.setBoost(field)
            case .name: try options.setName(field)
            }
        }
        return options.query(.ids(values))
    }
}
