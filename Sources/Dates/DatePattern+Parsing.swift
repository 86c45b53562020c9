extension DatePattern {
    /// Reads the whole of a text.
    ///
    /// - Returns: nil if the text is not as the pattern says.
    public func parse(_ text: some Collection<UInt8>) -> DateParts? {
        var reader = DateReader(text: Array(text))
        guard reader.read(parts[...]), reader.position == reader.text.count else { return nil }
        return reader.components
    }

    static let monthNames = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    static let weekdayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
}

private struct DateReader {
    let text: [UInt8]
    var position = 0
    var components = DateParts()

    mutating func read(_ parts: ArraySlice<DatePattern.Part>) -> Bool {
        for part in parts {
            guard read(part) else { return false }
        }
        return true
    }

    private mutating func read(_ part: DatePattern.Part) -> Bool {
        switch part {
        case .literal(let byte): return skip(byte)
        case .fractionSeparator: return skip(UInt8(ascii: ".")) || skip(UInt8(ascii: ","))
        case .optional(let inner):
            let before = self
            if !read(inner[...]) { self = before }
            return true
        case .number(let field, let digits): return readNumber(field, digits)
        case .fraction(let digits):
            guard let (value, count) = integer(digits) else { return false }
            components.nanosecond = (count..<9).reduce(value) { value, _ in value * 10 }
            return true
        case .monthName(let isShort):
            guard let index = name(DatePattern.monthNames, isShort) else { return false }
            components.month = index + 1
            return true
        case .weekdayName(let isShort): return name(DatePattern.weekdayNames, isShort) != nil
        case .halfDay:
            guard let index = name(["AM", "PM"], false) else { return false }
            components.isAfternoon = index == 1
            return true
        case .offset: return readOffset()
        }
    }

    private mutating func skip(_ byte: UInt8) -> Bool {
        guard position < text.count, text[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func readNumber(_ field: DatePattern.Field, _ digits: ClosedRange<Int>) -> Bool {
        let isNegative = field == .year && skip(UInt8(ascii: "-"))
        guard let (value, count) = integer(digits) else { return false }
        switch field {
        case .year: components.year = count == 2 && digits == 2...2 ? 2000 + value : (isNegative ? -value : value)
        // They follow from the day.
        case .quarter, .weekday: break
        case .month: components.month = value
        case .day: components.day = value
        case .dayOfYear: components.dayOfYear = value
        case .hour: components.hour = value
        case .clockHour:
            guard (1...24).contains(value) else { return false }
            components.hour = value % 24
        case .halfDayHour:
            guard (1...12).contains(value) else { return false }
            components.halfDayHour = value
        case .halfDayHourFromZero:
            guard value < 12 else { return false }
            components.halfDayHour = value
        case .minute: components.minute = value
        case .second: components.second = value
        case .nanosecond: components.nanosecond = value
        }
        return true
    }

    /// At most nine digits, so it cannot overflow.
    private mutating func integer(_ digits: ClosedRange<Int>) -> (value: Int, count: Int)? {
        let run = text[position...].prefix(digits.upperBound).prefix { (0x30...0x39).contains($0) }
        guard run.count >= digits.lowerBound else { return nil }
        position += run.count
        return (run.reduce(0) { $0 * 10 + Int($1 - 0x30) }, run.count)
    }

    private mutating func name(_ names: [String], _ isShort: Bool) -> Int? {
        for (index, name) in names.enumerated() {
            let wanted = Array((isShort ? String(name.prefix(3)) : name).utf8)
            let found = text[position...].prefix(wanted.count)
            if found.count == wanted.count, zip(found, wanted).allSatisfy({ $0 | 0x20 == $1 | 0x20 }) {
                position += wanted.count
                return index
            }
        }
        return nil
    }

    /// `Z`, `+01`, `+0130`, `+01:30`, `+01:30:15`.
    private mutating func readOffset() -> Bool {
        if skip(UInt8(ascii: "Z")) {
            components.offset = 0
            return true
        }
        let isNegative = skip(UInt8(ascii: "-"))
        guard isNegative || skip(UInt8(ascii: "+")), let hours = integer(2...2)?.value, hours <= 18 else {
            return false
        }
        var seconds = hours * 3600
        for unit in [60, 1] {
            let before = position
            _ = skip(UInt8(ascii: ":"))
            guard let (value, _) = integer(2...2), value < 60 else {
                position = before
                break
            }
            seconds += value * unit
        }
        components.offset = isNegative ? -seconds : seconds
        return true
    }
}
