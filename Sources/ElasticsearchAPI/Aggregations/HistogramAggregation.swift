internal import JSON
internal import Mapping
internal import Query

extension AggregationDecoder {
    private enum Key: String, BodyKey {
        case field
        case interval
        case offset
        case minimumCount = "min_doc_count"
        case extendedBounds = "extended_bounds"
        case hardBounds = "hard_bounds"
        case keyed
        case order
        case missing
        case format
    }

    private enum DateKey: String, BodyKey {
        case field
        case calendarInterval = "calendar_interval"
        case fixedInterval = "fixed_interval"
        case interval
        case offset
        case minimumCount = "min_doc_count"
        case extendedBounds = "extended_bounds"
        case hardBounds = "hard_bounds"
        case keyed
        case order
        case missing
        case format
        case timeZone = "time_zone"
    }

    func histogram(_ body: Field) throws(ParseError) -> HistogramAggregation {
        var name: String?, interval: Double?
        var histogram = HistogramAggregation(field: "", interval: 1)
        for (key, field) in try body.value.fields(Key.self, of: .object("histogram")) {
            switch key {
            case .field: name = try field.string()
            case .interval: interval = try field.double()
            case .offset: histogram.offset = try field.double()
            case .minimumCount: histogram.minimumCount = try field.count()
            case .extendedBounds: histogram.extendedBounds = try bounds(field)
            case .hardBounds: histogram.hardBounds = try bounds(field)
            case .keyed: histogram.isKeyed = try field.bool()
            case .order: histogram.order = try orders(field).first ?? histogram.order
            case .missing: histogram.missing = try field.queryValue()
            case .format: histogram.format = try field.string()
            }
        }
        guard let name else { throw requiredField(body) }
        guard let interval, interval > 0, interval.isFinite else {
            throw .argument("[interval] must be >0 for histogram aggregation [\(body.name)]", at: body.path)
        }
        histogram.field = name
        histogram.interval = interval
        return histogram
    }

    private func bounds(_ bounds: Field) throws(ParseError) -> ClosedRange<Double>? {
        var lower: Double?, upper: Double?
        for field in try bounds.value.members(of: .object("bounds")) where !field.element.isNull {
            if field.name == "min" { lower = try field.double() } else if field.name == "max" { upper = try field.double() }
        }
        let isHard = bounds.name == "hard_bounds"
        guard let lower = lower ?? (isHard ? -.infinity : nil), let upper = upper ?? (isHard ? .infinity : nil) else { return nil }
        guard lower <= upper else {
            throw .argument("[\(bounds.name).min] cannot be greater than [\(bounds.name).max]", at: bounds.path)
        }
        return lower...upper
    }

    func dateHistogram(_ body: Field) throws(ParseError) -> DateHistogramAggregation {
        var name: String?, interval: DateInterval?
        var histogram = DateHistogramAggregation(field: "", interval: .day)
        for (key, field) in try body.value.fields(DateKey.self, of: .object("date_histogram")) {
            switch key {
            case .field: name = try field.string()
            case .calendarInterval: interval = try calendarInterval(field)
            case .fixedInterval: interval = try fixedInterval(field)
            case .interval:
                let text = try field.text()
                if let known = Self.calendar[text] { interval = known } else { interval = try fixedInterval(field) }
            case .offset: histogram.offset = try Self.offset(field)
            case .minimumCount: histogram.minimumCount = try field.count()
            case .extendedBounds:
                var lower: QueryValue?, upper: QueryValue?
                for member in try field.value.members(of: .object("bounds")) {
                    if member.name == "min" { lower = try member.queryValue() } else if member.name == "max" { upper = try member.queryValue() }
                }
                if let lower, let upper { histogram.extendedBounds = (lower, upper) }
            case .hardBounds:
                var lower: QueryValue?, upper: QueryValue?
                for member in try field.value.members(of: .object("bounds")) where !member.element.isNull {
                    if member.name == "min" { lower = try member.queryValue() } else if member.name == "max" { upper = try member.queryValue() }
                }
                histogram.hardBounds = (lower, upper)
            case .keyed: histogram.isKeyed = try field.bool()
            case .order: histogram.order = try orders(field).first ?? histogram.order
            case .missing: histogram.missing = try field.queryValue()
            case .format: histogram.format = try field.string()
            case .timeZone: histogram.timeZone = try field.string()
            }
        }
        guard let name else { throw requiredField(body) }
        guard let interval else {
            throw .argument("Invalid interval specified, must be non-null and non-empty", at: body.path)
        }
        histogram.field = name
        histogram.interval = interval
        return histogram
    }

    private static let calendar: [String: DateInterval] = [
        "minute": .minute, "1m": .minute, "hour": .hour, "1h": .hour, "day": .day, "1d": .day, "week": .week, "1w": .week,
        "month": .month, "1M": .month, "quarter": .quarter, "1q": .quarter, "year": .year, "1y": .year,
        "second": .milliseconds(1000), "1s": .milliseconds(1000),
    ]

    func calendarInterval(_ field: Field) throws(ParseError) -> DateInterval {
        let text = try field.text()
        guard let interval = Self.calendar[text] else {
            throw .argument("The supplied interval [\(text)] could not be parsed as a calendar interval.", at: field.path)
        }
        return interval
    }

    func fixedInterval(_ field: Field) throws(ParseError) -> DateInterval {
        let text = try field.text()
        guard let milliseconds = TimeValue.milliseconds(text), milliseconds >= 1, milliseconds < 0x1p52 else {
            throw .argument(
                "failed to parse setting [date_histogram.fixedInterval] with value [\(text)] as a time value: unit is missing or unrecognized",
                at: field.path)
        }
        return .milliseconds(Int64(milliseconds))
    }

    static func offset(_ field: Field) throws(ParseError) -> Int64 {
        if let number = field.element.int, number.magnitude < 1 << 52 { return Int64(number) }
        var text = try field.text()
        let isNegative = text.hasPrefix("-")
        if isNegative || text.hasPrefix("+") { text.removeFirst() }
        guard let milliseconds = TimeValue.milliseconds(text), milliseconds < 0x1p52 else {
            throw .argument("failed to parse setting [date_histogram.offset] with value [\(text)] as a time value", at: field.path)
        }
        return Int64(isNegative ? -milliseconds : milliseconds)
    }
}
