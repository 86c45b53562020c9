internal import Dates

extension DateFormat {
    /// Reads a date to the nanosecond.
    ///
    /// - Returns: nanoseconds since 1970-01-01T00:00Z, or nil if no alternative reads the text.
    func nanoseconds(_ text: String, roundingUp: Bool = false, offset: Int = 0) -> Int128? {
        for alternative in alternatives {
            switch alternative {
            case .epochMillis:
                if let value = Self.epoch(text, nanosecondsPerUnit: 1_000_000) { return value }
            case .epochSecond:
                if let value = Self.epoch(text, nanosecondsPerUnit: 1_000_000_000) { return value }
            case .pattern(let pattern):
                guard let components = pattern.parse(text.utf8),
                    let moment = components.milliseconds(roundingUp: roundingUp, offset: offset), CivilDate.milliseconds.contains(moment)
                else { continue }
                let fraction = components.nanosecond ?? (roundingUp ? 999_999_999 : 0)
                return Int128(moment) * 1_000_000 + Int128(fraction % 1_000_000)
            }
        }
        return nil
    }

    /// Nanoseconds since 1970-01-01T00:00Z of a date that has so many; nil for any other.
    public func moment(nanoseconds text: String) -> Int64? { nanoseconds(text).flatMap { Int64(exactly: $0) } }

    /// Writes a date by the first alternative, to the nanosecond where its fraction is open-ended.
    public func string(nanoseconds: Int64) -> String {
        let moment = Int64(Int(nanoseconds).flooredQuotient(1_000_000))
        switch alternatives.first {
        case .pattern(let pattern):
            return pattern.format(milliseconds: moment, nanosecondOfMillisecond: Int(nanoseconds - moment * 1_000_000))
        case .epochMillis, nil: return Self.decimal(nanoseconds, digits: 6)
        case .epochSecond: return Self.decimal(nanoseconds, digits: 9)
        }
    }

    /// A number of nanoseconds in a larger unit, without zeros at the end.
    private static func decimal(_ nanoseconds: Int64, digits: Int) -> String {
        let unit = (0..<digits).reduce(1) { unit, _ in unit * 10 }
        let whole = Int(nanoseconds).flooredQuotient(unit)
        let rest = String(Int(nanoseconds) - whole * unit)
        let fraction = (String(repeating: "0", count: digits - rest.utf8.count) + rest).reversed().drop { $0 == "0" }.reversed()
        return fraction.isEmpty ? String(whole) : "\(whole).\(String(fraction))"
    }

    private static func epoch(_ text: String, nanosecondsPerUnit: Int128) -> Int128? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = Int64(parts[0]) else { return nil }
        let value = Int128(whole) * nanosecondsPerUnit
        guard parts.count == 2 else { return value }
        guard (1...9).contains(parts[1].utf8.count), parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let digits = Int128(parts[1])
        else { return nil }
        let scale = (0..<parts[1].utf8.count).reduce(Int128(1)) { scale, _ in scale * 10 }
        return value + (whole < 0 ? -1 : 1) * digits * nanosecondsPerUnit / scale
    }
}
