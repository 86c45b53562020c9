internal import ArgumentParser
internal import Dispatch
internal import Foundation
internal import Indices
internal import JSON
internal import Logging
internal import Mapping
internal import Query
internal import Synchronization
internal import VectorBenchmark

struct BenchServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Queries per second and latencies of _search over HTTP, in a closed loop on loopback.",
        discussion: """
            Starts a node on a free port, indexes the vectors over HTTP, and asks for the k nearest of each query in \
            turn: first in process (the engine's own time), then over HTTP on one connection and on --connections.
            """)

    @Option(help: "The vectors to index: a NumPy array of (rows, dimensions), float32 or float16.")
    var vectors: String

    @Option(help: "The queries.")
    var queries: String

    @Option(help: "Only the first rows of --vectors.")
    var rows: Int?

    @Option(help: "Hits a query asks for.")
    var k = 10

    @Option(help: "num_candidates of a query.")
    var numCandidates = 100

    @Option(help: "Connections of the loaded run.")
    var connections = 4

    @Option(help: "Seconds of each run.")
    var seconds = 5

    @Flag(help: "Print JSON.")
    var json = false

    private static let index = "bench"

    func run() async throws {
        let base = try NumpyFile(path: vectors, limit: rows)
        let asked = try NumpyFile(path: queries)
        let data = try TemporaryDirectory.make()
        defer { try? FileManager.default.removeItem(atPath: data) }
        var settings = Settings.defaults
        settings.port = 0
        settings.dataPath = data
        settings.startedModels = []
        settings.logLevel = .warning
        let node = try await Node(settings)
        let started = AsyncStream.makeStream(of: Node.Address.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await node.serve { started.continuation.yield($0) } }
            for await address in started.stream {
                try await measure(base, asked, node, port: address.port)
                break
            }
            group.cancelAll()
        }
        await node.close()
    }

    private func measure(_ base: NumpyFile, _ asked: NumpyFile, _ node: Node, port: Int) async throws {
        let indexing = try await index(base, ElasticsearchClient(url: "http://127.0.0.1:\(port)"))
        let vectors = (0..<asked.rows).map { row in Array(asked.values[(row * asked.columns)..<((row + 1) * asked.columns)]) }
        let engine = try await engineLatencies(vectors, node.registry)
        let requests = vectors.map { LoadConnection.request(path: "/\(Self.index)/_search", body: body($0)) }
        let single = try httpLatencies(requests, port: port, connections: 1)
        let loaded = try httpLatencies(requests, port: port, connections: connections)
        report(base, indexing, [("engine, in process", 1, engine), ("HTTP", 1, single), ("HTTP", connections, loaded)])
    }

    private func body(_ vector: [Float]) -> [UInt8] {
        let body: JSONValue = [
            "knn": [
                "field": "v", "query_vector": .floats(vector), "k": .int(k), "num_candidates": .int(numCandidates),
            ],
            "size": .int(k), "_source": false,
        ]
        return body.serialized()
    }

    /// - Returns: documents per second, as the client sees them, and the seconds of the refresh after the last.
    private func index(_ base: NumpyFile, _ client: ElasticsearchClient) async throws -> Double {
        let mapping: JSONValue = [
            "settings": ["refresh_interval": "-1"],
            "mappings": [
                "properties": [
                    "v": [
                        "type": "dense_vector", "dims": .int(base.columns), "similarity": "cosine",
                        "index_options": ["type": "hnsw", "m": 16, "ef_construction": 200],
                    ]
                ]
            ],
        ]
        _ = try await client.call("PUT", "/" + Self.index, mapping)
        let start = ContinuousClock.now
        for first in stride(from: 0, to: base.rows, by: 500) {
            var lines: [UInt8] = []
            for row in first..<min(first + 500, base.rows) {
                let vector = Array(base.values[(row * base.columns)..<((row + 1) * base.columns)])
                lines += Array("{\"index\":{\"_id\":\"\(row)\"}}\n".utf8)
                lines += (["v": .floats(vector)] as JSONValue).serialized() + [UInt8(ascii: "\n")]
            }
            let answer = try await client.send(
                "POST", "/\(Self.index)/_bulk", body: lines, contentType: "application/x-ndjson")
            guard answer.status == 200, answer.document?.root.object?["errors"]?.bool == false else {
                throw ClientError.refused(request: "_bulk", reason: answer.reason)
            }
        }
        _ = try await client.call("POST", "/\(Self.index)/_refresh")
        return Double(base.rows) / (start.duration(to: .now) / .seconds(1))
    }

    private func engineLatencies(_ vectors: [[Float]], _ registry: IndexRegistry) async throws -> LatencySummary {
        var latencies: [Duration] = []
        let start = ContinuousClock.now
        while start.duration(to: .now) < .seconds(seconds) {
            let vector = vectors[latencies.count % vectors.count]
            let knn = KNNQuery(field: "v", vector: .vector(vector), k: k, candidates: numCandidates)
            let search = Search(knn: [.init(knn)], size: k, fetch: Fetch(source: .none))
            let asked = ContinuousClock.now
            _ = try await registry.search(search, in: IndexExpression([Self.index]))
            latencies.append(asked.duration(to: .now))
        }
        return LatencySummary(latencies, elapsed: start.duration(to: .now))
    }

    private func httpLatencies(_ requests: [[UInt8]], port: Int, connections: Int) throws -> LatencySummary {
        let all = Mutex<(latencies: [Duration], failure: (any Error)?)>(([], nil))
        let start = ContinuousClock.now
        DispatchQueue.concurrentPerform(iterations: connections) { number in
            var latencies: [Duration] = []
            do {
                let connection = try LoadConnection(port: port)
                while start.duration(to: .now) < .seconds(seconds) {
                    let request = requests[(number * 31 + latencies.count) % requests.count]
                    let asked = ContinuousClock.now
                    _ = try connection.send(request)
                    latencies.append(asked.duration(to: .now))
                }
            } catch {
                all.withLock { $0.failure = error }
            }
            all.withLock { $0.latencies += latencies }
        }
        let elapsed = start.duration(to: .now)
        let (latencies, failure) = all.withLock { $0 }
        if let failure { throw failure }
        return LatencySummary(latencies, elapsed: elapsed)
    }

    private func report(
        _ base: NumpyFile, _ documentsPerSecond: Double, _ runs: [(name: String, connections: Int, summary: LatencySummary)]
    ) {
        if json {
            let points: [JSONValue] = runs.map { run in
                [
                    "path": .string(run.name), "connections": .int(run.connections),
                    "qps": .double(run.summary.queriesPerSecond), "mean_ms": .double(run.summary.meanMilliseconds),
                    "p50_ms": .double(run.summary.p50Milliseconds), "p99_ms": .double(run.summary.p99Milliseconds),
                ]
            }
            let result: JSONValue = [
                "vectors": .int(base.rows), "dimensions": .int(base.columns), "k": .int(k),
                "num_candidates": .int(numCandidates), "documents_per_second": .double(documentsPerSecond),
                "runs": .array(points),
            ]
            return print(String(decoding: result.serialized(), as: UTF8.self))
        }
        print(
            "\(base.rows) × \(base.columns), k \(k), num_candidates \(numCandidates); "
                + String(format: "%.0f documents/s indexed over HTTP", documentsPerSecond))
        var table = TextTable(header: ["", "connections", "QPS", "mean ms", "p50 ms", "p99 ms"])
        for run in runs {
            table.rows.append([
                run.name, String(run.connections), String(format: "%.0f", run.summary.queriesPerSecond),
                String(format: "%.3f", run.summary.meanMilliseconds), String(format: "%.3f", run.summary.p50Milliseconds),
                String(format: "%.3f", run.summary.p99Milliseconds),
            ])
        }
        print(table.text)
    }
}
