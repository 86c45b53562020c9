internal import JSON
internal import Mapping
internal import Query

extension AggregationDecoder {
    func addressRange(_ body: Body) throws(ParseError) -> AddressRangeAggregation {
        var target: String?, isKeyed = false
        var ranges: [AddressRangeAggregation.Range] = []
        for field in try body.members() {
            switch field.name {
            case "field": target = try field.string()
            case "keyed": isKeyed = try field.bool()
            case "ranges":
                guard let elements = field.value.elements else { throw field.unexpected }
                for element in elements { ranges.append(try addressPart(element)) }
            default: throw body.unknown(field, ["field", "ranges", "keyed"])
            }
        }
        guard let target else { throw requiredField(body.field) }
        guard !ranges.isEmpty else {
            throw .argument("No [ranges] specified for the [\(body.aggregation)] aggregation", at: body.path)
        }
        return AddressRangeAggregation(field: target, ranges: ranges, isKeyed: isKeyed)
    }

    private func addressPart(_ node: Node) throws(ParseError) -> AddressRangeAggregation.Range {
        var key: String?, from: IPAddress?, to: IPAddress?, mask: (text: String, path: JSONPath)?
        for field in try node.members(of: .query("ip_range")) {
            switch field.name {
            case "key": key = try field.text()
            case "from": from = try address(field)
            case "to": to = try address(field)
            case "mask": mask = (try field.string(), field.path)
            default: throw ParseError(.parsing, "Unexpected ip range parameter: [\(field.name)]", at: field.path)
            }
        }
        guard let mask else { return .init(key: key, from: from, to: to) }
        guard let range = AddressRangeAggregation.Range(block: mask.text, key: key) else {
            throw .argument("'\(mask.text)' is not an IP string literal.", at: mask.path)
        }
        return range
    }

    private func address(_ field: Field) throws(ParseError) -> IPAddress? {
        if field.element.isNull { return nil }
        let text = try field.text()
        guard let address = IPAddress(text) else { throw .argument("'\(text)' is not an IP string literal.", at: field.path) }
        return address
    }

    func addressPrefix(_ body: Body) throws(ParseError) -> AddressPrefixAggregation {
        var target: String?, length: Int?
        var prefix = AddressPrefixAggregation(field: "", length: 0)
        for field in try body.members() {
            switch field.name {
            case "field": target = try field.string()
            case "prefix_length": length = try field.int()
            case "is_ipv6": prefix.isVersion6 = try field.bool()
            case "append_prefix_length": prefix.appendsLength = try field.bool()
            case "keyed": prefix.isKeyed = try field.bool()
            case "min_doc_count":
                prefix.minimumCount = try field.int()
                guard prefix.minimumCount >= 1 else { throw .argument("[min_doc_count] must be greater than or equal to 1", at: field.path) }
            default: throw body.unknown(field, ["field", "prefix_length", "is_ipv6", "append_prefix_length", "keyed", "min_doc_count"])
            }
        }
        guard let target else { throw requiredField(body.field) }
        guard let length else { throw .argument("Required one of fields [prefix_length], but none were specified. ", at: body.path) }
        let most = prefix.isVersion6 ? 128 : 32
        guard (0...most).contains(length) else {
            throw .argument(
                "[prefix_length] must be in range [0, \(most)] while value is [\(length)]", at: body.path)
        }
        (prefix.field, prefix.length) = (target, length)
        return prefix
    }

    /// Ours: a sum is kept for each pair of them.
    private static let mostMatrixFields = 100

    func matrixStatistics(_ body: Body) throws(ParseError) -> MatrixStatisticsAggregation {
        var statistics = MatrixStatisticsAggregation(fields: [])
        for field in try body.members() {
            switch field.name {
            case "fields":
                guard let elements = field.value.elements else { throw field.unexpected }
                guard elements.count <= Self.mostMatrixFields else {
                    throw .argument("[fields] of [\(body.aggregation)] must be at most [\(Self.mostMatrixFields)]", at: field.path)
                }
                for element in elements {
                    guard let name = element.element.string else { throw field.unexpected }
                    if !statistics.fields.contains(name) { statistics.fields.append(name) }
                }
            case "mode":
                let text = try field.string().lowercased()
                guard let mode = MatrixStatisticsAggregation.Mode(rawValue: text) else {
                    throw .argument("Unknown sort mode [\(text)]", at: field.path)
                }
                statistics.mode = mode
            case "missing":
                for member in try field.value.members(of: .object("matrix_stats")) {
                    statistics.missing[member.name] = try member.queryValue()
                }
            default: throw body.unknown(field, ["fields", "missing", "mode"])
            }
        }
        guard !statistics.fields.isEmpty else { throw .argument("[fields] must not be null or empty: [\(body.aggregation)]", at: body.path) }
        return statistics
    }
}
