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
        let moment = try formats.milliseconds(text)
        try document.set(target, .string(output.string(milliseconds: moment, offset: formats.zone.seconds(at: moment))))
    }
}
