internal import Files
internal import Indices
internal import JSON
internal import Query

/// Says of pictures which of some labels fits best, with a running node's model.
struct PictureClassifier: Sendable {
    struct Result: Sendable, Equatable {
        var picture: String
        /// The likeliest first; empty where the picture cannot be compared.
        var scores: [LabelClassifier.Score]
        /// Why there is none.
        var problem: String?
    }

    let client: ElasticsearchClient
    /// Nil: for a folder the one that comes with ClipSearch, for an index its own.
    let model: String?
    let labels: [String]
    /// With `{}` where a label is to stand.
    let prompt: String
    /// How many labels of each picture are told.
    let top: Int

    // MARK: Pictures of a folder

    private static let batch = 32
    private static let bundledModel = "compact"

    /// - Throws: `ImportError`, `ClientError`; a picture that cannot be read is among the results.
    func classify(_ folder: ImageFolder, _ told: (Result) throws -> Void) async throws {
        let files = try folder.files()
        if files.isEmpty { throw ImportError.noPictures(folder.path) }
        let model = model ?? Self.bundledModel
        let scale = try await MeasuredModel(model, client).logitScale
        var vectors: [[Float]] = []
        for label in labels {
            let text = QueryContent.words(LabelPrompt.text(of: label, in: prompt))
            vectors.append(try await text.vector(model: model, client))
        }
        let classifier = LabelClassifier(zip(labels, vectors).map { (label: $0, vector: $1) }, logitScale: scale)
        for start in stride(from: 0, to: files.count, by: Self.batch) {
            let batch = Array(files[start..<min(start + Self.batch, files.count)])
            for result in try await results(batch, classifier, model) { try told(result) }
        }
    }

    private func results(_ files: [ImageFolder.File], _ classifier: LabelClassifier, _ model: String) async throws -> [Result] {
        let contents = files.map { try? $0.contents() }
        let pictures = contents.compactMap { $0.map { PreparedPicture(input: .encoded($0), header: nil) } }
        var embedded = try await NodeEmbedder(client: client, model: model).embed(pictures).makeIterator()
        return zip(files, contents).map { file, bytes in
            guard bytes != nil, let vector = embedded.next() else {
                return Result(picture: file.relativePath, scores: [], problem: "cannot be read")
            }
            switch vector {
            case .success(let vector):
                let scores = classifier.scores(of: vector).map { Array($0.prefix(top)) }
                return Result(picture: file.relativePath, scores: scores ?? [], problem: scores == nil ? "cannot be compared" : nil)
            case .failure(let refusal): return Result(picture: file.relativePath, scores: [], problem: refusal.reason)
            }
        }
    }

    // MARK: Pictures of an index

    private static let page = 500

    /// - Parameter query: what is classified, in the syntax of `query_string`; nil: everything.
    /// - Throws: `ClientError`.
    func classify(index: String, query: String?, _ told: (Result) throws -> Void) async throws {
        let path = "/\(ElasticsearchClient.escaped(index))"
        let opened = try await client.call("POST", "\(path)/_pit?keep_alive=5m")
        guard var pointInTime = opened.root.object?["id"]?.string else { throw ClientError.unexpectedAnswer(request: "_pit") }
        var after: JSONValue?
        repeat {
            var body: JSONMembers = [
                "labels": .array(labels.map { .string($0) }), "prompt": .string(prompt), "top": .int(top),
                "size": .int(Self.page), "_source": false, "fields": ["relative_path"], "sort": ["_shard_doc"],
                "pit": ["id": .string(pointInTime), "keep_alive": "5m"], "track_total_hits": false,
            ]
            if let query { body["query"] = ["query_string": ["query": .string(query)]] }
            body["model"] = model.map { .string($0) }
            body["search_after"] = after
            let answer = try await client.call("POST", "\(path)/_classify", .object(body)).root.object
            pointInTime = answer?["pit_id"]?.string ?? pointInTime
            let hits = answer?["hits"]?.object?["hits"]?.array.map(Array.init) ?? []
            for hit in hits { try told(Self.result(JSONValue(hit))) }
            after = hits.last?.object?["sort"].map { JSONValue($0) }
            if hits.count < Self.page { after = nil }
        } while after != nil
        _ = try? await client.send("DELETE", "/_pit", body: (["id": .string(pointInTime)] as JSONValue).serialized())
    }

    private static func result(_ hit: JSONValue) -> Result {
        let name = hit["fields"]?["relative_path"]?.array?.first?.string ?? hit["_id"]?.string ?? ""
        let scores = (hit["classification"]?["top"]?.array ?? []).compactMap { entry -> LabelClassifier.Score? in
            guard let label = entry["label"]?.string, let probability = JSONValue.array([entry["score"] ?? .null]).floats?.first
            else { return nil }
            return LabelClassifier.Score(label: label, probability: probability)
        }
        return Result(picture: name, scores: scores, problem: scores.isEmpty ? "has no vector" : nil)
    }
}
