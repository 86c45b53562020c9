internal import ElasticsearchAPI
internal import Foundation
internal import JSON

/// Brings a folder's pictures into an index of a running node: embeds them there, and sends the documents in bulks.
struct ImageImporter {
    struct Summary: Sendable, Equatable {
        var imported = 0
        var unchanged = 0
        var failed: [Failure] = []
    }

    struct Failure: Sendable, Equatable {
        var relativePath: String
        var reason: String
    }

    /// Pictures in one `_infer` and one `_bulk`: enough for the encoder's batches, few enough to report progress.
    private static let batchSize = 32
    /// Batches under way: while the node embeds one, the next is read and sent.
    private static let concurrentBatches = 2

    let client: ElasticsearchClient
    let index: String
    let model: String
    /// Whether the node gets small copies to show. The pictures stay where they are.
    var sendsThumbnails = true

    /// - Parameter progress: told, in order, the totals after each batch.
    /// - Throws: `ImportError`, `ClientError`; a picture that cannot be embedded is no error but in the summary.
    func run(_ folder: ImageFolder, progress: (Summary, _ total: Int) -> Void) async throws -> Summary {
        let files = try folder.files()
        let captions = Captions()
        if files.isEmpty { throw ImportError.noPictures(folder.path) }
        var exists = try await client.send("HEAD", "/" + ElasticsearchClient.escaped(index)).status == 200
        var summary = Summary()
        progress(summary, files.count)

        var batches = stride(from: 0, to: files.count, by: Self.batchSize)
            .map { Array(files[$0..<min($0 + Self.batchSize, files.count)]) }[...]
        // The index is made from the first vector that comes: only the model knows its length.
        while !exists, let batch = batches.popFirst() {
            let embedded = try await embed(try images(batch, captions, &summary), skippingStored: false)
            if let dimensions = embedded.documents.first?.embedding.count {
                try await createIndex(dimensions: dimensions)
                exists = true
            }
            try await store(embedded, &summary)
            progress(summary, files.count)
        }
        try await withThrowingTaskGroup(of: Embedded.self) { group in
            for _ in 0..<Self.concurrentBatches {
                try startNext(of: &batches, captions, &summary, in: &group)
            }
            while let embedded = try await group.next() {
                try startNext(of: &batches, captions, &summary, in: &group)
                try await store(embedded, &summary)
                progress(summary, files.count)
            }
        }
        if exists { _ = try await client.call("POST", "/\(ElasticsearchClient.escaped(index))/_refresh") }
        return summary
    }

    private struct Embedded: Sendable {
        var documents: [(image: ImportedImage, embedding: [Float])] = []
        var unchanged = 0
        var failed: [Failure] = []
    }

    private func startNext(
        of batches: inout ArraySlice<[ImageFolder.File]>, _ captions: Captions, _ summary: inout Summary,
        in group: inout ThrowingTaskGroup<Embedded, any Error>
    ) throws {
        guard let batch = batches.popFirst() else { return }
        let images = try images(batch, captions, &summary)
        group.addTask { try await embed(images, skippingStored: true) }
    }

    private func images(
        _ files: [ImageFolder.File], _ captions: Captions, _ summary: inout Summary
    ) throws -> [ImportedImage] {
        try files.compactMap { file in
            let fields = try captions.fields(for: file)
            do {
                return try ImportedImage(file, captions: fields)
            } catch {
                summary.failed.append(Failure(relativePath: file.relativePath, reason: "\(error)"))
                return nil
            }
        }
    }

    private func embed(_ images: [ImportedImage], skippingStored: Bool) async throws -> Embedded {
        var embedded = Embedded()
        var wanted = images
        if skippingStored {
            let stored = try await storedHashes(images.map(\.id))
            wanted = images.filter { stored[$0.id] != [$0.contentHash, $0.imageHash] }
            embedded.unchanged = images.count - wanted.count
        }
        guard !wanted.isEmpty else { return embedded }
        if case .success(let vectors) = try await infer(wanted) {
            embedded.documents = Array(zip(wanted, vectors))
            return embedded
        }
        // One picture that cannot be read fails its whole request, so each is asked for alone to find it.
        for image in wanted {
            switch try await infer([image]) {
            case .success(let vectors): embedded.documents += vectors.map { (image, $0) }
            case .failure(let refusal):
                embedded.failed.append(Failure(relativePath: image.file.relativePath, reason: refusal.reason))
            }
        }
        return embedded
    }

