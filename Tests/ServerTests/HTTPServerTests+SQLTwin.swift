import JSON
import Testing

@testable import Server

/// Random statements against a table in memory.
extension HTTPServerTests {
    private static let mapping = #"{"settings":{"number_of_shards":3},"mappings":{"properties":{"id":{"type":"long"},"k":{"type":"keyword"},"t":{"type":"text","fields":{"w":{"type":"keyword"}}},"n":{"type":"integer"},"f":{"type":"double"},"b":{"type":"boolean"},"d":{"type":"date"}}}}"#

    private func withTwin(seed: UInt64, _ body: @escaping @Sendable (Client, inout SQLTwin) async throws -> Void) async throws {
        try await withServer { client in
            var twin = SQLTwin(seed: seed, count: 240)
            _ = try await client.send("PUT", "/twin", Self.mapping)
            let written = try await client.send("POST", "/twin/_bulk?refresh", twin.bulk, type: "application/x-ndjson")
            #expect(written.json["errors"] == false)
            try await body(client, &twin)
        }
    }

    /// All rows of a statement, page by page.
    private static func rows(_ client: Client, _ sql: String, fetchSize: Int) async throws -> [[JSONValue]] {
        var body: JSONValue = ["query": .string(sql), "fetch_size": .int(fetchSize)]
        var rows: [[JSONValue]] = []
        while true {
            let page = try await client.send("POST", "/_sql", String(decoding: body.serialized(), as: UTF8.self))
            try #require(page.status == 200, "\(sql): \(page.text)")
            let found = page.json["rows"]?.array?.compactMap(\.array) ?? []
            #expect(found.count <= fetchSize)
            rows += found
            guard let cursor = page.json["cursor"] else { return rows }
            body = ["cursor": cursor]
        }
    }

    @Test func rowsOfRandomStatements() async throws {
        try await withTwin(seed: 11) { client, twin in
            for _ in 0..<60 {
                let condition = twin.condition(depth: 3)
                let name = ["k", "t", "n", "f", "b", "d"].randomElement(using: &twin.generator) ?? "k"
                let orders = [(0, twin.order(name)), (1, twin.order("id"))]
                let limit = Int.random(in: 0..<300, using: &twin.generator), fetchSize = Int.random(in: 7..<90, using: &twin.generator)
                let sql = "SELECT \(name), id FROM twin WHERE \(condition.text) ORDER BY \(orders.map(\.1.text).joined(separator: ", ")) LIMIT \(limit)"
                let wanted = twin.rows.filter { condition.holds($0, false) }.map { [$0[name] ?? .null, $0["id"] ?? .null] }
                let found = try await Self.rows(client, sql, fetchSize: fetchSize)
                #expect(found == Array(SQLTwin.sorted(wanted, by: orders).prefix(limit)), "\(sql)")
                // The same rows come in any order, too.
                let unsorted = try await Self.rows(client, "SELECT id FROM twin WHERE \(condition.text)", fetchSize: fetchSize)
                #expect(Set(unsorted.map { SQLTwin.number($0[0]) }) == Set(wanted.map { SQLTwin.number($0[1]) }) && unsorted.count == wanted.count, "\(sql)")
            }
        }
    }

    /// `MIN`, `MAX`, `SUM`, `AVG` and counts of the groups of two columns.
    @Test func groupsOfRandomStatements() async throws {
        try await withTwin(seed: 12) { client, twin in
            for round in 0..<40 {
                let condition = twin.condition(depth: 2)
                let keys = Array(["k", "t", "n", "b", "d"].shuffled(using: &twin.generator).prefix(Int.random(in: 1...2, using: &twin.generator)))
                let columns = keys + ["COUNT(*)", "COUNT(f)", "SUM(n)", "AVG(f)", "MIN(d)", "MAX(f)", "COUNT(DISTINCT k)"]
                // Every key takes part, so that no two rows are equal in order.
                var orders = keys.enumerated().map { ($0.offset, twin.order($0.element)) }
                if round % 2 == 0 {
                    let column = Int.random(in: keys.count..<columns.count, using: &twin.generator)
                    orders.insert((column, twin.order(columns[column])), at: 0)
                }
                let least = Int.random(in: 0...3, using: &twin.generator), most = Double(Int.random(in: -2...3, using: &twin.generator))
                let isHaving = Bool.random(using: &twin.generator)
                let having = isHaving ? " HAVING COUNT(*) > \(least) AND NOT (MAX(f) > \(most))" : ""
                let limit = Int.random(in: 1..<70, using: &twin.generator), fetchSize = Int.random(in: 2..<40, using: &twin.generator)
                let sql =
                    "SELECT \(columns.joined(separator: ", ")) FROM twin WHERE \(condition.text) GROUP BY \(keys.joined(separator: ", "))\(having) "
                    + "ORDER BY \(orders.map(\.1.text).joined(separator: ", ")) LIMIT \(limit)"
                var wanted = Self.groups(twin.rows.filter { condition.holds($0, false) }, keys)
                if isHaving {
                    wanted.removeAll { SQLTwin.number($0[keys.count]) <= Double(least) || !(SQLTwin.number($0[keys.count + 5]) <= most) }
                }
                let found = try await Self.rows(client, sql, fetchSize: fetchSize)
                #expect(found == Array(SQLTwin.sorted(wanted, by: orders).prefix(limit)), "\(sql)")
            }
        }
    }

    private static func groups(_ rows: [SQLTwin.Row], _ keys: [String]) -> [[JSONValue]] {
        let groups = Dictionary(grouping: rows) { row in keys.map { String(decoding: (row[$0] ?? .null).serialized(), as: UTF8.self) } }
        return groups.values.map { group in
            func values(_ name: String) -> [JSONValue] { group.compactMap { $0[name] } }
            let whole = values("n").map(SQLTwin.number), decimal = values("f").map(SQLTwin.number)
            let first = values("d").min(by: SQLTwin.less), average = decimal.reduce(0, +) / Double(max(1, decimal.count))
            return keys.map { group[0][$0] ?? .null } + [
                .int(group.count), .int(decimal.count), whole.isEmpty ? .null : .int(Int(whole.reduce(0, +))),
                decimal.isEmpty ? .null : .double(average), first ?? .null, decimal.max().map { .double($0) } ?? .null,
                .int(Set(values("k").compactMap(\.string)).count),
            ]
        }
    }
}
