public import Indices
internal import Mapping

extension CatCluster {
    /// `_cat/circuit_breaker`: the memory of the process as a whole, of which no part has a limit of its own.
    ///
    /// - Parameter patterns: of the names that are wanted; nil: all.
    public static func circuitBreakers(_ node: NodeFacts, matching patterns: [String]?, units: CatUnits) -> CatTable {
        let columns = [
            CatTable.Column("node_id", aliases: ["id"], "persistent node id"), .init("node_name", aliases: ["nn"], isShown: false, "node name"),
            .init("breaker", aliases: ["br"], "breaker name"), .init("limit", aliases: ["l"], "limit size"),
            .init("limit_bytes", aliases: ["lb"], isNumber: true, isShown: false, "limit size in bytes"),
            .init("estimated", aliases: ["e"], "estimated size"),
            .init("estimated_bytes", aliases: ["eb"], isNumber: true, isShown: false, "estimated size in bytes"),
            .init("tripped", aliases: ["t"], isNumber: true, "tripped count"),
            .init("overhead", aliases: ["o"], isNumber: true, isShown: false, "overhead"),
        ]
        let name = "parent"
        let isWanted = patterns?.contains { WildcardPattern($0).matches(name) } ?? true
        let row: [String?] = [
            node.id, node.name, name, units.bytes(node.memoryBytes), String(node.memoryBytes), units.bytes(node.residentBytes),
            String(node.residentBytes), "0", "1.0",
        ]
        return CatTable(columns: columns, rows: isWanted ? [row] : [])
    }
}
