internal import ArgumentParser
internal import Foundation
internal import JSON

struct SearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Search an index of a running node by words or by a picture.",
        discussion: """
            The index has the shape that `clipsearch import` gives it. Quote what has spaces. \
            Example: clipsearch search --index sample-images "a mountain covered in snow"
            """)

    @Argument(help: "What the pictures should show.")
    var words: String?

    @Option(help: "A picture to find similar ones to, instead of words.")
    var image: String?

    @Option(help: "The index.")
    var index: String

    @Option(help: "The node's address.")
    var url = "http://127.0.0.1:9200"

    @Option(help: "The model that embedded the index's pictures; its text side reads the words.")
    var model = "compact"

    @Option(help: "How many hits to show.")
    var size = 10

    func validate() throws {
        if (words == nil) == (image == nil) { throw ValidationError("Give either words or --image.") }
        if words?.allSatisfy(\.isWhitespace) == true { throw ValidationError("The words are empty.") }
        if !(1...10_000).contains(size) { throw ValidationError("--size is 1 to 10000.") }
    }

    func run() async throws {
        let client = ElasticsearchClient(url: url)
        let content = image.map { QueryContent.image($0) } ?? .words(words ?? "")
        let vector = try await content.vector(model: model, client)
        let body: JSONValue = [
            "knn": [
                "field": "image_embedding", "query_vector": .floats(vector), "k": .int(size),
                "num_candidates": .int(min(10_000, max(100, size))),
            ],
            "size": .int(size), "_source": false, "fields": ["relative_path", "caption"],
        ]
        let answer = try await client.call("POST", "/\(ElasticsearchClient.escaped(index))/_search", body)
        var table = TextTable(header: ["score", "picture", "caption"])
        let hits = answer.root.object?["hits"]?.object?["hits"]?.array
        for hit in hits.map(Array.init) ?? [] {
            guard let hit = hit.object else { continue }
            let fields = hit["fields"]?.object
            let first = { (name: String) in fields?[name]?.array?.first { _ in true }?.string }
            table.rows.append([
                String(format: "%.4f", hit["_score"]?.double ?? 0), first("relative_path") ?? hit["_id"]?.string ?? "",
                first("caption") ?? "",
            ])
        }
        print(table.rows.isEmpty ? "No hits: does the index hold pictures that `clipsearch import` brought?" : table.text)
    }
}
