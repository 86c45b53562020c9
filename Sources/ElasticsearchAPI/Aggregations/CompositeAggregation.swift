internal import JSON
internal import Query

extension AggregationDecoder {
    private enum Key: String, BodyKey {
        case sources, size, after
    }

    func composite(_ body: Field) throws(ParseError) -> CompositeAggregation {
        var composite = CompositeAggregation(sources: [])
        for (key, field) in try body.value.fields(Key.self, of: .object("composite")) {
            switch key {
            case .sources:
                for node in field.oneOrMany() {
                    guard let member = try node.members(of: .object("composite")).first else { throw field.unexpected }
                    composite.sources.append(try source(member))
                }
            case .size:
                composite.size = try field.int()
                guard (1...AggregationReduction.maximumBuckets).contains(composite.size) else {
                    throw .argument("[size] must be a positive integer: [\(composite.size)]", at: field.path)
                }
            case .after:
                guard !field.element.isNull else { continue }
                var after: [String: QueryValue?] = [:]
                for member in try field.value.members(of: .object("composite")) {
                    after[member.name] = .some(member.element.isNull ? nil : try member.queryValue())
                }
                composite.after = after
            }
        }
        guard !composite.sources.isEmpty else {
            throw .argument("Composite [sources] cannot be null or empty", at: body.path)
        }
        guard Set(composite.sources.map(\.name)).count == composite.sources.count else {
            throw .argument("Composite source names must be unique", at: body.path)
        }
        return composite
    }

    private func source(_ member: Field) throws(ParseError) -> CompositeAggregation.Source {
        guard let definition = try member.value.members(of: .object("composite")).first else { throw member.unexpected }
        var name: String?
        var source = CompositeAggregation.Source(name: member.name, field: "", kind: .terms)
        var interval: Double?, dates: DateInterval?
        var offset: Int64 = 0, timeZone: String?
        for field in try definition.value.members(of: .object(definition.name)) {
            switch field.name {
            case "field": name = try field.string()
            case "order":
                switch try field.string().lowercased() {
                case "asc": source.isAscending = true
                case "desc": source.isAscending = false
                case let other: throw .argument("Unknown sort order [\(other)]", at: field.path)
                }
            case "missing_bucket": source.hasMissingBucket = try field.bool()
            case "missing_order":
                let text = try field.string().lowercased()
                guard ["first", "last", "default"].contains(text) else { throw .argument("Unknown missing order: [\(text)]", at: field.path) }
                source.missingIsFirst = text == "default" ? nil : text == "first"
            case "format": source.format = try field.string()
            case "interval" where definition.name == "histogram": interval = try field.double()
            case "calendar_interval" where definition.name == "date_histogram": dates = try calendarInterval(field)
            case "fixed_interval" where definition.name == "date_histogram": dates = try fixedInterval(field)
            case "offset" where definition.name == "date_histogram": offset = try Self.offset(field)
            case "time_zone" where definition.name == "date_histogram": timeZone = try field.string()
            default: throw Parser.object(definition.name).unknown(field, known: ["field", "order", "missing_bucket"])
            }
        }
        guard let name else { throw requiredField(definition) }
        source.field = name
        switch definition.name {
        case "terms": source.kind = .terms
        case "histogram":
            guard let interval, interval > 0 else { throw .argument("[interval] must be greater than 0", at: definition.path) }
            source.kind = .histogram(interval: interval)
        case "date_histogram":
            guard let dates else { throw .argument("Invalid interval specified, must be non-null and non-empty", at: definition.path) }
            source.kind = .dateHistogram(dates, offset: offset, timeZone: timeZone)
        default: throw ParseError(.content, "invalid source type: \(definition.name)", at: definition.path)
        }
        return source
    }
}
