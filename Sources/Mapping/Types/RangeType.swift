internal import JSON

/// `integer_range` and its kin: spans of values, found by how they stand to another span.
///
/// A span is one term: its two ends, each written so that their order is the values'.
struct RangeType: TypeDefinition {
    enum Kind: String, CaseIterable, Sendable {
        case integer = "integer_range", long = "long_range", float = "float_range", double = "double_range"
        case date = "date_range", ip = "ip_range"
    }

    let kind: Kind
    var format: DateFormat = .standard

    static func entry(_ kind: Kind) -> TypeRegistry.Entry {
        var parameters: [MappingParameter] = [
            .index, .docValues, .store, .coerce, .meta, .copyTo,
        ]
        if kind == .date {
            parameters += [
                MappingParameter("format", .string(default: DateFormat.defaultPattern)), MappingParameter("locale", .string(default: "en")),
            ]
        }
        return TypeRegistry.Entry(parameters: parameters) { (values, field) throws(MappingError) in
            let pattern = values["format"]?.string ?? DateFormat.defaultPattern
            guard let format = DateFormat(pattern) else { throw .invalidDateFormat(pattern, field: field) }
            return RangeType(kind: kind, format: format)
        }
    }

    var name: String { kind.rawValue }
    var takesObjects: Bool { true }

    func isSearchable(_ field: FieldMapping) -> Bool { field.isIndexed || field.parameters["doc_values"] != .bool(false) }

    private enum End: String {
        case greater = "gt"
        case greaterOrEqual = "gte"
        case less = "lt"
        case lessOrEqual = "lte"
    }

    func read(
        _ value: JSONElement, _ field: FieldMapping, _ context: DocumentReader.Context, into reader: inout DocumentReader
    ) throws(DocumentParsingError) {
        if let array = value.array {
            for element in array { try read(element, field, context, into: &reader) }
            return
        }
        if value.isNull { return }
        let span: (String, String)
        do {
            span = try self.span(of: value, field)
        } catch {
            throw .malformedValue(field: context.path, type: name, preview: DocumentReader.preview(value), cause: error)
        }
        guard isSearchable(field) else { return }
        reader.result.fieldNames.insert(context.path)
        reader.result.values.append(.init(field: context.path, value: .term(span.0 + span.1)))
    }

    private func span(of value: JSONElement, _ field: FieldMapping) throws(ValueError) -> (String, String) {
        if let text = value.string, kind == .ip {
            if let address = IPAddress(text) { return (address.term, address.term) }
            guard let block = IPAddress.block(text) else { throw .notAnAddressBlock(text) }
            return (block.first.term, block.last.term)
        }
        guard let members = value.object else { throw .notARange(type: name) }
        var lower: ScalarBound?, upper: ScalarBound?
        var leavesOut = (least: false, greatest: false)
        for (key, bound) in members {
            guard let end = End(rawValue: key) else { throw .unknownRangeMember(key) }
            let scalar = ScalarValue(bound)
            switch end {
            case .greater:
                leavesOut.least = scalar == nil
                lower = scalar.map { ScalarBound($0, isInclusive: false) }
            case .greaterOrEqual: lower = scalar.map { ScalarBound($0, isInclusive: true) }
            case .less:
                leavesOut.greatest = scalar == nil
                upper = scalar.map { ScalarBound($0, isInclusive: false) }
            case .lessOrEqual: upper = scalar.map { ScalarBound($0, isInclusive: true) }
            }
        }
        var (low, high) = try ends(lower, upper, DateContext(now: 0), coerces: field.coerces)
        if leavesOut.least { low = inner(of: low, isLower: true) }
        if leavesOut.greatest { high = inner(of: high, isLower: false) }
        guard low <= high else {
            throw .reversedRange(lower: lower?.value.text ?? "", upper: upper?.value.text ?? "")
        }
        return (low, high)
    }

