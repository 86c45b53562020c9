internal import Dates

/// Elasticsearch's date math: `now-1d/d`, `2024-01-01||+1M/d`.
///
/// Reference: https://www.elastic.co/docs/reference/elasticsearch/rest-apis/common-options#date-math
public struct DateMath {
    public var format: DateFormat
    /// Milliseconds since 1970-01-01T00:00Z that `now` means.
    public var now: Int64
    /// Seconds east of Greenwich for dates without an offset, and for rounding to days and longer.
    public var offset: Int

    public init(format: DateFormat, now: Int64, offset: Int = 0) {
        self.format = format
        self.now = now
        self.offset = offset
    }

    /// - Parameter roundingUp: dates are taken to the end of the unit they are rounded to, or of what they leave out.
    /// - Returns: nil if the expression cannot be read.
    public func milliseconds(_ text: String, roundingUp: Bool) -> Int64? {
        if text.hasPrefix("now") { return apply(text.utf8.dropFirst(3), to: now, roundingUp: roundingUp) }
        // A text that is itself a date may contain "||" only as the separator.
        guard let separator = text.firstRange(of: "||") else {
            return format.milliseconds(text, roundingUp: roundingUp, offset: offset)
        }
        guard let anchor = format.milliseconds(String(text[..<separator.lowerBound]), offset: offset) else {
            return nil
        }
        return apply(text[separator.upperBound...].utf8, to: anchor, roundingUp: roundingUp)
    }

    private func apply(_ operations: some Collection<UInt8>, to start: Int64, roundingUp: Bool) -> Int64? {
        var moment = start
        var rest = Array(operations)[...]
        while let sign = rest.popFirst() {
            if sign == UInt8(ascii: "/") {
                guard let unit = rest.popFirst().flatMap(DateUnit.init(letter:)) else { return nil }
                guard let rounded = round(moment, to: unit, up: roundingUp) else { return nil }
                moment = rounded
                continue
            }
            guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return nil }
            let digits = rest.prefix { (0x30...0x39).contains($0) }
            guard digits.count <= 9 else { return nil }
            rest = rest.dropFirst(digits.count)
            let amount = digits.isEmpty ? 1 : digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
            guard let unit = rest.popFirst().flatMap(DateUnit.init(letter:)),
                let moved = add(sign == UInt8(ascii: "-") ? -amount : amount, unit, to: moment),
                CivilDate.milliseconds.contains(moved)
            else { return nil }
            moment = moved
        }
        return moment
    }

    private func add(_ amount: Int, _ unit: DateUnit, to moment: Int64) -> Int64? {
        if let length = unit.milliseconds {
            let (delta, overflow) = Int64(amount).multipliedReportingOverflow(by: length)
            let (sum, sumOverflow) = moment.addingReportingOverflow(delta)
            return overflow || sumOverflow ? nil : sum
        }
        let days = Int(moment).flooredQuotient(86_400_000)
        let date = CivilDate(daysSinceEpoch: days)
        let months = date.year * 12 + date.month - 1 + amount * (unit == .year ? 12 : 1)
        let year = months.flooredQuotient(12)
        let month = months - year * 12 + 1
        let day = min(date.day, CivilDate.days(in: month, of: year))
        guard let moved = CivilDate(year: year, month: month, day: day) else { return nil }
        return moment + Int64(moved.daysSinceEpoch - days) * 86_400_000
    }

    /// The first millisecond of the unit, or with `up` its last.
    private func round(_ moment: Int64, to unit: DateUnit, up: Bool) -> Int64? {
        let (local, overflow) = Int(moment).addingReportingOverflow(offset * 1000)
        guard !overflow else { return nil }
        let days = local.flooredQuotient(86_400_000)
        let date = CivilDate(daysSinceEpoch: days)
        let start: Int
        switch unit {
        case .year: start = (CivilDate(year: date.year, month: 1, day: 1)?.daysSinceEpoch ?? days) * 86_400_000
        case .month: start = (days - date.day + 1) * 86_400_000
        case .week: start = (days - date.weekday + 1) * 86_400_000
        case .day: start = days * 86_400_000
        case .hour: start = local.flooredQuotient(3_600_000) * 3_600_000
        case .minute: start = local.flooredQuotient(60_000) * 60_000
        case .second: start = local.flooredQuotient(1000) * 1000
        }
        guard up else { return Int64(start - offset * 1000) }
        return add(1, unit, to: Int64(start)).map { $0 - 1 - Int64(offset) * 1000 }
    }
}

enum DateUnit {
    case year, month, week, day, hour, minute, second

    init?(letter: UInt8) {
        switch letter {
        case UInt8(ascii: "y"): self = .year
        case UInt8(ascii: "M"): self = .month
        case UInt8(ascii: "w"): self = .week
        case UInt8(ascii: "d"): self = .day
        case UInt8(ascii: "h"), UInt8(ascii: "H"): self = .hour
        case UInt8(ascii: "m"): self = .minute
        case UInt8(ascii: "s"): self = .second
        default: return nil
        }
    }

    /// Nil where the calendar decides.
    var milliseconds: Int64? {
        switch self {
        case .year, .month: nil
        case .week: 604_800_000
        case .day: 86_400_000
        case .hour: 3_600_000
        case .minute: 60_000
        case .second: 1000
        }
    }
}
