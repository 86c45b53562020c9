internal import JSON
internal import Query

/// Asks a running node labelled queries, and measures the order of what it finds.
struct RankingEvaluator: Sendable {
    struct Scores: Equatable, Sendable {
        var recall: Double
        var reciprocalRank: Double
        var normalizedGain: Double
    }

    let client: ElasticsearchClient
    let index: String
    let field: String
    let model: String
    /// How many hits of each query take part.
    let k: Int

    /// - Throws: `ImportError.file`, `ClientError`.
    func scores(of query: LabelledQuery) async throws -> Scores {
        let hits = try await hits(try await query.content.vector(model: model, client))
        // A picture has three names; its rating stands under any of them.
        let ranking = hits.map { names in names.lazy.compactMap { query.ratings[$0] }.first }
        let ratings = Array(query.ratings.values)
        func score(_ metric: RankingMetric) -> Double { metric.evaluate(ranking, ratings: ratings).score }
        return Scores(
            recall: score(.recall(k: k, threshold: 1)), reciprocalRank: score(.reciprocalRank(k: k, threshold: 1)),
            normalizedGain: score(.discountedGain(k: k, isNormalized: true)))
    }

    private func hits(_ vector: [Float]) async throws -> [[String]] {
        let body: JSONValue = [
            "knn": [
                "field": .string(field), "query_vector": .floats(vector), "k": .int(k),
                "num_candidates": .int(min(10_000, max(100, k))),
            ],
            "size": .int(k), "_source": false, "fields": Self.nameFields,
        ]
        return try await search(body)
    }

    /// The labelled pictures that the index does not hold: nothing can find them.
    ///
    /// - Throws: `ClientError`.
    func missing(_ queries: [LabelledQuery]) async throws -> [String] {
        let names = Set(queries.flatMap(\.ratings.keys)).sorted()
        var known: Set<String> = []
        for start in stride(from: 0, to: names.count, by: 1000) {
            let list = JSONValue.array(names[start..<min(start + 1000, names.count)].map { .string($0) })
            let body: JSONValue = [
                "query": [
                    "bool": [
                        "should": [
                            ["ids": ["values": list]], ["terms": ["relative_path": list]], ["terms": ["image_name": list]],
                        ]
                    ]
                ], "size": 10_000, "_source": false, "fields": Self.nameFields,
            ]
            for names in try await search(body) { known.formUnion(names) }
        }
        return names.filter { !known.contains($0) }
    }

    private static let nameFields: JSONValue = ["relative_path", "image_name"]

    /// The names of the hits: `_id`, path, file name.
    private func search(_ body: JSONValue) async throws -> [[String]] {
        let answer = try await client.call("POST", "/\(ElasticsearchClient.escaped(index))/_search", body)
        let hits = answer.root.object?["hits"]?.object?["hits"]?.array
        return hits.map(Array.init)?.compactMap { hit in
            guard let hit = hit.object, let id = hit["_id"]?.string else { return nil }
            let fields = hit["fields"]?.object
            let others = ["relative_path", "image_name"].compactMap { fields?[$0]?.array?.first { _ in true }?.string }
            return [id] + others
        } ?? []
    }
}
