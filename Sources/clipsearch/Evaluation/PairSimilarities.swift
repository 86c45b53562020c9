internal import JSON

/// The similarities of labelled queries and all pictures of an index.
struct PairSimilarities: Sendable {
    /// Of pairs of a query and a good answer to it, and of the others.
    var related: [Float] = [], unrelated: [Float] = []
    /// Pictures beyond those that are looked at for a query: the least alike.
    var unseen = 0
    /// By picture: the cosines of the queries in their order, and which of them it answers.
    private var byPicture: [String: (cosines: [Float], queries: [Int])] = [:]

    /// As many as one search may return.
    private static let limit = 10_000

    let client: ElasticsearchClient
    let index: String
    let field: String
    let model: String

    init(client: ElasticsearchClient, index: String, field: String, model: String) {
        self.client = client
        self.index = index
        self.field = field
        self.model = model
    }

    /// - Parameter number: of the query.
    /// - Throws: `ImportError.file`, `ClientError`.
    mutating func add(_ query: LabelledQuery, number: Int) async throws {
        let vector = try await query.content.vector(model: model, client)
        let body: JSONValue = [
            "size": .int(Self.limit), "_source": false, "fields": ["relative_path", "image_name"], "track_total_hits": true,
            "query": [
                "script_score": [
                    "query": ["exists": ["field": .string(field)]],
                    "script": [
                        "source": .string("cosineSimilarity(params.q, '\(field)') + 1.0"), "params": ["q": .floats(vector)],
                    ],
                ]
            ],
        ]
        let answer = try await client.call("POST", "/\(ElasticsearchClient.escaped(index))/_search", body)
        let hits = answer.root.object?["hits"]?.object
        var seen = 0
        for hit in hits?["hits"]?.array.map(Array.init) ?? [] {
            guard let hit = hit.object, let id = hit["_id"]?.string, let score = hit["_score"]?.double else { continue }
            seen += 1
            let fields = hit["fields"]?.object, cosine = Float(score - 1)
            let names = [id] + ["relative_path", "image_name"].compactMap { fields?[$0]?.array?.first { _ in true }?.string }
            if case .image(let path) = query.content, names.contains(where: { path == $0 || path.hasSuffix("/" + $0) }) {
                // A picture is not judged by itself.
                continue
            }
            let isRelated = names.contains { query.ratings[$0].map { $0 > 0 } ?? false }
            if isRelated { related.append(cosine) } else { unrelated.append(cosine) }
            var picture = byPicture[id] ?? ([], [])
            // Only pictures that every query saw can be compared by all.
            if picture.cosines.count == number { picture.cosines.append(cosine) }
            if isRelated { picture.queries.append(number) }
            byPicture[id] = picture
        }
        unseen += max(0, (hits?["total"]?.object?["value"]?.int ?? seen) - seen)
    }

    /// Pictures that answer one of the queries and no other, as examples of labels.
    func examples(queries: Int) -> [(cosines: [Float], label: Int)] {
        byPicture.values.compactMap { picture in
            guard picture.cosines.count == queries, picture.queries.count == 1 else { return nil }
            return (picture.cosines, picture.queries[0])
        }
    }
}
