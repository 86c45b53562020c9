internal import Dates

/// `DateTimeFormatter`: letters of a date, as far as numbers and English names.
final class DatePatternObject: ScriptObject {
    private enum Part {
        case literal(String)
        /// A letter and how often it stands.
        case letter(Character, Int)
    }

    private let parts: [Part]
    let text: String
    let typeName = "java.time.format.DateTimeFormatter"

    /// - Returns: nil for a pattern with other letters.
    init?(_ pattern: String) {
        text = pattern
        var parts: [Part] = []
        var characters = Array(pattern)[...]
        while let character = characters.popFirst() {
            if character == "'" {
                var literal = ""
                while let next = characters.popFirst() {
                    if next == "'" {
                        guard characters.first == "'" else { break }
                        characters.removeFirst()
                    }
                    literal.append(next)
                }
                parts.append(.literal(literal.isEmpty ? "'" : literal))
            } else if character.isASCII, character.isLetter {
                guard "yuMLdDHhmsSEeaXxZVkKQ".contains(character) else { return nil }
                var count = 1
                while characters.first == character {
                    characters.removeFirst()
                    count += 1
                }
                guard count <= 9 else { return nil }
                parts.append(.letter(character, count))
            } else if character != "[", character != "]" {
                parts.append(.literal(String(character)))
            }
        }
        self.parts = parts
    }

    /// The named formats of ISO 8601.
    static func named(_ name: String) -> DatePatternObject? {
        switch name {
        case "ISO_INSTANT", "ISO_ZONED_DATE_TIME", "ISO_OFFSET_DATE_TIME", "ISO_DATE_TIME": DatePatternObject("yyyy-MM-dd'T'HH:mm:ssX")
        case "ISO_LOCAL_DATE_TIME": DatePatternObject("yyyy-MM-dd'T'HH:mm:ss")
        case "ISO_LOCAL_DATE", "ISO_DATE": DatePatternObject("yyyy-MM-dd")
        case "ISO_LOCAL_TIME", "ISO_TIME": DatePatternObject("HH:mm:ss")
        case "BASIC_ISO_DATE": DatePatternObject("yyyyMMdd")
        default: nil
        }
    }

    func call(_ name: String, _ arguments: [ScriptValue], _ run: Interpreter) throws(ScriptFault) -> ScriptValue? {
        switch (name, arguments.count) {
        case ("withZone", 1), ("withLocale", 1): return .object(self)
        case ("format", 1):
            guard case .object(let object) = arguments[0], let date = object as? DateObject else {
                throw .cannotCast(from: arguments[0].typeName, to: "java.time.temporal.TemporalAccessor")
            }
            return try run.makeString(format(date))
        default: return nil
        }
    }

    func format(_ date: DateObject) -> String {
        let fields = date.fields
        func padded(_ value: Int64, _ count: Int) -> String {
            let digits = String(value.magnitude)
            return (value < 0 ? "-" : "") + String(repeating: "0", count: max(0, count - digits.count)) + digits
        }
        var result = ""
        for part in parts {
            switch part {
            case .literal(let text): result += text
            case .letter(let letter, let count):
                switch letter {
                case "y", "u": result += count == 2 ? padded(fields.year % 100, 2) : padded(fields.year, count)
                case "M", "L":
                    let name = EnumObject.months[Int(fields.month) - 1]
                    let full = name.prefix(1) + name.dropFirst().lowercased()
                    result += count < 3 ? padded(fields.month, count) : String(count == 3 ? full.prefix(3) : full)
                case "d": result += padded(fields.day, count)
                case "D": result += padded(fields.dayOfYear, count)
                case "H": result += padded(fields.hour, count)
                case "k": result += padded(fields.hour == 0 ? 24 : fields.hour, count)
                case "K": result += padded(fields.hour % 12, count)
                case "h": result += padded((fields.hour + 11) % 12 + 1, count)
                case "m": result += padded(fields.minute, count)
                case "s": result += padded(fields.second, count)
                case "S":
                    let digits = padded(fields.milli, 3) + "000000"
                    result += digits.prefix(count)
                case "E", "e":
                    let name = EnumObject.days[Int(fields.weekday) - 1]
                    let full = name.prefix(1) + name.dropFirst().lowercased()
                    result += letter == "e" && count < 3 ? padded(fields.weekday, count) : String(count < 4 ? full.prefix(3) : full)
                case "a": result += fields.hour < 12 ? "AM" : "PM"
                case "Q": result += padded((fields.month - 1) / 3 + 1, count)
                case "X" where date.offset == 0: result += "Z"
                case "Z" where count < 4: result += ZoneOffset.text(date.offset).replacingColon
                case "X" where count == 2, "x" where count == 2, "x" where count == 1, "X" where count == 1:
                    result += String(ZoneOffset.text(date.offset).replacingColon.prefix(count == 1 && date.offset % 3600 == 0 ? 3 : 5))
                case "V": result += date.offset == 0 ? "Z" : ZoneOffset.text(date.offset)
                default: result += ZoneOffset.text(date.offset)
                }
            }
        }
        return result
    }

