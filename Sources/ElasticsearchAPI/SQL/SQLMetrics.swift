internal import JSON
internal import Mapping

/// The aggregations in the buckets of a search, and where in an answer a value stands.
struct SQLMetrics: Sendable {
    private enum Kind: Hashable {
        case statistics, existing, distinct
    }

    private struct Entry {
        var kind: Kind
        var path: String
        var name: String
        var definition: JSONValue
    }

    private var entries: [Entry] = []

    /// The aggregations by name.
    var definitions: JSONMembers { JSONMembers(entries.map { ($0.name, $0.definition) }) }

    /// Makes sure that a value is computed.
    mutating func add(_ value: SQLValue) {
        switch value {
        case .metric(_, let field): add(.statistics, field.path, ["stats": ["field": .string(field.path)]])
        case .countOf(let field): add(.existing, field.path, ["filter": ["exists": ["field": .string(field.path)]]])
        case .countDistinct(let field):
            let path = field.exactPath ?? field.path
            add(.distinct, path, ["cardinality": ["field": .string(path)]])
        case .literal, .field, .score, .count: break
        }
    }

    private mutating func add(_ kind: Kind, _ path: String, _ definition: JSONValue) {
        guard name(kind, path) == nil else { return }
        entries.append(Entry(kind: kind, path: path, name: "a\(entries.count)", definition: definition))
    }

    private func name(_ kind: Kind, _ path: String) -> String? {
        entries.first { $0.kind == kind && $0.path == path }?.name
    }

    /// The `buckets_path` of a value, and of the number of values that it is of where there may be none.
    func path(of value: SQLValue) -> (value: String, count: String?)? {
        switch value {
        case .count: ("_count", nil)
        case .countOf(let field): name(.existing, field.path).map { ($0 + "._count", nil) }
        case .countDistinct(let field): name(.distinct, field.exactPath ?? field.path).map { ($0, nil) }
        case .metric(let metric, let field): name(.statistics, field.path).map { ($0 + "." + metric.rawValue, $0 + ".count") }
        case .literal, .field, .score: nil
        }
    }

    /// A value in a bucket of an answer.
    func value(_ value: SQLValue, in bucket: JSONValue) -> JSONValue {
        switch value {
        case .count: return bucket["doc_count"] ?? 0
        case .countOf(let field): return name(.existing, field.path).flatMap { bucket[$0]?["doc_count"] } ?? 0
        case .countDistinct(let field):
            return name(.distinct, field.exactPath ?? field.path).flatMap { bucket[$0]?["value"] } ?? 0
        case .metric(let metric, let field):
            guard let name = name(.statistics, field.path), let found = bucket[name], found["count"] != .int(0),
                let number = found[metric.rawValue]
            else { return .null }
            return value.type.isWhole || value.type == .datetime ? number.rounded : number
        case .literal, .field, .score: return .null
        }
    }
}

extension JSONValue {
    /// A whole number that came as a double.
    fileprivate var rounded: JSONValue {
        guard case .double(let value) = self, let whole = Int(exactly: value.rounded()) else { return self }
        return .int(whole)
    }
}

extension SQLSchema.Field {
    /// The path under which values are found as a whole; nil for a text that has none, or several.
    var exactPath: String? {
        guard type == .text else { return path }
        return exactFields.count == 1 ? exactFields[0] : nil
    }
}
