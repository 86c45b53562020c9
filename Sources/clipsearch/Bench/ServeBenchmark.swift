internal import Files
internal import Foundation
internal import Indices
internal import JSON
internal import Mapping
internal import Query
internal import Scripts
internal import VectorBenchmark

/// Measures `_search` of a node of its own, in process and over HTTP.
struct ServeBenchmark: Sendable {
    private static let index = "bench"
    /// Queries whose recall is measured.
    private static let recallQueries = 200

    let base: VectorTable
    let queries: [[Float]]
    let k: Int
    let candidates: Int
    let connections: Int
    /// Of each run.
    let duration: Duration

    func run() async throws -> ServeBenchmarkResult {
        let data = try TemporaryDirectory.make()
        defer { try? Path.remove(data) }
        var settings = Settings.defaults
        settings.dataPath = data
        settings.startedModels = []
        return try await Node.withBenchmarkNode(settings) { node, port in try await measure(node.registry, port: port) }
    }

    private func measure(_ registry: IndexRegistry, port: Int) async throws -> ServeBenchmarkResult {
        let documentsPerSecond = try await fill(ElasticsearchClient(url: "http://127.0.0.1:\(port)"))
        let recall = try await recall(registry)
        let engine = try await engineLatencies(registry)
        let requests = queries.map { LoadConnection.request(path: "/\(Self.index)/_search", body: body($0)) }
        let one = ClosedLoop(port: port, connections: 1, duration: duration)
        let floor = try await one.run([LoadConnection.request(path: "/")]), single = try await one.run(requests)
        let loaded = try await ClosedLoop(port: port, connections: connections, duration: duration).run(requests)
        return ServeBenchmarkResult(
            vectors: base.rows, dimensions: base.columns, k: k, candidates: candidates,
            documentsPerSecond: documentsPerSecond, recall: recall,
            runs: [
                .init(path: "engine, in process", connections: 1, latencies: engine),
                .init(path: "HTTP, GET /", connections: 1, latencies: floor, isSearch: false),
                .init(path: "HTTP", connections: 1, latencies: single),
                .init(path: "HTTP", connections: connections, latencies: loaded),
            ])
    }

    // MARK: - indexing

    /// - Returns: documents per second, as the client sees them, up to the refresh after the last.
    private func fill(_ client: ElasticsearchClient) async throws -> Double {
        _ = try await client.call(
            "PUT", "/" + Self.index,
            [
                "settings": ["refresh_interval": "-1"],
                "mappings": [
                    "properties": [
                        "v": [
                            "type": "dense_vector", "dims": .int(base.columns), "similarity": "cosine",
                            "index_options": ["type": "hnsw", "m": 16, "ef_construction": 200],
                        ]
                    ]
                ],
            ])
        let start = ContinuousClock.now
        for first in stride(from: 0, to: base.rows, by: 500) {
            let lines = (first..<min(first + 500, base.rows)).map { row in
                let document: JSONValue = ["v": .floats(base.row(row))]
                return Array("{\"index\":{\"_id\":\"\(row)\"}}\n".utf8) + document.serialized() + [UInt8(ascii: "\n")]
            }
            let answer = try await client.send(
                "POST", "/\(Self.index)/_bulk", body: Array(lines.joined()), contentType: "application/x-ndjson")
            guard answer.status == 200, answer.document?.root.object?["errors"]?.bool == false else {
                throw ClientError.refused(request: "_bulk", reason: answer.reason)
            }
        }
        _ = try await client.call("POST", "/\(Self.index)/_refresh")
        return Double(base.rows) / (start.duration(to: .now) / .seconds(1))
    }

    // MARK: - searching

    /// The share of the exact k nearest that the approximate search finds.
    private func recall(_ registry: IndexRegistry) async throws -> Double {
        var found = 0
        let asked = queries.prefix(Self.recallQueries)
        for vector in asked {
            let script = Script(
                "cosineSimilarity(params.v, 'v') + 1.0", parameters: ScriptParameters(["v": .floats(vector)]))
            let query = Query(.scriptScore(ScriptScoreQuery(query: .matchAll, script: .inline(script))))
            let exact = Search(query: query, size: k, fetch: Fetch(source: .none))
            let truth = try await ids(exact, registry)
            found += try await truth.intersection(ids(search(vector), registry)).count
        }
        return Double(found) / Double(asked.count * min(k, base.rows))
    }

    private func ids(_ search: Search, _ registry: IndexRegistry) async throws -> Set<String> {
        Set(try await registry.search(search, in: IndexExpression([Self.index])).hits.map(\.id))
    }

    private func search(_ vector: [Float]) -> Search {
        let knn = KNNQuery(field: "v", vector: .vector(vector), k: k, candidates: candidates)
        return Search(knn: [.init(knn)], size: k, fetch: Fetch(source: .none))
    }

    private func body(_ vector: [Float]) -> [UInt8] {
        let body: JSONValue = [
            "knn": [
                "field": "v", "query_vector": .floats(vector), "k": .int(k), "num_candidates": .int(candidates),
            ],
            "size": .int(k), "_source": false,
        ]
        return body.serialized()
    }

    private func engineLatencies(_ registry: IndexRegistry) async throws -> LatencySummary {
        var latencies: [Duration] = []
        let start = ContinuousClock.now
        while start.duration(to: .now) < duration {
            let search = search(queries[latencies.count % queries.count])
            let asked = ContinuousClock.now
            _ = try await registry.search(search, in: IndexExpression([Self.index]))
            latencies.append(asked.duration(to: .now))
        }
        return LatencySummary(latencies, elapsed: start.duration(to: .now))
    }
}
