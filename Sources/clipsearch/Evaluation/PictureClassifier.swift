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
    let model: String
    let labels: [String]
    /// With `{}` where a label is to stand.
    let prompt: String
    /// How many labels of each picture are told.
    let top: Int

    // MARK: Pictures of a folder

    private static let batch = 32

    /// - Throws: `ImportError`, `ClientError`; a picture that cannot be read is among the results.
    func classify(_ folder: ImageFolder, _ told: (Result) throws -> Void) async throws {
        let files = try folder.files()
        if files.isEmpty { throw ImportError.noPictures(folder.path) }
        let scale = try await MeasuredModel(model, client).logitScale
        let texts = labels.map { LabelPrompt.text(of: $0, in: prompt) }
        let vectors: [[Float]]
        switch try await client.infer(texts.map { ["text_field": .string($0)] }, model: model) {
        case .success(let found): vectors = found
        case .failure(let refusal): throw ClientError.refused(request: "_infer", reason: refusal.reason)
        }
        let classifier = LabelClassifier(zip(labels, vectors).map { (label: $0, vector: $1) }, logitScale: scale)
        for start in stride(from: 0, to: files.count, by: Self.batch) {
            let batch = Array(files[start..<min(start + Self.batch, files.count)])
            for result in try await results(batch, classifier) { try told(result) }
        }
    }

    private func results(_ files: [ImageFolder.File], _ classifier: LabelClassifier) async throws -> [Result] {
        let images = files.map { file in (file: file, image: try? ImportedImage(file, captions: [:])) }
        let readable = images.compactMap(\.image)
        var vectors: [String: [Float]] = [:], problems: [String: String] = [:]
        func ask(_ images: [ImportedImage]) async throws -> Bool {
            switch try await client.infer(images.map { ["image_field": .string($0.dataURI)] }, model: model) {
            case .success(let found):
                for (image, vector) in zip(images, found) { vectors[image.file.relativePath] = vector }
                return true
            case .failure(let refusal):
                for image in images { problems[image.file.relativePath] = refusal.reason }
                return false
            }
        }
        // One picture that cannot be read fails its whole request, so each is asked for alone to find it.
        if !readable.isEmpty, try await !ask(readable) {
            for image in readable { _ = try await ask([image]) }
        }
        return files.map { file in
            let scores = vectors[file.relativePath].flatMap(classifier.scores).map { Array($0.prefix(top)) }
            let problem = scores == nil ? problems[file.relativePath] ?? "cannot be read" : nil
            return Result(picture: file.relativePath, scores: scores ?? [], problem: problem)
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
                "labels": .array(labels.map { .string($0) }), "prompt": .string(prompt), "model": .string(model), "top": .int(top),
                "size": .int(Self.page), "_source": false, "fields": ["relative_path"], "sort": ["_shard_doc"],
                "pit": ["id": .string(pointInTime), "keep_alive": "5m"], "track_total_hits": false,
            ]
            if let query { body["query"] = ["query_string": ["query": .string(query)]] }
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
