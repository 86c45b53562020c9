internal import JSON

/// `sort`: puts a list's values in order.
///
/// Source: https://www.elastic.co/docs/reference/enrich-processor/sort-processor
struct SortProcessor: Sendable {
    let field: FieldPath
    let target: FieldPath
    let isDescending: Bool

    init(_ options: inout Options) throws(IngestFault) {
        field = try options.path()
        target = try options.optionalPath("target_field") ?? field
        let order = try options.string("order") ?? "asc"
        guard order == "asc" || order == "desc" else {
            throw options.bad("order", .unknownSortDirection(order))
        }
        isDescending = order == "desc"
    }

    func run(_ document: inout IngestDocument) throws(IngestFault) {
        let value = try document.value(at: field)
        guard !value.isNull else { throw .fieldIsNull(field.text, action: "sort") }
        guard let list = value.array else { throw .wrongType(field.text, actual: value.typeName, expected: "java.util.List") }
        let ascending = list.sorted { Self.precedes($0, $1) }
        try document.set(target, .array(isDescending ? ascending.reversed() : ascending))
    }

    /// Numbers by size, texts by their code units.
    private static func precedes(_ left: JSONValue, _ right: JSONValue) -> Bool {
        if let left = left.number, let right = right.number { return left < right }
        return (left.plainText ?? "").utf16.lexicographicallyPrecedes((right.plainText ?? "").utf16)
    }
}

extension JSONValue {
    fileprivate var number: Double? {
        switch self {
        case .int(let value): Double(value)
        case .unsigned(let value): Double(value)
        case .double(let value): value
        case .float(let value): Double(value)
        default: nil
        }
    }
}
