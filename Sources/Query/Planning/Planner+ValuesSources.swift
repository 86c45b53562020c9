internal import FieldIndex
internal import Mapping

/// Where the values of aggregations come from, and how they are read and shown.
extension Planner {
    func zone(_ text: String?) throws(PlanningError) -> ZoneRule {
        guard let text else { return .utc }
        guard let zone = ZoneRule(text) else { throw .unknownTimeZone(text) }
        return zone
    }

    func source(
        _ path: String, format: String? = nil, timeZone: String? = nil, _ aggregation: String, isNumeric: Bool = false
    ) throws(PlanningError) -> ValuesSource {
        guard let field = mapping.field(path) else {
            if path == "_id" { throw .idHasNoColumn }
            if path == "_ignored" { return ValuesSource(field: path, column: .keywords, format: .raw) }
            if path == "_index", let indexName { return ValuesSource(field: path, column: .none, format: .constant(indexName)) }
            return ValuesSource(field: path, column: .none, format: .raw)
        }
        var source = ValuesSource(field: mapping.target(of: path), column: .none, format: .raw)
        switch field.type {
        case .text: throw .textNotAggregatable(path)
        case .keyword: source.column = .keywords
        case .geoPoint: source.column = .points
        case .denseVector: source.column = .vectors
        case .boolean: (source.column, source.format) = (.longs(scale: 1), .boolean)
        case .date(let own):
            source.column = .longs(scale: 1)
            guard let wanted = try format.map({ text throws(PlanningError) in try dateFormat(text) }) ?? own as DateFormat? else { break }
            source.format = .date(wanted, zone: try zone(timeZone))
        case .served(let served):
            switch served.column {
            case .none where Self.ofSpans.contains(aggregation) && field.isSpan:
                try add(spansOf: field, format: format, timeZone: timeZone, aggregation, to: &source)
            case .none where served.text != nil: throw .textNotAggregatable(path)
            case .none, .features:
                throw .aggregationNotSupported(field: path, type: field.type.name, aggregation: aggregation)
            case .terms:
                source.column = .keywords
                if served.coding != .plain { source.format = .coded(served.coding) }
            case .longs: source.column = .longs(scale: 1)
            case .unsigned: (source.column, source.format) = (.longs(scale: 1), .unsigned)
            case .nanoseconds(let own):
                source.column = .longs(scale: 1e-6)
                let wanted = try format.map { text throws(PlanningError) in try dateFormat(text) } ?? own
                source.format = .date(wanted, zone: try zone(timeZone))
            case .doubles: source.column = .doubles
            case .constant(let value): if let value { source.format = .constant(value) }
            }
        case .number(.unsignedLong): (source.column, source.format) = (.longs(scale: 1), .unsigned)
        case .number:
            switch field.type.numberColumn {
            case .longs(let scale)?: source.column = .longs(scale: scale)
            case .doubles?: source.column = .doubles
            case nil: break
            }
            source.format = try decimals(format)
        }
        if isNumeric {
            switch source.column {
            case .keywords, .points, .vectors:
                throw .aggregationNotSupported(field: path, type: field.type.name, aggregation: aggregation)
            case .none, .longs, .doubles, .spans: break
            }
        }
        return source
    }

    /// The aggregations that know spans.
    private static let ofSpans: Set = ["histogram", "date_histogram", "value_count", "missing"]

    private func add(
        spansOf field: FieldMapping, format: String?, timeZone: String?, _ aggregation: String, to source: inout ValuesSource
    ) throws(PlanningError) {
        let spans = field.spanValues
        if spans == nil, aggregation == "histogram" { throw .spansNotNumeric(type: field.type.name) }
        source.column = .spans(spans ?? .whole)
        if case .dates(let own)? = spans {
            let wanted = try format.map { text throws(PlanningError) in try dateFormat(text) } ?? own
            source.format = .date(wanted, zone: try zone(timeZone))
        } else if aggregation == "date_histogram" {
            throw .spansNotDates(type: field.type.name)
        } else {
            source.format = try decimals(format)
        }
    }

    private func dateFormat(_ text: String) throws(PlanningError) -> DateFormat {
        guard let format = DateFormat(text) else { throw .invalidDateFormat(text) }
        return format
    }

    /// How numbers are written; as they are where nothing is said.
    func decimals(_ pattern: String?) throws(PlanningError) -> ValuesSource.Format {
        guard let pattern else { return .raw }
        guard let format = DecimalFormat(pattern) else { throw .invalidNumberFormat(pattern) }
        return .decimal(format)
    }

    func key(_ value: QueryValue, _ source: ValuesSource) throws(PlanningError) -> BucketKey {
        switch source.column {
        case .none:
            if case .constant = source.format { return .string(value.scalar.text) }
            switch value {
            case .integer(let number): return .long(Int64(number))
            case .double(let number): return .double(number)
            case .boolean(let flag): return .long(flag ? 1 : 0)
            case .string, .unsigned: return .string(value.scalar.text)
            }
        case .keywords, .points, .vectors, .spans:
            guard case .coded(let coding) = source.format else { return .string(value.scalar.text) }
            guard let term = coding.term(value.scalar.text) else {
                throw .malformedValue(field: source.field, type: "ip", cause: .notAnAddress(value.scalar.text))
            }
            return .string(term)
        case .longs where source.format == .unsigned:
            return .long(Int64(bitPattern: (UInt64(value.scalar.text) ?? 0) ^ 1 << 63))
        case .doubles: return .double(try number(value, source) ?? 0)
        case .longs(let scale):
            let number = try number(value, source) ?? 0
            return scale == 1 ? .long(Int64(exactly: number.rounded()) ?? 0) : .double(number)
        }
    }

    func number(
        _ value: QueryValue?, _ source: ValuesSource
    ) throws(PlanningError) -> Double? {
        guard let value else { return nil }
        if case .date(let format, let zone) = source.format {
            var context = DateContext(now: now)
            context.format = format
            context.offset = zone.seconds(at: now)
            guard let field = mapping.field(source.field) else { return nil }
            if case .served = field.type {
                guard let moment = DateMath(format: format, now: now, offset: zone.seconds(at: now)).milliseconds(value.scalar.text, roundingUp: false) else {
                    throw .malformedValue(
                        field: source.field, type: field.type.name, cause: .malformedDate(value.scalar.text, format: format.pattern))
                }
                return Double(moment)
            }
            do {
                guard case .long(let moment) = try field.term(value.scalar, dates: context) else { return nil }
                return Double(moment)
            } catch {
                throw .malformedValue(field: source.field, type: field.type.name, cause: error)
            }
        }
        switch value {
        case .boolean(let value): return value ? 1 : 0
        case .string("true"): return 1
        case .string("false"): return 0
        default: break
        }
        guard let number = Double(value.scalar.text), number.isFinite else {
            throw .malformedValue(field: source.field, type: "number", cause: .notANumber(value.scalar.text))
        }
        return number
    }
}
