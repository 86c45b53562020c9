internal import Analysis
internal import Dates

extension FieldMapping {
    /// A document's or a `null_value`'s scalar as the index holds it.
    ///
    /// Nothing for a keyword longer than `ignore_above`, and for `text`, which gives tokens instead.
    ///
    /// - Throws: `ValueError` when the value is not one of the field's type.
    func indexedValues(_ scalar: ScalarValue) throws(ValueError) -> [IndexedValue] {
        switch type {
        case .keyword(let options):
            let text = scalar.text
            if text.utf8.count > options.ignoreAbove, text.utf16.count > options.ignoreAbove { return [] }
            return [.term(try normalizedTerm(text))]
        case .number(let type): return [try type.indexedValue(scalar, coerces: coerces)]
        case .boolean: return [.long(try Self.boolean(scalar, allowsEmpty: true) ? 1 : 0)]
        case .date(let format):
            guard let value = format.milliseconds(scalar.text) else {
                throw .malformedDate(scalar.text, format: format.pattern)
            }
            return [.long(value)]
        case .served(let served): return try served.definition.indexedValues(scalar, self)
        case .text, .geoPoint, .denseVector: return []
        }
    }

    /// What a `term` or `terms` query looks up for a value.
    ///
    /// - Returns: nil when no document can have the value: a decimal for an integer field, a number out of range.
    /// - Throws: `ValueError` when the value is not one of the field's type.
    public func term(_ scalar: ScalarValue, dates: DateContext) throws(ValueError) -> IndexedValue? {
        switch type {
        case .keyword: return .term(try normalizedTerm(scalar.text))
        case .text: return .term(scalar.text)
        case .number(let type):
            do {
                return try type.indexedValue(scalar, coerces: type.isFloatingPoint || !type.hasDecimals(scalar))
            } catch {
                switch error {
                case .outOfRange, .hasDecimalPart: return nil
                default: throw error
                }
            }
        case .boolean: return .long(try Self.boolean(scalar, allowsEmpty: false) ? 1 : 0)
        case .date(let format):
            return .long(try Self.date(scalar, dates.math(format), roundingUp: false))
        case .served:
            guard case .value(let value) = try match(scalar, dates: dates) else { return nil }
            return value
        case .geoPoint, .denseVector: return nil
        }
    }

    /// What a `term` query finds.
    ///
    /// - Throws: `ValueError` when the value is not one of the field's type.
    public func match(_ scalar: ScalarValue, dates: DateContext) throws(ValueError) -> FieldMatch {
        if case .served(let served) = type { return try served.definition.match(scalar, self, dates) }
        return try term(scalar, dates: dates).map { .value($0) } ?? .nothing
    }

    /// What a `range` query finds.
    ///
    /// - Parameter relation: of the spans that range fields hold to the one that is asked for.
    /// - Throws: `ValueError` when a bound is not a value of the field's type.
    public func match(
        from lower: ScalarBound?, to upper: ScalarBound?, relation: SpanRelation, dates: DateContext
    ) throws(ValueError) -> FieldMatch {
        if case .served(let served) = type {
            return try served.definition.match(from: lower, to: upper, relation: relation, self, dates)
        }
        return try range(lower: lower, upper: upper, dates: dates).map { .range($0) } ?? .nothing
    }

    /// What a `range` query looks up.
    ///
    /// - Returns: nil when no value can lie between the bounds.
    /// - Throws: `ValueError` when a bound is not a value of the field's type.
    public func range(
        lower: ScalarBound?, upper: ScalarBound?, dates: DateContext
    ) throws(ValueError) -> IndexedRange? {
        switch type {
        case .keyword, .text:
            func bound(_ bound: ScalarBound?) throws(ValueError) -> IndexedRange.TermBound? {
                guard let bound else { return nil }
                return .init(try normalizedTerm(bound.value.text), isInclusive: bound.isInclusive)
            }
            return .terms(lower: try bound(lower), upper: try bound(upper))
        case .number(let type): return try type.range(lower: lower, upper: upper)
        case .boolean:
            func bound(_ bound: ScalarBound?, step: Int64) throws(ValueError) -> Int64? {
                guard let bound else { return nil }
                return (try Self.boolean(bound.value, allowsEmpty: false) ? 1 : 0) + (bound.isInclusive ? 0 : step)
            }
            return .longs(from: try bound(lower, step: 1) ?? 0, through: try bound(upper, step: -1) ?? 1)
        case .date(let format):
            let math = dates.math(format)
            // An excluded lower bound starts after all of what it names; an excluded upper bound ends before it.
            let first = try lower.map { bound throws(ValueError) in
                try Self.date(bound.value, math, roundingUp: !bound.isInclusive) + (bound.isInclusive ? 0 : 1)
            }
            let last = try upper.map { bound throws(ValueError) in
                try Self.date(bound.value, math, roundingUp: bound.isInclusive) - (bound.isInclusive ? 0 : 1)
            }
            return .longs(from: first ?? .min, through: last ?? .max)
        case .geoPoint, .denseVector, .served: return nil
        }
    }

    /// Other types than `keyword` have no normalizer.
    private func normalizedTerm(_ text: String) throws(ValueError) -> String {
        do {
            return try normalized(text)
        } catch {
            throw .analysis(error)
        }
    }

    private static func boolean(_ scalar: ScalarValue, allowsEmpty: Bool) throws(ValueError) -> Bool {
        switch scalar {
        case .boolean(let value): return value
        case .string("true"): return true
        case .string("false"): return false
        case .string("") where allowsEmpty: return false
        case .string, .integer, .unsigned, .double: throw .notABoolean(scalar.text)
        }
    }

    private static func date(_ scalar: ScalarValue, _ math: DateMath, roundingUp: Bool) throws(ValueError) -> Int64 {
        if let value = math.milliseconds(scalar.text, roundingUp: roundingUp) { return value }
        // Numbers are milliseconds even where the format does not say so.
        if case .integer(let value) = scalar, CivilDate.milliseconds.contains(Int64(value)) { return Int64(value) }
        throw .malformedDate(scalar.text, format: math.format.pattern)
    }
}

extension DateContext {
    fileprivate func math(_ mapped: DateFormat) -> DateMath {
        DateMath(format: format ?? mapped, now: now, offset: offset)
    }
}
