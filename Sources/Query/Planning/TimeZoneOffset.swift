/// Time zones that need no tables: UTC and fixed offsets.
enum TimeZoneOffset {
    /// Seconds east of Greenwich of `Z`, `UTC`, `+01:00`, `-0330`, `+5`; nil for anything else.
    static func seconds(_ text: String) -> Int? {
        if ["Z", "UTC", "GMT", "Etc/UTC"].contains(text) { return 0 }
        let sign: Int
        switch text.first {
        case "+": sign = 1
        case "-": sign = -1
        default: return nil
        }
        let digits = text.dropFirst().filter { $0 != ":" }
        guard (1...4).contains(digits.count), digits.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(digits)
        else { return nil }
        let (hours, minutes) = digits.count <= 2 ? (number, 0) : (number / 100, number % 100)
        guard hours <= 18, minutes < 60 else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }
}
