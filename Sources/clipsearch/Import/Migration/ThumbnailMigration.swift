internal import ElasticsearchAPI
internal import JSON
internal import NIOCore
internal import Synchronization

/// Brings small copies of pictures over, from a node that has some to another that keeps them.
final class ThumbnailMigration: Sendable {
    /// Pictures that are asked for at a time.
    private static let width = 8

    private let source: ElasticsearchClient
    private let sourceIndex: String
    private let target: ElasticsearchClient
    private let targetIndex: String
    private let sender: ThumbnailSender
    /// One of the nodes turned out to know nothing of pictures, as Elasticsearch.
    private let isImpossible = Mutex(false)

    init(source: ElasticsearchClient, sourceIndex: String, target: ElasticsearchClient, targetIndex: String) {
        self.source = source
        self.sourceIndex = sourceIndex
        self.target = target
        self.targetIndex = targetIndex
        sender = ThumbnailSender(client: target, index: targetIndex)
    }

    /// Brings over what the documents' pictures have and the target lacks.
    ///
    /// - Returns: how many it sent.
    /// - Throws: `ClientError.unreachable`.
    func run(_ documents: [SourceDocuments.Document]) async throws -> Int {
        let pictures = documents.compactMap { document in
            document.source[PictureDocument.hashField]?.string.map { (document: document, hash: $0) }
        }
        var copies: [(hash: String, bytes: [UInt8])] = []
        for start in stride(from: 0, to: pictures.count, by: Self.width) where !isImpossible.withLock({ $0 }) {
            copies += try await lacking(pictures[start..<min(start + Self.width, pictures.count)])
        }
        try await sender.send(copies)
        return copies.count
    }

    /// What the source has of pictures that the target has not, asked for at a time.
    private func lacking(_ pictures: ArraySlice<(document: SourceDocuments.Document, hash: String)>) async throws -> [(hash: String, bytes: [UInt8])] {
        try await withThrowingTaskGroup(of: (hash: String, bytes: [UInt8])?.self) { group in
            for picture in pictures {
                group.addTask { [self] in try await copy(of: picture.document).map { (picture.hash, $0) } }
            }
            return try await group.reduce(into: []) { if let copy = $1 { $0.append(copy) } }
        }
    }

    private func copy(of document: SourceDocuments.Document) async throws -> [UInt8]? {
        let there = try await ask(target, "HEAD", targetIndex, document)
        guard there.status != 200, !isImpossible.withLock({ $0 }) else { return nil }
        let found = try await ask(source, "GET", sourceIndex, document)
        return found.status == 200 ? Array(found.body.readableBytesView) : nil
    }

    private func ask(
        _ client: ElasticsearchClient, _ method: String, _ index: String, _ document: SourceDocuments.Document
    ) async throws -> ElasticsearchClient.Answer {
        var path = "/\(ElasticsearchClient.escaped(index))/_image/\(ElasticsearchClient.escaped(document.id))/_thumbnail"
        if let routing = document.routing { path += "?routing=\(ElasticsearchClient.escaped(routing))" }
        let answer = try await client.send(method, path)
        // Elasticsearch has no such path.
        if [400, 405].contains(answer.status) { isImpossible.withLock { $0 = true } }
        return answer
    }
}
