internal import JSON

/// Moves an index of another Elasticsearch or ClipSearch over: mapping, settings that apply, aliases, and documents with their vectors.
///
/// Documents keep their ids, routings and versions: run again, it writes only what is missing or has changed.
struct IndexMigration {
    struct Summary: Equatable {
        var moved = 0
        /// Those that are here already, in the same version or a newer one.
        var unchanged = 0
        var failed: [ImageImporter.Failure] = []
        /// Small copies of pictures that were brought over.
        var thumbnails = 0
        /// Settings that the target does not know.
        var droppedSettings: [String] = []

        var count: Int { moved + unchanged + failed.count }
    }

    let source: ElasticsearchClient
    let sourceIndex: String
    let target: ElasticsearchClient
    let targetIndex: String
    var pageSize = 200
    var bringsThumbnails = true

    /// - Throws: `ImportError.migration`, `ClientError`.
    func run(progress: (Summary, _ total: Int) -> Void = { _, _ in }) async throws -> Summary {
        var summary = Summary()
        summary.droppedSettings = try await makeIndex()
        var documents = try await SourceDocuments(sourceIndex, client: source, pageSize: pageSize)
        do {
            try await move(&documents, &summary, progress)
        } catch {
            await documents.close()
            throw error
        }
        await documents.close()
        _ = try await target.call("POST", "/\(ElasticsearchClient.escaped(targetIndex))/_refresh")
        return summary
    }

    private func move(_ documents: inout SourceDocuments, _ summary: inout Summary, _ progress: (Summary, _ total: Int) -> Void) async throws {
        let thumbnails = ThumbnailMigration(source: source, sourceIndex: sourceIndex, target: target, targetIndex: targetIndex)
        var page = try await documents.next()
        while !page.isEmpty {
            // The next is read while this one is written.
            let current = page
            // Before the documents, so that whoever finds one finds its picture.
            if bringsThumbnails { summary.thumbnails += try await thumbnails.run(current) }
            async let refusals = write(current)
            page = try await documents.next()
            for (document, refusal) in zip(current, try await refusals) {
                switch refusal {
                case nil: summary.moved += 1
                case let refusal? where refusal.status == 409: summary.unchanged += 1
                case let refusal?: summary.failed.append(.init(relativePath: document.id, reason: refusal.reason))
                }
            }
            progress(summary, documents.total ?? summary.count)
        }
    }

    private func write(_ documents: [SourceDocuments.Document]) async throws -> [BulkWriter.Refusal?] {
        try await BulkWriter(client: target, index: targetIndex).write(
            documents.map { document in
                var action: JSONMembers = ["_id": .string(document.id), "version": .int(document.version), "version_type": "external"]
                action["routing"] = document.routing.map { .string($0) }
                return .init(action: ["index": .object(action)], source: document.source)
            })
    }

    /// - Returns: the settings that were left out because the target does not know them.
    private func makeIndex() async throws -> [String] {
        let path = "/" + ElasticsearchClient.escaped(targetIndex)
        let there = try await target.send("HEAD", path)
        if there.status == 200 { return [] }
        guard there.status == 404 else { throw ClientError.refused(request: "HEAD \(path)", reason: there.reason) }
        let answer = try await source.call("GET", "/\(ElasticsearchClient.escaped(sourceIndex))?flat_settings=true")
        guard let root = answer.root.object else { throw ClientError.unexpectedAnswer(request: "GET /\(sourceIndex)") }
        let index = try SourceIndex(sourceIndex, root)
        var dropped: [String] = []
        while true {
            let made = try await target.send("PUT", path, body: index.body(named: targetIndex, without: dropped).serialized())
            if made.status == 200 { return dropped }
            // Plugins and newer versions have settings that are not known here, each of which is told by name.
            guard let unknown = index.settings.first(where: { !dropped.contains($0.key) && made.reason.contains("unknown setting [\($0.key)]") }) else {
                throw ClientError.refused(request: "PUT \(path)", reason: made.reason)
            }
            dropped.append(unknown.key)
        }
    }
}
