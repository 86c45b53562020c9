public import Logging
public import Mapping

/// All indices of a node: what the REST API's verbs are carried out on.
///
/// Safe to use from any task. Opening an index reads its metadata and opens its shards; deleting one closes them, and may
/// fail searches of it that are under way.
public final class IndexRegistry: Sendable {
    /// Turns a text into a query vector with a model: what `query_vector_builder.text_embedding` needs.
    public typealias TextEmbedding = @Sendable (_ modelID: String, _ text: String) async throws -> [Float]

    public let directory: DataDirectory
    let embedText: TextEmbedding
    let log: Logger
    let contexts = SearchContexts()
    /// What goes on for longer than a request.
    public let tasks: TaskRegistry
    private let indices = IndexTable()

    /// Opens every index of the directory.
    ///
    /// - Throws: `IndicesError`, `ShardError`: a damaged index is an error that names its file, not an index left out.
    public init(
        opening directory: DataDirectory, log: Logger, embedText: @escaping TextEmbedding
    ) async throws {
        self.directory = directory
        self.log = log
        self.embedText = embedText
        tasks = TaskRegistry(nodeID: directory.nodeID)
        for path in try directory.indexPaths() {
            try indices.add(await Index(opening: path, log: log))
        }
    }

    /// Makes every graph's checkpoint, closes the shards, and lets go of the directory. Later calls find no index.
    public func close() async {
        await tasks.cancelAll()
        contexts.closeAll(.scroll)
        contexts.closeAll(.pointInTime)
        for index in await indices.close() { await index.close() }
        directory.release()
    }

    // MARK: Indices

    /// - Throws: `IndicesError.invalidIndexName`, `.indexAlreadyExists`, `.file`.
    @discardableResult
    public func createIndex(
        _ name: String, settings: IndexSettings = IndexSettings(), mapping: Mapping = Mapping()
    ) async throws -> IndexMetadata {
        try IndexName.validate(name)
        let metadata = IndexMetadata(name: name, settings: settings, mapping: mapping)
        try await indices.create(metadata) { [directory, log] in
            try await Index(creating: metadata, in: directory.path(ofIndex: metadata.uuid), log: log)
        }
        return metadata
    }

    /// - Throws: `IndicesError.indexNotFound`; nothing is deleted then. `.file`.
    public func deleteIndices(_ expression: IndexExpression) async throws {
        for index in try resolve(expression) {
            try await indices.delete(index)
            contexts.closeAll(of: index)
            await index.discard()
        }
    }

    /// Whether every name exists and every pattern matches something.
    public func exists(_ expression: IndexExpression) -> Bool {
        let strict = IndexExpression(expression.patterns, allowsNone: expression.patterns.isEmpty)
        return (try? resolve(strict)) != nil
    }

    /// - Throws: `IndicesError.indexNotFound`.
    public func metadata(_ expression: IndexExpression) throws -> [IndexMetadata] {
        try resolve(expression).map(\.metadata)
    }

    /// Merges `mapping` into each index's.
    ///
    /// - Throws: `IndicesError.indexNotFound`, `.mapping`.
    public func putMapping(_ mapping: Mapping, on expression: IndexExpression) throws {
        let targets = try resolve(expression)
        for index in targets { try index.checkMerging(mapping) }
        for index in targets { try index.mergeMapping(mapping) }
    }

    // MARK: Documents

    /// Carries out writes in order, an index that does not exist is made by its first `index` or `create`.
    ///
    /// Every operation has its own result; one that is refused leaves nothing behind and stops no other.
    /// All that succeed are durable on return.
    public func write(_ operations: [WriteOperation], refresh: RefreshPolicy = .none) async -> [Result<WriteResult, any Error>] {
        var results = [Result<WriteResult, any Error>?](repeating: nil, count: operations.count)
        var byIndex: [String: [Int]] = [:]
        for (position, operation) in operations.enumerated() { byIndex[operation.index, default: []].append(position) }
        for (name, positions) in byIndex {
            do {
                let index = try await self.index(toWrite: name, for: positions.map { operations[$0] })
                let written = await index.write(positions.map { operations[$0] }, refresh: refresh)
                for (position, result) in zip(positions, written) { results[position] = result }
            } catch {
                for position in positions {
                    results[position] = .failure(operations[position].refusal ?? error)
                }
            }
        }
        return results.map { $0 ?? .failure(IndicesError.stopping) }
    }

