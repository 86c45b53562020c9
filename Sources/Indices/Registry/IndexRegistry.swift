import Foundation
public import Inference
public import JSON
public import Logging
public import Query
internal import Threads

/// All indices of a node: what the REST API's verbs are carried out on.
///
/// Safe to use from any task. Opening an index reads its metadata and opens its shards; deleting one closes them, and may
/// fail searches of it that are under way.
public final class IndexRegistry: Sendable {
    /// Turns a text into a query vector with a model: what `query_vector_builder.text_embedding` needs.
    public typealias TextEmbedding = @Sendable (_ modelID: String, _ text: String) async throws -> [Float]
    /// Reads a query that is kept as JSON: the filter of an alias.
    public typealias QueryReading = @Sendable (JSONValue) throws -> Query

    public let directory: DataDirectory
    /// Settings and templates.
    public let cluster: ClusterStore
    /// Scripts that requests name by their ids.
    public let scripts: StoredScripts
    /// Definitions of ingest pipelines, by id.
    public let pipelines: NamedObjects
    let embedText: TextEmbedding
    /// What inference endpoints ask; nil: there are none.
    let models: InferenceService?
    let readQuery: QueryReading
    let log: Logger
    let indices = IndexTable()
    /// Several indices are changed as one, and each change sees what the one before has made the index to write to.
    let aliasChanges = TaskLimiter(1)
    let contexts: SearchContexts
    /// Searches that outlive their requests.
    public let asyncSearches = AsyncSearches<SearchResponse>(maximumWeight: AsyncSearchLimits.maximumBytes, weight: \.approximateBytes)
    /// What goes on for longer than a request.
    public let tasks: TaskRegistry

    /// Finds every index of the directory, and opens them side by side.
    ///
    /// An index that cannot be opened keeps its name and is red; the log says why.
    ///
    /// - Parameters:
    ///   - inBackground: whether to return before all indices are open.
    ///   - readQuery: nil where no alias has a filter.
    ///   - models: what inference endpoints ask; nil: there are none.
    /// - Throws: `IndicesError` where the directory itself cannot be used.
    public init(
        opening directory: DataDirectory, log: Logger, inBackground: Bool = false, readQuery: QueryReading? = nil,
        models: InferenceService? = nil, embedText: @escaping TextEmbedding
    ) async throws {
        self.directory = directory
        self.log = log
        self.embedText = embedText
        self.models = models
        self.readQuery = readQuery ?? { _ in throw IndicesError.queryNotReadable }
        tasks = TaskRegistry(nodeID: directory.nodeID)
        let cluster = try ClusterStore(opening: directory.path + "/cluster.json")
        self.cluster = cluster
        contexts = SearchContexts(longest: { KeepAliveSettings.maximum(cluster.setting) })
        scripts = StoredScripts(try NamedObjects(reading: directory.path + "/scripts.json"))
        pipelines = try NamedObjects(reading: directory.path + "/pipelines.json")
        if let intent = cluster.metadata.aliasIntent {
            try intent.carryOut(in: directory)
            try cluster.change { (metadata) throws(IndicesError) in metadata.aliasIntent = nil }
        }
        for path in try directory.indexPaths() { find(path) }
        if !inBackground { await waitUntilRecovered(.everything, upTo: nil) }
    }

    /// Makes every graph's checkpoint, closes the shards, and lets go of the directory. Later calls find no index.
    public func close() async {
        await tasks.cancelAll()
        contexts.closeAll(.scroll)
        contexts.closeAll(.pointInTime)
        for index in await indices.close() { await index.close() }
        directory.release()
    }

    // MARK: Documents

    /// Carries out writes in order, an index that does not exist is made by its first `index` or `create`.
    ///
    /// Every operation has its own result; one that is refused leaves nothing behind and stops no other.
    /// All that succeed are durable on return.
    public func write(
        _ operations: [WriteOperation], refresh: RefreshPolicy = .none, requiring copies: CopyRequirement = CopyRequirement()
    ) async -> [Result<WriteResult, any Error>] {
        var results = [Result<WriteResult, any Error>?](repeating: nil, count: operations.count)
        let scripts = DocumentScripts(scripts, now: now)
        var byIndex: [String: [Int]] = [:]
        for (position, operation) in operations.enumerated() { byIndex[operation.index, default: []].append(position) }
        for (name, all) in byIndex {
            var positions = all
            if isNotAlias(name) {
                for position in all where operations[position].requiresAlias {
                    results[position] = .failure(IndicesError.aliasRequired(name))
                }
                positions = all.filter { !operations[$0].requiresAlias }
                if positions.isEmpty { continue }
            }
            do {
                let index = try await self.index(toWrite: name, for: positions.map { operations[$0] })
                var routed: [(position: Int, operation: WriteOperation)] = []
                for position in positions {
                    do {
                        routed.append((position, try self.routed(operations[position], in: index)))
                    } catch {
                        results[position] = .failure(error)
                    }
                }
                let written = await index.write(
                    routed.map(\.operation), scripts: scripts, embedder: contentEmbedder, refresh: refresh, requiring: copies)
                for (write, result) in zip(routed, written) { results[write.position] = result }
            } catch {
                for position in positions { results[position] = .failure(operations[position].refusal ?? error) }
            }
        }
        return results.map { $0 ?? .failure(IndicesError.stopping) }
    }

    /// A document by its id, in real time; nil if there is none.
    ///
    /// - Throws: `IndicesError.indexNotFound`, `ShardError`.
    public func document(_ id: String, in name: String, routing: String? = nil) throws -> StoredDocument? {
        let index = try single(name, for: .read)
        return try index.document(id, routing: routing ?? index.metadata.aliases[name]?.searchRouting)
    }

    /// A document as a request asks for it; nil if there is none.
    ///
    /// - Throws: `IndicesError`, `ShardError`.
    public func document(_ request: DocumentRequest) async throws -> FetchedDocument? {
        let index = try single(request.index, for: .read)
        var request = request
        request.routing = request.routing ?? index.metadata.aliases[request.index]?.searchRouting
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

    private func forEach(
        _ expression: IndexExpression, _ body: (Index) async throws -> Void
    ) async throws -> ShardCounts {
        let (slots, unavailable) = try available(try slots(expression))
        let targets = slots.compactMap(\.index)
        for index in targets { try await body(index) }
        return ShardCounts(
            total: targets.reduce(0) { $0 + $1.shards.count } + unavailable.count, unavailable: unavailable)
    }

    // MARK: Finding indices

    /// Milliseconds since 1970.
    var now: Int64 { Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)) }

    func index(_ name: String) -> Index? {
        indices[name]
    }

    /// The open indices that are meant, each once.
    ///
    /// - Throws: `IndicesError`: what `IndexExpression.resolve` throws, `.indexClosed`, `.indexUnavailable`.
    func resolve(_ expression: IndexExpression) throws(IndicesError) -> [Index] {
        var targets: [Index] = []
        for slot in try slots(expression) { targets.append(try slot.opened()) }
        return targets
    }
}

extension WriteOperation {
    /// Deletes with a version of the client's own leave it behind, so they make the index too, as in Elasticsearch.
    var createsIndex: Bool { (action != .delete || version != nil) && refusal == nil }

    /// Why the operation is refused where there is no index of its name.
    var refusal: IndicesError? {
        if requiresAlias { return .aliasRequired(index) }
        if requiresDataStream { return .dataStreamRequired(index) }
        guard action == .update, let update, update.upsert == nil, !update.upsertsDocument else { return nil }
        return .documentMissing(id: id ?? "", index: index, uuid: "_na_")
    }
}
