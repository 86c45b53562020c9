internal import Indices
internal import JSON
internal import Mapping
internal import Query
internal import SQL

/// What `SHOW` and `DESCRIBE` answer.
extension SQLPlan {
    /// Indices and aliases by name.
    ///
    /// - Parameter name: aliases are found by theirs, too; nil: all.
    static func tables(_ indices: [IndexMetadata], _ name: SQLTables.Name?, catalog: String) -> SQLPlan {
        var found: [String: (type: String, kind: String)] = [:]
        for index in indices {
            if matches(index.name, name) { found[index.name] = ("TABLE", "INDEX") }
            for (alias, metadata) in index.aliases where metadata.isHidden != true && matches(alias, name) { found[alias] = ("VIEW", "ALIAS") }
        }
        let rows = found.sorted { $0.key < $1.key }.map { entry in
            [.string(catalog), .string(entry.key), .string(entry.value.type), .string(entry.value.kind)] as [JSONValue]
        }
        return SQLPlan(columns: ["catalog", "name", "type", "kind"].map { Column(name: $0, type: .keyword) }, source: .rows(rows))
    }

    private static func matches(_ text: String, _ name: SQLTables.Name?) -> Bool {
        switch name {
        case nil: true
        case .like(let pattern)?: pattern.matches(text)
        case .indices(let names)?: names.split(separator: ",").contains { WildcardPattern(String($0.trimmingSpaces)).matches(text) }
        }
    }

    /// All columns of a table, by name.
    static func columns(_ schema: SQLSchema) -> SQLPlan {
        let rows = schema.inOrder.map { field in
            [.string(field.path), .string(field.type.sqlName), .string(field.type.rawValue)] as [JSONValue]
        }
        return SQLPlan(columns: ["column", "type", "mapping"].map { Column(name: $0, type: .keyword) }, source: .rows(rows))
    }

    /// Sets how values are shown.
    mutating func show(in zone: ZoneRule, takesFirstValue: Bool) {
        switch source {
        case .rows: break
        case .hits(var hits):
            hits.zone = zone
            hits.takesFirstValue = takesFirstValue
            source = .hits(hits)
        case .groups(var groups):
            groups.zone = zone
            source = .groups(groups)
        }
    }
}