    /// A document by its id, in real time; nil if there is none.
    ///
    /// - Throws: `IndicesError.indexNotFound`, `ShardError`.
    public func document(_ id: String, in name: String, routing: String? = nil) throws -> StoredDocument? {
        guard let index = index(name) else { throw IndicesError.indexNotFound(name) }
        return try index.document(id, routing: routing)
    }

    /// A document as a request asks for it; nil if there is none.
    ///
    /// - Throws: `IndicesError`, `ShardError`.
    public func document(_ request: DocumentRequest) async throws -> FetchedDocument? {
        guard let index = index(request.index) else { throw IndicesError.indexNotFound(request.index) }
        return try await index.document(request)
    }

    // MARK: Maintenance

    /// Makes all writes until now visible to searches.
    public func refresh(_ expression: IndexExpression) async throws -> ShardCounts {
        try await forEach(expression) { try await $0.refresh() }
    }

    /// Makes the graphs' checkpoints, so that the next start has nothing to insert again.
    public func flush(_ expression: IndexExpression) async throws -> ShardCounts {
        try await forEach(expression) { try await $0.flush() }
    }

    /// Purges what deleted documents left, and brings vectors into the form that searches are fastest on.
    public func forceMerge(_ expression: IndexExpression, _ request: ForceMerge) async throws -> ShardCounts {
        try await forEach(expression) { try await $0.forceMerge(request) }
    }

    public func statistics(_ expression: IndexExpression) throws -> [IndexStatistics] {
        try resolve(expression).map { $0.statistics() }
    }

    public func health(_ expression: IndexExpression = .all) throws -> ClusterHealth {
        let settings = try resolve(expression).map(\.metadata.settings)
        let unassigned = settings.reduce(0) { $0 + $1.numberOfShards * $1.numberOfReplicas }
        return ClusterHealth(
            clusterName: "clipsearch", primaryShards: settings.reduce(0) { $0 + $1.numberOfShards },
            unassignedShards: unassigned, status: unassigned == 0 ? .green : .yellow)
    }

    // MARK: Finding indices

    func index(_ name: String) -> Index? {
        indices[name]
    }

    func resolve(_ expression: IndexExpression) throws(IndicesError) -> [Index] {
        let open = indices.open
        return try expression.resolve(among: Array(open.keys)).compactMap { open[$0] }
    }

    private func index(toWrite name: String, for operations: [WriteOperation]) async throws -> Index {
        if let index = index(name) { return index }
        guard operations.contains(where: { $0.createsIndex }) else {
            throw IndicesError.indexNotFound(name)
        }
        do {
            try await createIndex(name)
        } catch IndicesError.indexAlreadyExists {
            // Another writer was faster.
            await indices.settle(name)
        }
        guard let index = index(name) else { throw IndicesError.indexNotFound(name) }
        return index
    }

    private func forEach(
        _ expression: IndexExpression, _ body: (Index) async throws -> Void
    ) async throws -> ShardCounts {
        let targets = try resolve(expression)
        for index in targets { try await body(index) }
        return ShardCounts(total: targets.reduce(0) { $0 + $1.shards.count })
    }
}

extension WriteOperation {
    /// Deletes with a version of the client's own leave it behind, so they make the index too, as in Elasticsearch.
    fileprivate var createsIndex: Bool { (action != .delete || version != nil) && refusal == nil }

    /// Why the operation is refused where there is no index of its name.
    fileprivate var refusal: IndicesError? {
        if requiresAlias { return .aliasRequired(index) }
        if requiresDataStream { return .dataStreamRequired(index) }
        guard action == .update, let update, update.upsert == nil, !update.upsertsDocument else { return nil }
        return .documentMissing(id: id ?? "", index: index, uuid: "_na_")
    }
}
