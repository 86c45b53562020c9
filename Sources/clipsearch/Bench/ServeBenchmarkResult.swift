internal import Foundation
internal import JSON

/// What `ServeBenchmark` saw.
struct ServeBenchmarkResult {
    struct Run {
        var path: String
        var connections: Int
        var latencies: LatencySummary
        var isSearch = true
    }

    var vectors: Int
    var dimensions: Int
    var k: Int
    var candidates: Int
    var documentsPerSecond: Double
    /// Of the k nearest, over the first queries.
    var recall: Double
    var runs: [Run]

    var json: JSONValue {
        [
            "vectors": .int(vectors), "dimensions": .int(dimensions), "k": .int(k), "num_candidates": .int(candidates),
            "documents_per_second": .double(documentsPerSecond), "recall": .double(recall),
            "runs": .array(
                runs.map { run in
                    [
                        "path": .string(run.path), "connections": .int(run.connections),
                        "qps": .double(run.latencies.queriesPerSecond), "mean_ms": .double(run.latencies.meanMilliseconds),
                        "p50_ms": .double(run.latencies.p50Milliseconds), "p99_ms": .double(run.latencies.p99Milliseconds),
                    ]
                }),
        ]
    }

    var text: String {
        var table = TextTable(header: ["", "connections", "recall@\(k)", "QPS", "mean ms", "p50 ms", "p99 ms"])
        table.rows = runs.map { run in
            [
                run.path, String(run.connections), run.isSearch ? String(format: "%.4f", recall) : "",
                String(format: "%.0f", run.latencies.queriesPerSecond),
                String(format: "%.3f", run.latencies.meanMilliseconds),
                String(format: "%.3f", run.latencies.p50Milliseconds),
                String(format: "%.3f", run.latencies.p99Milliseconds),
            ]
        }
        return "\(vectors) × \(dimensions), k \(k), num_candidates \(candidates); "
            + String(format: "%.0f documents/s indexed over HTTP\n", documentsPerSecond) + table.text
    }
}
