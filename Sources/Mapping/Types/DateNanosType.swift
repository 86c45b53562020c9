internal import JSON

/// `date_nanos`: moments from 1970 to 2262, to the nanosecond.
struct DateNanosType: TypeDefinition {
    static let defaultPattern = "strict_date_optional_time_nanos||epoch_millis"

    let format: DateFormat

    static let entry = TypeRegistry.Entry(
        parameters: [
            .index, .docValues, .store, .nullValue, .ignoreMalformed, .meta, .copyTo,
            MappingParameter("format", .string(default: defaultPattern)), MappingParameter("locale", .string(default: "en")),
        ]
    ) { (values, field) throws(MappingError) in
        let pattern = values["format"]?.string ?? defaultPattern
        guard let format = DateFormat(pattern) else { throw .invalidDateFormat(pattern, field: field) }
        return DateNanosType(format: format)
    }

    var name: String { "date_nanos" }
    var column: ValueColumn { .nanoseconds(format) }

    func indexedValues(_ scalar: ScalarValue, _ field: FieldMapping) throws(ValueError) -> [IndexedValue] {
        [.long(try Self.inRange(format.nanoseconds(scalar.text), scalar.text, format))]
    }

    func match(_ scalar: ScalarValue, _ field: FieldMapping, _ dates: DateContext) throws(ValueError) -> FieldMatch {
        let first = try bound(scalar, dates, roundingUp: false), last = try bound(scalar, dates, roundingUp: true)
        return first <= last ? .range(.longs(first...last)) : .nothing
    }

    func match(
        from lower: ScalarBound?, to upper: ScalarBound?, relation: SpanRelation, _ field: FieldMapping, _ dates: DateContext
    ) throws(ValueError) -> FieldMatch {
        var first: Int64 = .min, last: Int64 = .max
        if let lower { first = try bound(lower.value, dates, roundingUp: !lower.isInclusive) &+ (lower.isInclusive ? 0 : 1) }
        if let upper { last = try bound(upper.value, dates, roundingUp: upper.isInclusive) &- (upper.isInclusive ? 0 : 1) }
        return first <= last ? .range(.longs(first...last)) : .nothing
    }

    func fetched(_ element: JSONElement, _ field: FieldMapping, format: DateFormat?) -> [JSONValue] {
        let scalar = element.isNull ? field.nullValue.flatMap { ScalarValue($0) } : ScalarValue(element)
        guard let scalar, case .long(let value)? = (try? indexedValues(scalar, field))?.first else { return [] }
        return [.string((format ?? self.format).string(nanoseconds: value))]
    }

    /// What a query says: to the nanosecond where it is a date, to the millisecond where it computes.
    private func bound(_ scalar: ScalarValue, _ dates: DateContext, roundingUp: Bool) throws(ValueError) -> Int64 {
        let wanted = dates.format ?? format
        if let exact = wanted.nanoseconds(scalar.text, roundingUp: roundingUp, offset: dates.offset) {
            return try Self.inRange(exact, scalar.text, wanted)
        }
        let math = DateMath(format: wanted, now: dates.now, offset: dates.offset)
        guard let moment = math.milliseconds(scalar.text, roundingUp: roundingUp) else {
            throw .malformedDate(scalar.text, format: wanted.pattern)
        }
        return try Self.inRange(Int128(moment) * 1_000_000 + (roundingUp ? 999_999 : 0), scalar.text, wanted)
    }

    private static func inRange(_ value: Int128?, _ text: String, _ format: DateFormat) throws(ValueError) -> Int64 {
        guard let value else { throw .malformedDate(text, format: format.pattern) }
        guard value >= 0 else { throw .beforeNanoseconds(text) }
        guard let nanoseconds = Int64(exactly: value) else { throw .afterNanoseconds(text) }
        return nanoseconds
    }
}