    /// The ends of a span, included, as terms; dates leave out no more than a millisecond.
    private func ends(
        _ lower: ScalarBound?, _ upper: ScalarBound?, _ dates: DateContext, coerces: Bool
    ) throws(ValueError) -> (String, String) {
        switch kind {
        case .ip:
            func address(
                _ bound: ScalarBound?, open: IPAddress, beside: KeyPath<IPAddress, IPAddress?>
            ) throws(ValueError) -> String {
                guard let bound else { return open.term }
                guard let address = IPAddress(bound.value.text) else { throw .notAnAddress(bound.value.text) }
                return (bound.isInclusive ? address : address[keyPath: beside] ?? address).term
            }
            return (try address(lower, open: .least, beside: \.successor), try address(upper, open: .greatest, beside: \.predecessor))
        case .integer, .long, .float, .double:
            let number: NumberType = kind == .integer ? .integer : kind == .long ? .long : kind == .float ? .float : .double
            return (
                try Self.end(lower, number, coerces, isLower: true), try Self.end(upper, number, coerces, isLower: false)
            )
        case .date:
            let mapping = FieldMapping(type: .date(format))
            guard case .longs(let range)? = try mapping.range(lower: lower, upper: upper, dates: dates) else {
                throw .reversedRange(lower: lower?.value.text ?? "", upper: upper?.value.text ?? "")
            }
            return (Self.code(range.lowerBound), Self.code(range.upperBound))
        }
    }

    /// The value beside an open end, which is left out by `"gt": null`.
    private func inner(of end: String, isLower: Bool) -> String {
        switch kind {
        case .ip: (isLower ? IPAddress.least.successor : IPAddress.greatest.predecessor)?.term ?? end
        case .float: Self.code(Self.sortable(NumberType.float.next(isLower ? -.infinity : .infinity, up: isLower)))
        case .double: Self.code(Self.sortable(isLower ? -.greatestFiniteMagnitude : .greatestFiniteMagnitude))
        case .integer, .long, .date:
            UInt64(end, radix: 16).map { Self.code(Int64(bitPattern: $0 ^ 1 << 63) &+ (isLower ? 1 : -1)) } ?? end
        }
    }

    private static func end(
        _ bound: ScalarBound?, _ number: NumberType, _ coerces: Bool, isLower: Bool
    ) throws(ValueError) -> String {
        guard let bound else {
            if number.isFloatingPoint { return code(sortable(isLower ? -.infinity : .infinity)) }
            return code(isLower ? number.integerRange?.lowerBound ?? .min : number.integerRange?.upperBound ?? .max)
        }
        switch try number.indexedValue(bound.value, coerces: coerces) {
        case .long(let value): return code(bound.isInclusive ? value : isLower ? value &+ 1 : value &- 1)
        case .double(let value): return code(sortable(bound.isInclusive ? value : number.next(value, up: isLower)))
        case .term(let term): return term
        }
    }

    private static func sortable(_ value: Double) -> Int64 {
        let bits = Int64(bitPattern: value.bitPattern)
        return bits ^ (bits >> 63) & .max
    }

    /// 16 hexadecimal digits, in the order of numbers.
    private static func code(_ value: Int64) -> String {
        let digits = String(UInt64(bitPattern: value) ^ 1 << 63, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }

    // MARK: Queries

    func match(_ scalar: ScalarValue, _ field: FieldMapping, _ dates: DateContext) throws(ValueError) -> FieldMatch {
        let bound = ScalarBound(scalar, isInclusive: true)
        return try match(from: bound, to: bound, relation: .intersects, field, dates)
    }

    func match(
        from lower: ScalarBound?, to upper: ScalarBound?, relation: SpanRelation, _ field: FieldMapping, _ dates: DateContext
    ) throws(ValueError) -> FieldMatch {
        let (low, high) = try ends(lower, upper, dates, coerces: true)
        return low <= high ? .spans(SpanMatch(lower: low, upper: high, relation: relation)) : .nothing
    }

    func checkPatterns(_ query: String) throws(ValueError) { throw .queryNotSupported(query, type: name) }

    func fetched(_ element: JSONElement, _ field: FieldMapping, format: DateFormat?) -> [JSONValue] {
        guard kind == .date, let members = element.object else { return element.isNull ? [] : [JSONValue(element)] }
        return [
            .object(
                JSONMembers(
                    members.map { key, bound in
                        let moment = ScalarValue(bound).flatMap { self.format.milliseconds($0.text) }
                        return (key, moment.map { .string((format ?? self.format).string(milliseconds: $0)) } ?? JSONValue(bound))
                    }))
        ]
    }
}
