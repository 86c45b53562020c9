internal import JSON
internal import Query

extension AggregationDecoder {
    private enum Key: String, BodyKey {
        case field
        case ranges
        case keyed
        case format
        case timeZone = "time_zone"
        case missing
    }

    func range(_ body: Field, isDate: Bool) throws(ParseError) -> RangeAggregation {
        var name: String?
        var range = RangeAggregation(field: "", ranges: [])
        for (key, field) in try body.value.fields(Key.self, of: .object(body.name)) {
            switch key {
            case .field: name = try field.string()
            case .ranges:
                guard let elements = field.value.elements else { throw field.unexpected }
                for element in elements { range.ranges.append(try part(element)) }
            case .keyed: range.isKeyed = try field.bool()
            case .format: range.format = try field.string()
            case .timeZone:
                guard isDate else { throw Parser.object(body.name).unknown(field, known: []) }
                range.timeZone = try field.string()
            case .missing: range.missing = try field.queryValue()
            }
        }
        guard let name else { throw requiredField(body) }
        guard !range.ranges.isEmpty else {
            throw .argument("No [ranges] specified for the [\(body.name)] aggregation", at: body.path)
        }
        range.field = name
        return range
    }

    private func part(_ node: Node) throws(ParseError) -> RangeAggregation.Range {
        var part = RangeAggregation.Range()
        for field in try node.members(of: .object("range")) {
            switch field.name {
            case "key": part.key = try field.text()
            case "from": part.from = field.element.isNull ? nil : try field.queryValue()
            case "to": part.to = field.element.isNull ? nil : try field.queryValue()
            default: throw Parser.object("range").unknown(field, known: ["key", "from", "to"])
            }
        }
        return part
    }
}
