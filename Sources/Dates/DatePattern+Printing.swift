extension DatePattern {
    /// Writes a moment, optional sections too.
    ///
    /// - Parameters:
    ///   - nanosecondOfMillisecond: shown where the pattern leaves open how long a fraction is.
    ///   - offset: seconds east of Greenwich.
    public func format(milliseconds: Int64, nanosecondOfMillisecond: Int = 0, offset: Int = 0) -> String {
        var writer = DateWriter(
            milliseconds: milliseconds &+ Int64(offset) * 1000, nanosecondOfMillisecond, showsNanoseconds: showsNanoseconds,
            offset: offset)
        writer.write(parts)
        return String(decoding: writer.text, as: UTF8.self)
    }
}

private struct DateWriter {
    var text: [UInt8] = []
    let date: CivilDate
    let secondOfDay: Int
    let millisecond: Int
    /// Seconds east of Greenwich, already in the parts.
    let offset: Int
    let nanosecond: Int
    let showsNanoseconds: Bool

    init(milliseconds: Int64, _ nanosecondOfMillisecond: Int, showsNanoseconds: Bool, offset: Int) {
        self.showsNanoseconds = showsNanoseconds
        self.offset = offset
        let milliseconds = Int(milliseconds)
        let days = milliseconds.flooredQuotient(86_400_000)
        // The first day that 64 bits hold begins before them.
        let rest = (milliseconds % 86_400_000 + 86_400_000) % 86_400_000
        date = CivilDate(daysSinceEpoch: days)
        secondOfDay = rest / 1000
        millisecond = rest % 1000
        nanosecond = millisecond * 1_000_000 + nanosecondOfMillisecond
    }

    mutating func write(_ parts: [DatePattern.Part]) {
        for part in parts {
            switch part {
            case .literal(let byte): text.append(byte)
            case .fractionSeparator: text.append(UInt8(ascii: "."))
            case .optional(let inner): write(inner)
            case .number(let field, let digits): write(field, digits)
            case .fraction(let digits):
                // An open-ended fraction is written in milliseconds, and further as far as it is not zero.
                let nanoseconds = padded(nanosecond, to: 9)
                let needed = (nanoseconds.lastIndex { $0 != UInt8(ascii: "0") } ?? 0) + 1
                let count =
                    digits.lowerBound == digits.upperBound ? digits.lowerBound : showsNanoseconds ? max(3, needed) : 3
                text += nanoseconds.prefix(count)
            case .monthName(let isShort): name(DatePattern.monthNames[date.month - 1], isShort)
            case .weekdayName(let isShort): name(DatePattern.weekdayNames[date.weekday - 1], isShort)
            case .halfDay: text += secondOfDay < 43_200 ? "AM".utf8 : "PM".utf8
            case .offset(let usesZulu, let form):
                if usesZulu, offset == 0 { text.append(UInt8(ascii: "Z")) } else { write(offset, form) }
            }
        }
    }

    private mutating func write(_ offset: Int, _ form: DatePattern.OffsetForm) {
        text.append(UInt8(ascii: offset < 0 ? "-" : "+"))
        text += padded(abs(offset) / 3600, to: 2)
        if form == .hours, offset % 3600 == 0 { return }
        if form == .colon { text.append(UInt8(ascii: ":")) }
        text += padded(abs(offset) / 60 % 60, to: 2)
    }

    private mutating func write(_ field: DatePattern.Field, _ digits: ClosedRange<Int>) {
        let isFixed = digits.lowerBound == digits.upperBound
        switch field {
        case .year where digits == 2...2: text += padded(abs(date.year) % 100, to: 2)
        case .year:
            if date.year < 0 { text.append(UInt8(ascii: "-")) }
            text += padded(abs(date.year), to: isFixed ? digits.lowerBound : (digits.upperBound == 9 ? 4 : 1))
        case .quarter: text += padded((date.month - 1) / 3 + 1, to: digits.lowerBound)
        case .weekday: text += padded(date.weekday, to: digits.lowerBound)
        case .month: text += padded(date.month, to: digits.lowerBound)
        case .day: text += padded(date.day, to: digits.lowerBound)
        case .dayOfYear: text += padded(date.dayOfYear, to: digits.lowerBound)
        case .hour: text += padded(secondOfDay / 3600, to: digits.lowerBound)
        case .clockHour: text += padded((secondOfDay / 3600 + 23) % 24 + 1, to: digits.lowerBound)
        case .halfDayHourFromZero: text += padded(secondOfDay / 3600 % 12, to: digits.lowerBound)
        case .halfDayHour: text += padded((secondOfDay / 3600 + 11) % 12 + 1, to: digits.lowerBound)
        case .minute: text += padded(secondOfDay / 60 % 60, to: digits.lowerBound)
        case .second: text += padded(secondOfDay % 60, to: digits.lowerBound)
        case .nanosecond: text += padded(nanosecond, to: digits.lowerBound)
        }
    }

    private mutating func name(_ name: String, _ isShort: Bool) {
        text += (isShort ? String(name.prefix(3)) : name).utf8
    }

    private func padded(_ value: Int, to count: Int) -> [UInt8] {
        let digits = Array(String(value).utf8)
        return Array(repeating: UInt8(ascii: "0"), count: max(0, count - digits.count)) + digits
    }
}
