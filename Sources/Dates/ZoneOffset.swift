/// Time zones that need no tables, UTC and fixed offsets, as `java.time.ZoneId` reads and writes them.
public enum ZoneOffset {
    /// Seconds east of Greenwich of `Z`, `UTC`, `+01:00`, `-0330`, `+5`, `+01:02:03`, `GMT+2`; nil for anything else.
    public static func seconds(_ text: String) -> Int? {
        if ["Z", "UTC", "GMT", "UT", "Etc/UTC"].contains(text) { return 0 }
        var rest = Substring(text)
        if let prefix = ["UTC", "GMT", "UT"].first(where: { text.hasPrefix($0) }) { rest.removeFirst(prefix.count) }
        guard let sign = rest.popFirst(), sign == "+" || sign == "-" else { return nil }
        let digits = rest.filter { $0 != ":" }
        guard [1, 2, 4, 6].contains(digits.count), digits.allSatisfy({ $0.isASCII && $0.isNumber }),
            let hours = Int(digits.prefix(2)), hours <= 18
        else { return nil }
        let minutes = Int(digits.dropFirst(2).prefix(2)) ?? 0, seconds = Int(digits.dropFirst(4)) ?? 0
        guard minutes < 60, seconds < 60 else { return nil }
        return (hours * 3600 + minutes * 60 + seconds) * (sign == "-" ? -1 : 1)
    }

    /// Hours and minutes, `+02:00`, of seconds east of Greenwich.
    public static func text(_ seconds: Int) -> String {
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let size = abs(seconds)
        return (seconds < 0 ? "-" : "+") + two(size / 3600) + ":" + two(size / 60 % 60)
    }
}
