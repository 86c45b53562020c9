internal import Mapping

/// The formats that dates may come in.
struct DateFormats: Sendable {
    /// nil for TAI64N.
    private let formats: [DateFormat?]
    private let names: [String]
    /// Of texts that name none, and of what is written.
    let zone: ZoneRule

    init(_ names: [String], timeZone: String?, _ options: inout Options) throws(IngestFault) {
        self.names = names
        var formats: [DateFormat?] = []
        for name in names {
            let known = ["ISO8601": "strict_date_optional_time", "UNIX": "epoch_second", "UNIX_MS": "epoch_millis"][name] ?? name
            if name == "TAI64N" {
                formats.append(nil)
                continue
            }
            guard let format = DateFormat(known) else { throw options.bad("formats", .notSupported(name)) }
            formats.append(format)
        }
        self.formats = formats
        guard let zone = ZoneRule(timeZone ?? "UTC") else { throw options.bad("timezone", .notSupported(timeZone ?? "")) }
        self.zone = zone
    }

    func milliseconds(_ text: String) throws(IngestFault) -> Int64 {
        for format in formats {
            guard let format else {
                if let value = Self.atomic(text) { return value }
                continue
            }
            guard let value = format.milliseconds(text) else { continue }
            // What names no zone moves with the one that is given.
            return format.milliseconds(text, offset: 3600) == value ? value : zone.moment(ofLocal: value)
        }
        throw .unparsableDate(names + [text])
    }

    /// A label of TAI64N: 16 hexadecimal digits of seconds and 8 of nanoseconds, ten seconds ahead of UTC as Elasticsearch reads them.
    private static func atomic(_ text: String) -> Int64? {
        let digits = text.hasPrefix("@") ? text.dropFirst() : Substring(text)
        guard digits.count >= 24, let seconds = Int64(digits.dropFirst().prefix(15), radix: 16),
            let nanoseconds = Int64(digits.dropFirst(16).prefix(8), radix: 16)
        else { return nil }
        let (value, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        return overflow ? nil : value - 10_000 + nanoseconds / 1_000_000
    }
}
