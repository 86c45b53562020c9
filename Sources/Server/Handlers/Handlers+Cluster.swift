internal import ElasticsearchAPI
internal import Indices

extension Handlers {
    /// `GET /_cluster/health/{index}`
    ///
    /// One node changes its state by nothing that a request could wait for: what is not so yet has timed out.
    @Sendable func clusterHealth(_ request: APIRequest) throws -> Reply {
        let health = try indices.health(try request.indexExpression())
        var isSatisfied = true
        if let text = request.parameters["wait_for_status"] {
            guard let wanted = ClusterHealth.Status(rawValue: text.lowercased()) else {
                throw ElasticsearchError.illegalArgument("unknown cluster health status [\(text)]")
            }
            isSatisfied = health.status >= wanted
        }
        if let nodes = request.parameters["wait_for_nodes"] { isSatisfied = try isSatisfied && Self.isOneNode(nodes) }
        return .json(health.json(timedOut: !isSatisfied), status: isSatisfied ? 200 : 408)
    }

    /// Whether one node is as many as `>=1`, `le(2)` or `1` asks for.
    private static func isOneNode(_ text: String) throws(ElasticsearchError) -> Bool {
        let comparisons: [(prefixes: [String], holds: (Int) -> Bool)] = [
            ([">=", "ge("], { 1 >= $0 }), (["<=", "le("], { 1 <= $0 }), ([">", "gt("], { 1 > $0 }),
            (["<", "lt("], { 1 < $0 }), ([""], { 1 == $0 }),
        ]
        for comparison in comparisons {
            guard let prefix = comparison.prefixes.first(where: { text.hasPrefix($0) }) else { continue }
            let digits = text.dropFirst(prefix.count).prefix { $0 != ")" }
            guard let count = Int(digits) else { break }
            return comparison.holds(count)
        }
        throw ElasticsearchError(
            status: 400, "number_format_exception", "For input string: \"\(text)\"")
    }

    /// `GET /_cat/indices/{index}`
    @Sendable func catIndices(_ request: APIRequest) throws -> Reply {
        let statistics = try indices.statistics(try request.indexExpression())
        var table = try CatIndices.table(statistics, unit: request.parameters["bytes"])
        if let names = request.parameters.list("h") { table = table.selecting(names) }
        let isJSON = request.options.format.map { $0 == "json" } ?? request.negotiation.prefersJSON
        if isJSON { return .json(table.json) }
        return Reply(.text(table.text(withHeader: try request.parameters.bool("v") ?? false)))
    }
}
