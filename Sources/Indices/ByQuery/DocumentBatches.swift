internal import Query
internal import Shards

/// Documents that are read batch by batch, here or on another node.
public protocol DocumentBatches: Sendable {
    /// How many there are.
    var total: Int { get }

    /// - Returns: at most so many; none at the end.
    mutating func next(_ limit: Int) async throws -> [StoredDocument]

    /// Lets go of what is held for the batches.
    func close() async
}

/// The documents of this node that a search finds, as they were when it began.
struct LocalDocumentBatches: DocumentBatches {
    private var scan: DocumentScan
    private let includesSource: Bool

    var total: Int { scan.count }

    /// - Parameters:
    ///   - slice: only this part of what is found; nil: all.
    ///   - includesSource: deletes need no sources.
    /// - Throws: `IndicesError`, `ShardError`.
    init(_ search: Search, _ coordinator: SearchCoordinator, _ slice: Slice? = nil, includesSource: Bool) async throws {
        self.includesSource = includesSource
        if let slice { try coordinator.check(slices: slice.count) }
        let search = try await coordinator.rewriter.rewrite(slice.map(search.sliced) ?? search)
        let (targets, failures) = try coordinator.targets(of: search)
        if let failure = failures.first { throw failure.error }
        scan = try await unwrappingFailures { try await DocumentScan(targets) }
    }

    mutating func next(_ limit: Int) async throws -> [StoredDocument] {
        let page = scan.next(limit)
        var documents: [StoredDocument] = []
        documents.reserveCapacity(page.count)
        var rest = page[...]
        while let shard = rest.first?.shard {
            let run = rest.prefix { $0.shard == shard }
            rest = rest.dropFirst(run.count)
            let target = scan.targets[shard]
            documents += try target.view.documents(run.map(\.ordinal), includingSource: includesSource).map {
                StoredDocument($0, index: target.index.name)
            }
        }
        return documents
    }

    func close() async {}
}