    /// Milliseconds and the offset that a text says; nil if it does not read as the pattern.
    func parse(_ text: String) -> (milliseconds: Int64, offset: Int)? {
        var rest = Array(text)[...]
        var year: Int64 = 1970, month: Int64 = 1, day: Int64 = 1, hour: Int64 = 0, minute: Int64 = 0, second: Int64 = 0, milli: Int64 = 0
        var isAfternoon: Bool?, offset = 0
        func number(_ limit: Int) -> Int64? {
            var digits = ""
            while digits.count < limit, let next = rest.first, next.isASCII, next.isNumber { digits.append(rest.removeFirst()) }
            return Int64(digits)
        }
        for (index, part) in parts.enumerated() {
            switch part {
            case .literal(let literal):
                for character in literal {
                    guard rest.first == character else { return nil }
                    rest.removeFirst()
                }
            case .letter(let letter, let count):
                // Digits that follow belong to the next part.
                var isBeforeDigits = false
                if index + 1 < parts.count, case .letter(let next, _) = parts[index + 1] { isBeforeDigits = "yuMdHhms".contains(next) }
                let limit = isBeforeDigits ? count : letter == "y" || letter == "u" ? 9 : max(count, 2)
                switch letter {
                case "y", "u":
                    guard let value = number(limit) else { return nil }
                    year = count == 2 ? 2000 + value : value
                case "M", "L":
                    if count < 3 {
                        guard let value = number(limit) else { return nil }
                        month = value
                    } else {
                        let names = EnumObject.months.map { $0.prefix(1) + $0.dropFirst().lowercased() }
                        guard let found = names.firstIndex(where: { rest.starts(with: count == 3 ? $0.prefix(3) : $0[...]) }) else {
                            return nil
                        }
                        rest.removeFirst(count == 3 ? 3 : names[found].count)
                        month = Int64(found) + 1
                    }
                case "d":
                    guard let value = number(limit) else { return nil }
                    day = value
                case "H", "h", "k", "K":
                    guard let value = number(limit) else { return nil }
                    hour = value
                case "m":
                    guard let value = number(limit) else { return nil }
                    minute = value
                case "s":
                    guard let value = number(limit) else { return nil }
                    second = value
                case "S":
                    guard var value = number(count) else { return nil }
                    for _ in 0..<max(0, 3 - count) { value *= 10 }
                    for _ in 0..<max(0, count - 3) { value /= 10 }
                    milli = value
                case "E":
                    let names = EnumObject.days.map { $0.prefix(1) + $0.dropFirst().lowercased() }
                    guard let found = names.first(where: { rest.starts(with: count < 4 ? $0.prefix(3) : $0[...]) }) else { return nil }
                    rest.removeFirst(count < 4 ? 3 : found.count)
                case "a":
                    guard rest.count >= 2, let first = rest.first else { return nil }
                    isAfternoon = first == "P" || first == "p"
                    rest.removeFirst(2)
                case "X", "x", "Z", "V":
                    let zone = String(rest.prefix { !$0.isWhitespace })
                    guard let seconds = ZoneOffset.seconds(zone) else { return nil }
                    offset = seconds
                    rest.removeFirst(zone.count)
                default: return nil
                }
            }
        }
        guard rest.isEmpty, 0...9999 ~= year, 1...12 ~= month, 1...31 ~= day, 0...24 ~= hour, 0...59 ~= minute,
            0...60 ~= second
        else { return nil }
        if let isAfternoon { hour = hour % 12 + (isAfternoon ? 12 : 0) }
        let time = hour * 3_600_000 + minute * 60_000 + second * 1000 + milli
        return (DateObject.days(year: year, month: month, day: day) * DateObject.dayLength + time - Int64(offset) * 1000, offset)
    }
}

extension String {
    fileprivate var replacingColon: String { filter { $0 != ":" } }
}
