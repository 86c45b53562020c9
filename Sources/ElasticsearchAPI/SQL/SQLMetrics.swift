internal import JSON
internal import Mapping

/// The aggregations in the buckets of a search, and what they are called.
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

    /// The aggregation that a value is of.
    func name(of value: SQLValue) -> String? {
        switch value {
        case .countOf(let field): name(.existing, field.path)
        case .countDistinct(let field): name(.distinct, field.exactPath ?? field.path)
        case .metric(_, let field): name(.statistics, field.path)
        case .literal, .field, .score, .count: nil
        }
    }

    /// The `buckets_path` of a value, and of the number of values that it is of where there may be none.
    func path(of value: SQLValue) -> (value: String, count: String?)? {
        guard let name = name(of: value) else { return value == .count ? ("_count", nil) : nil }
        return switch value {
        case .countOf: (name + "._count", nil)
        case .metric(let metric, _): (name + "." + metric.rawValue, name + ".count")
        case .countDistinct, .literal, .field, .score, .count: (name, nil)
        }
    }
}

extension SQLSchema.Field {
    /// The path under which values are found as a whole; nil for a text that has none, or several.
    var exactPath: String? {
        guard type == .text else { return path }
        return exactFields.count == 1 ? exactFields[0] : nil
    }
}
