internal import JSON
internal import Mapping
internal import Query

extension ValuesSource {
    /// A key without a format.
    func json(_ key: BucketKey) -> JSONValue {
        switch (key, format) {
        case (.string(let term), .coded(let coding)): return .string(coding.text(term))
        case (.long(let value), .unsigned):
            let number = UInt64(bitPattern: value) ^ 1 << 63
            return Int(exactly: number).map { .int($0) } ?? .unsigned(number)
        default: break
        }
        return switch key {
        case .string(let text): .string(text)
        case .long(let value): .int(Int(value))
        case .double(let value): .double(value)
        }
    }
}

extension CompositePlan.Source {
    /// Its part of a bucket's keys; null for documents without a value.
    func json(_ key: BucketKey?) -> JSONValue {
        guard let key else { return .null }
        if values.format == .boolean { return .bool(key.number != 0) }
        if isFormatted, let text = values.formatted(key) { return .string(text) }
        return values.json(key)
    }
}
