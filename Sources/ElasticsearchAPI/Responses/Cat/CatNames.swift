public import Indices
internal import JSON
internal import Mapping

/// The tables of the `_cat` APIs that are about aliases and templates.
public enum CatNames {
    /// `_cat/aliases`: a row for each index of an alias.
    public static func aliases(_ aliases: [(alias: String, index: String, metadata: AliasMetadata)]) -> CatTable {
        let columns = [
            CatTable.Column("alias", aliases: ["a"], "alias name"), .init("index", aliases: ["i", "idx"], "index alias points to"),
            .init("filter", aliases: ["f", "fi"], "filter"), .init("routing.index", aliases: ["ri", "routingIndex"], "index routing"),
            .init("routing.search", aliases: ["rs", "routingSearch"], "search routing"),
            .init("is_write_index", aliases: ["w", "isWriteIndex"], "write index"),
        ]
        return CatTable(
            columns: columns,
            rows: aliases.map { alias in
                [
                    alias.alias, alias.index, alias.metadata.filter == nil ? "-" : "*", alias.metadata.indexRouting ?? "-",
                    alias.metadata.searchRouting ?? "-", alias.metadata.isWriteIndex.map { String($0) } ?? "-",
                ]
            })
    }

    /// - Parameter pattern: with `*`; nil for all.
    public static func templates(_ cluster: ClusterMetadata, pattern: String?) -> CatTable {
        let columns = [
            CatTable.Column("name", aliases: ["n"], "template name"), .init("index_patterns", aliases: ["t"], "template index patterns"),
            .init("order", aliases: ["o", "p"], "template application order/priority number"), .init("version", aliases: ["v"], "version"),
            .init("composed_of", aliases: ["c"], "component templates comprising index template"),
        ]
        let rows = cluster.legacyTemplates.map { name, template -> [String?] in
            [name, "[\(template.patterns.joined(separator: ", "))]", String(template.order), template.version.map { String($0) }, ""]
        } + cluster.indexTemplates.map { name, template -> [String?] in
            [
                name, "[\(template.patterns.joined(separator: ", "))]", String(template.priority ?? 0), template.version.map { String($0) },
                "[\(template.components.joined(separator: ", "))]",
            ]
        }
        return named(columns, rows, pattern)
    }

    /// `_cat/component_templates`: those whose name matches the pattern; nil: all.
    public static func componentTemplates(_ cluster: ClusterMetadata, pattern: String?) -> CatTable {
        let columns = [
            CatTable.Column("name", aliases: ["n"], "component template name"), .init("version", aliases: ["v"], "version"),
            .init("alias_count", aliases: ["a"], "alias count"), .init("mapping_count", aliases: ["m"], "mapping count"),
            .init("settings_count", aliases: ["s"], "settings count"), .init("metadata_count", aliases: ["me"], "metadata count"),
            .init("included_in", aliases: ["i"], "included in"),
        ]
        let rows = cluster.componentTemplates.map { name, template -> [String?] in
            let users = cluster.indexTemplates.filter { $0.value.components.contains(name) }.keys.sorted()
            return [
                name, template.version.map { String($0) }, String(template.body.aliases?.count ?? 0),
                String(template.body.mappings?["properties"]?.object?.count ?? 0), String(template.body.settings?.count ?? 0),
                String(template.meta?.object?.count ?? 0), "[\(users.joined(separator: ", "))]",
            ]
        }
        return named(columns, rows, pattern)
    }

    /// Rows by name.
    private static func named(_ columns: [CatTable.Column], _ rows: [[String?]], _ pattern: String?) -> CatTable {
        let patterns = (pattern ?? "*").split(separator: ",").map { WildcardPattern(String($0)) }
        let chosen = rows.filter { row in patterns.contains { $0.matches((row.first ?? nil) ?? "") } }
        return CatTable(columns: columns, rows: chosen.sorted { (($0.first ?? nil) ?? "") < (($1.first ?? nil) ?? "") })
    }
}

