internal import Mapping

/// The formats that dates may come in.
struct DateFormats: Sendable {
    private let formats: [DateFormat]
    private let names: [String]
    /// Seconds east of Greenwich.
    private let offset: Int

    init(_ names: [String], timeZone: String?, _ options: inout Options) throws(IngestFault) {
        self.names = names
        var formats: [DateFormat] = []
        for name in names {
            let known = ["ISO8601": "strict_date_optional_time", "UNIX": "epoch_second", "UNIX_MS": "epoch_millis"][name] ?? name
            guard let format = DateFormat(known) else { throw options.bad("formats", .notSupported(name)) }
            formats.append(format)
        }
        self.formats = formats
        guard let offset = Self.offset(timeZone ?? "UTC") else { throw options.bad("timezone", .notSupported(timeZone ?? "")) }
        self.offset = offset
    }

    func milliseconds(_ text: String) throws(IngestFault) -> Int64 {
        for format in formats {
            if let value = format.milliseconds(text, offset: offset) { return value }
        }
        throw .unparsableDate(names + [text])
    }

    /// `UTC`, `Z`, `+02:00`, `-0530`.
    private static func offset(_ text: String) -> Int? {
        if ["UTC", "Z", "GMT", "Etc/UTC"].contains(text) { return 0 }
        guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
        let digits = text.dropFirst().filter { $0 != ":" }
        guard digits.count == 4 || digits.count == 2, digits.allSatisfy({ $0.isASCII && $0.isNumber }),
            let hours = Int(digits.prefix(2)), let minutes = Int(digits.count == 4 ? String(digits.suffix(2)) : "0"), hours <= 18, minutes < 60
        else { return nil }
        return (hours * 3600 + minutes * 60) * (sign == "-" ? -1 : 1)
    }
}
