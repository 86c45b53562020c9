internal import JSON
internal import Mapping

/// `date`: reads a date by one of several formats, and writes it as ISO 8601.
struct DateProcessor: Sendable {
    let field: FieldPath
    let target: FieldPath
    let formats: DateFormats
    let output: DateFormat

    init(_ options: inout Options) throws(IngestFault) {
        field = try options.path()
        let standard = try FieldPath("@timestamp")
        target = try options.optionalPath("target_field") ?? standard
        guard let names = try options.strings("formats") else { throw options.missing("formats") }
        formats = try DateFormats(names, timeZone: try options.string("timezone"), &options)
        let pattern = try options.string("output_format") ?? "yyyy-MM-dd'T'HH:mm:ss.SSSXXX"
        guard let output = DateFormat(pattern) else { throw options.bad("output_format", .notSupported(pattern)) }
        self.output = output
        _ = try options.string("locale")
    }

    func run(_ document: inout IngestDocument) throws(IngestFault) {
        guard let text = try document.value(at: field).plainText else {
            throw .wrongType(field.text, actual: (try document.value(at: field)).typeName, expected: "java.lang.String")
        }
        try document.set(target, .string(output.string(milliseconds: try formats.milliseconds(text))))
    }
}

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

/// `date_index_name`: sends a document to an index that is named after its date.
struct DateIndexNameProcessor: Sendable {
    enum Rounding: String, CaseIterable, Sendable {
        case year = "y", month = "M", week = "w", day = "d", hour = "h", minute = "m", second = "s"
    }

    let field: FieldPath
    let prefix: Template
    let formats: DateFormats
    let rounding: Rounding
    let output: DateFormat

    init(_ options: inout Options) throws(IngestFault) {
        field = try options.path()
        prefix = Template(try options.string("index_name_prefix") ?? "")
        let names = try options.strings("date_formats") ?? ["yyyy-MM-dd'T'HH:mm:ss.SSSXX", "ISO8601"]
        formats = try DateFormats(names, timeZone: try options.string("timezone"), &options)
        let rounding = try options.required("date_rounding")
        guard let known = Rounding(rawValue: rounding) else { throw options.bad("date_rounding", .notSupported(rounding)) }
        self.rounding = known
        let pattern = try options.string("index_name_format") ?? "yyyy-MM-dd"
        guard let output = DateFormat(pattern) else { throw options.bad("index_name_format", .notSupported(pattern)) }
        self.output = output
        _ = try options.string("locale")
    }

    func run(_ document: inout IngestDocument) throws(IngestFault) {
        let value = try document.value(at: field)
        guard let text = value.plainText else {
            throw .wrongType(field.text, actual: value.typeName, expected: "java.lang.String")
        }
        let rounded = floor(try formats.milliseconds(text))
        let name = prefix.render(document) + output.string(milliseconds: rounded)
        try document.set(try FieldPath("_index"), .string(name))
    }

    private func floor(_ milliseconds: Int64) -> Int64 {
        func down(_ unit: Int64, from start: Int64 = 0) -> Int64 {
            let rest = (milliseconds - start) % unit
            return milliseconds - (rest < 0 ? rest + unit : rest)
        }
        let day: Int64 = 86_400_000
        switch rounding {
        case .second: return down(1000)
        case .minute: return down(60_000)
        case .hour: return down(3_600_000)
        case .day: return down(day)
        // 1969-12-29 was a Monday.
        case .week: return down(7 * day, from: -3 * day)
        case .month, .year:
            let pattern = rounding == .month ? "yyyy-MM" : "yyyy"
            guard let format = DateFormat(pattern) else { return milliseconds }
            return format.milliseconds(format.string(milliseconds: milliseconds)) ?? milliseconds
        }
    }
}
