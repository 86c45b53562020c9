public import JSON

extension FieldMapping {
    /// Values out of columns as `fields` shows them.
    ///
    /// - Parameter format: of dates, in place of the mapping's.
    public func shown(_ values: DocValues?, format: DateFormat? = nil) -> [JSONValue] {
        switch values {
        case .longs(let values)?: return values.map { .int(Int($0)) }
        case .doubles(let values)?: return values.map { .double($0) }
        case .booleans(let values)?: return values.map { .bool($0) }
        case .terms(let values)?: return values.map { .string($0) }
        case .dates(let values)?:
            var own = DateFormat.standard
            if case .date(let mapped) = type { own = mapped }
            return values.map { .string((format ?? own).string(milliseconds: $0)) }
        case .points(let values)?:
            return values.map {
                ["coordinates": [.double($0.longitude), .double($0.latitude)], "type": "Point"]
            }
        default: return []
        }
    }
}
