internal import JSON
internal import Mapping

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
        let rounded = floor(formats.zone.local(try formats.milliseconds(text)))
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
