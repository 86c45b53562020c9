internal import ArgumentParser
internal import ElasticsearchAPI
internal import Files
internal import Foundation
internal import JSON

struct SearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Search an index of a running node by words, by pictures, or by both.",
        discussion: """
            The index has the shape that `clipsearch import` gives it. Quote what has spaces. \
            Example: clipsearch search --index sample-images "a mountain covered in snow". \
            Several things are searched for at once, and may have weights: \
            clipsearch search --index sample-images "red flower" --image meadow.jpg^0.6 --without rose^0.4. \
            As on the page, words behind a minus are not wanted, and count 0.4 against the others: "flower -rose".
            """)

    @Argument(help: "What the pictures should show, and behind a minus what not: \"flower -rose\".")
    var words: String?

    @Option(help: "A picture to find similar ones to. May be given more than once.")
    var image: [String] = []

    @Option(help: "Words for what the pictures should not show. May be given more than once.")
    var without: [String] = []

    @Option(help: "A picture that the pictures should not be like. May be given more than once.")
    var withoutImage: [String] = []

    @Option(help: "The index.")
    var index: String

    @OptionGroup var node: NodeOptions

    @Option(help: "The model that embedded the index's pictures; its text side reads the words.")
    var model = "compact"

    @Option(help: "How many hits to show.")
    var size = 10

    @Option(help: "The least similarity of a hit: a cosine, or auto for what was measured of the model.")
    var similarity: String?

    func validate() throws {
        if words == nil, image.isEmpty { throw ValidationError("Give words, or --image, or both.") }
        if words?.allSatisfy(\.isWhitespace) == true { throw ValidationError("The words are empty.") }
        let asked = words.map { SearchWords($0, hasOthers: !image.isEmpty) }
        let written = [asked?.wanted].compactMap { $0 } + (asked?.unwanted ?? []) + without
        for text in written + (image + withoutImage).filter({ !Path.isFile($0) }) where WeightedText.isMisspelled(text) {
            throw ValidationError("\(text): behind ^ stands a weight, a number above 0, as in rose^0.4.")
        }
        if !(1...10_000).contains(size) { throw ValidationError("--size is 1 to 10000.") }
        if let similarity, similarity != "auto", Float(similarity).map({ (-1...1).contains($0) }) != true {
            throw ValidationError("--similarity is auto, or -1 to 1.")
        }
    }

    private var query: WeightedQuery {
        var query = WeightedQuery()
        if let words { query.add(SearchWords(words, hasOthers: !image.isEmpty)) }
        for path in image { query.add(image: path, exists: Path.isFile) }
        for words in without { query.add(words: words, sign: -1) }
        for path in withoutImage { query.add(image: path, sign: -1, exists: Path.isFile) }
        return query
    }

    func run() async throws {
        let client = node.client(), query = query
        let suggested = try await MeasuredModel(model, client).cutOff(query.kind)
        if similarity == "auto", suggested == nil {
            throw ValidationError("Nothing was measured of \(model) for such a query: give --similarity a number.")
        }
        let vector = try await query.vector(model: model, client)
        var knn: JSONMembers = [
            "field": "image_embedding", "query_vector": .floats(vector), "k": .int(size),
            "num_candidates": .int(min(10_000, max(100, size))),
        ]
        knn["similarity"] = similarity.flatMap { Float($0) ?? suggested }.map { .float($0) }
        let body: JSONValue = ["knn": .object(knn), "size": .int(size), "_source": false, "fields": ["relative_path", "caption"]]
        let answer = try await client.call("POST", "/\(ElasticsearchClient.escaped(index))/_search", body)
        var table = TextTable(header: ["score", "picture", "caption"]), best = 0.0
        let hits = answer.root.object?["hits"]?.object?["hits"]?.array
        for hit in hits.map(Array.init) ?? [] {
            guard let hit = hit.object else { continue }
            let fields = hit["fields"]?.object
            let first = { (name: String) in fields?[name]?.array?.first { _ in true }?.string }
            best = max(best, hit["_score"]?.double ?? 0)
            table.rows.append([
                String(format: "%.4f", hit["_score"]?.double ?? 0), first("relative_path") ?? hit["_id"]?.string ?? "",
                first("caption") ?? "",
            ])
        }
        if table.rows.isEmpty {
            print(
                similarity == nil
                    ? "No hits: does the index hold pictures that `clipsearch import` brought? Semantic fields are searched by `match`, or on the page."
                    : "Nothing in the index is as much like that.")
            return
        }
        // A cosine's score is (1 + cosine) / 2.
        if similarity == nil, let suggested, best < (1 + Double(suggested)) / 2 {
            print("Nothing in the index is much like that; these are the nearest.")
        }
        print(table.text)
    }
}