    private struct Refusal: Error {
        var reason: String
    }

    private func infer(_ images: [ImportedImage]) async throws -> Result<[[Float]], Refusal> {
        let body: JSONValue = ["docs": .array(images.map { ["image_field": .string($0.dataURI)] })]
        let path = "/_ml/trained_models/\(ElasticsearchClient.escaped(model))/_infer?timeout=10m"
        let answer = try await client.send("POST", path, body: body.serialized())
        guard answer.status == 200 else {
            // Nothing else is the pictures' fault.
            guard answer.status == 400 || answer.status == 413 else {
                throw ClientError.refused(request: "_infer", reason: answer.reason)
            }
            return .failure(Refusal(reason: answer.reason))
        }
        let results = answer.document?.root.object?["inference_results"]?.array ?? nil
        let vectors = results?.compactMap { $0.object?["predicted_value"]?.array?.floats() } ?? []
        guard vectors.count == images.count else { throw ClientError.unexpectedAnswer(request: "_infer") }
        return .success(vectors)
    }

    private func storedHashes(_ ids: [String]) async throws -> [String: [String?]] {
        let body: JSONValue = [
            "query": ["ids": ["values": .array(ids.map { .string($0) })]], "size": .int(ids.count), "_source": false,
            "fields": ["content_hash", "image_hash"],
        ]
        let answer = try await client.call("POST", "/\(ElasticsearchClient.escaped(index))/_search", body)
        var hashes: [String: [String?]] = [:]
        let hits = answer.root.object?["hits"]?.object?["hits"]?.array
        for hit in hits.map(Array.init) ?? [] {
            guard let hit = hit.object, let id = hit["_id"]?.string else { continue }
            hashes[id] = ["content_hash", "image_hash"].map {
                hit["fields"]?.object?[$0]?.array?.first { _ in true }?.string
            }
        }
        return hashes
    }

    private func createIndex(dimensions: Int) async throws {
        let body: JSONValue = ["mappings": PictureDocument.mapping(dimensions: dimensions, model: model)]
        _ = try await client.call("PUT", "/" + ElasticsearchClient.escaped(index), body)
    }

    /// A picture whose copy is refused is found all the same.
    private func sendThumbnails(_ images: [ImportedImage]) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for image in images {
                group.addTask {
                    guard let thumbnail = image.thumbnail else { return }
                    let path = "/\(ElasticsearchClient.escaped(index))/_image/_thumbnail/\(image.imageHash)"
                    _ = try await client.send("PUT", path, body: thumbnail, contentType: "application/octet-stream")
                }
            }
            try await group.waitForAll()
        }
    }

    private func store(_ embedded: Embedded, _ summary: inout Summary) async throws {
        summary.unchanged += embedded.unchanged
        summary.failed += embedded.failed
        guard !embedded.documents.isEmpty else { return }
        // Before the documents, so that whoever finds one finds its picture.
        if sendsThumbnails { try await sendThumbnails(embedded.documents.map(\.image)) }
        var lines: [UInt8] = []
        for (image, embedding) in embedded.documents {
            lines += (["index": ["_id": .string(image.id)]] as JSONValue).serialized() + [UInt8(ascii: "\n")]
            lines += image.document(embedding: embedding).serialized() + [UInt8(ascii: "\n")]
        }
        let path = "/\(ElasticsearchClient.escaped(index))/_bulk"
        let answer = try await client.send("POST", path, body: lines, contentType: "application/x-ndjson")
        guard answer.status == 200, let items = answer.document?.root.object?["items"]?.array else {
            throw ClientError.refused(request: "_bulk", reason: answer.reason)
        }
        for (item, stored) in zip(items, embedded.documents) {
            if let error = item.object?["index"]?.object?["error"]?.object {
                let reason = error["reason"]?.string ?? "refused"
                summary.failed.append(Failure(relativePath: stored.image.file.relativePath, reason: reason))
            } else {
                summary.imported += 1
            }
        }
        // An index of another shape refuses all of them, and would go on to.
        if summary.imported == 0, summary.failed.count >= items.count, let failure = summary.failed.last {
            throw ClientError.refused(request: "_bulk", reason: failure.reason)
        }
    }
}
