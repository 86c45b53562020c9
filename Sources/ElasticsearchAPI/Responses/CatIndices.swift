public import Indices

/// The table of `_cat/indices`.
public enum CatIndices {
    private static let columns = [
        CatTable.Column("health", aliases: ["h"]), .init("status", aliases: ["s"]),
        .init("index", aliases: ["i", "idx"]), .init("uuid", aliases: ["id"]),
        .init("pri", aliases: ["p", "shards.primary", "shardsPrimary"], isNumber: true),
        .init("rep", aliases: ["r", "shards.replica", "shardsReplica"], isNumber: true),
        .init("docs.count", aliases: ["dc", "docsCount"], isNumber: true),
        .init("docs.deleted", aliases: ["dd", "docsDeleted"], isNumber: true),
        .init("store.size", aliases: ["ss", "storeSize"], isNumber: true), .init("pri.store.size", isNumber: true),
        .init("dataset.size", isNumber: true),
    ]

    /// - Parameter unit: `b`, `kb`, `mb` or `gb` for sizes as bare numbers; nil for sizes with their unit.
    public static func table(_ indices: [IndexStatistics], unit: String?) throws(ElasticsearchError) -> CatTable {
        var rows: [[String?]] = []
        for index in indices {
            let size = try ByteSize(index.storeBytes).text(unit: unit)
            rows.append([
                index.numberOfReplicas == 0 ? "green" : "yellow", "open", index.name, index.uuid,
                String(index.numberOfShards), String(index.numberOfReplicas), String(index.documents),
                String(index.deletedDocuments), size, size, size,
            ])
        }
        return CatTable(columns: columns, rows: rows)
    }
}
