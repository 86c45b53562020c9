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

/// A number of bytes as Elasticsearch prints it.
struct ByteSize {
    private static let units = ["b", "kb", "mb", "gb", "tb", "pb"]

    let bytes: Int

    init(_ bytes: Int) {
        self.bytes = bytes
    }

    /// - Parameter unit: whole units without their name; nil: one decimal and the largest unit that fits.
    func text(unit: String?) throws(ElasticsearchError) -> String {
        guard let unit else { return human }
        guard let power = Self.units.firstIndex(of: unit) else {
            throw .illegalArgument("failed to parse parameter [bytes] with value [\(unit)]")
        }
        return String(bytes >> (10 * power))
    }

    private var human: String {
        var power = 0
        while power < Self.units.count - 1, bytes >> (10 * (power + 1)) > 0 { power += 1 }
        let tenths = power == 0 ? bytes * 10 : (bytes >> (10 * (power - 1))) * 10 / 1024
        let fraction = tenths % 10 == 0 ? "" : ".\(tenths % 10)"
        return "\(tenths / 10)\(fraction)\(Self.units[power])"
    }
}
