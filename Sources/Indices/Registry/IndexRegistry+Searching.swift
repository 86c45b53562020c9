import Foundation
internal import JSON
internal import Mapping
public import Query
internal import Shards

extension IndexRegistry {
    /// - Throws: `IndicesError`, `ShardError`, or what the embedding of a query text throws.
    public func search(
        _ search: Search, in expression: IndexExpression, options: SearchOptions = SearchOptions()
    ) async throws -> SearchResponse {
        if let pointInTime = options.pointInTime {
            let content = try contexts.find(pointInTime.id, kind: .pointInTime, keepAlive: pointInTime.keepAlive)
            guard case .pointInTime(let shards) = content else {
                throw IndicesError.malformedContextID(pointInTime.id, kind: .pointInTime)
            }
            var coordinator = coordinator(shards, options)
            if let slice = search.slice, slice.basis == .id, slice.count > shards.count || shards.count == 1 {
                throw IndicesError.retrieval(.slicedByIDOfPointInTime)
            }
            coordinator.boosts = try boosts(search.indexBoosts, of: expression)
            var response = try await coordinator.run(search).response
            response.pointInTimeID = pointInTime.id
            return response
        }
        let (all, unavailable) = try shards(
            of: expression, routing: options.routing, allowsPartial: options.allowsPartialResults ?? allowsPartialResults)
        let shards = options.shardNumbers.map { numbers in all.filter { numbers.contains($0.number) } } ?? all
        var coordinator = coordinator(shards, options)
        coordinator.unavailable = unavailable
        coordinator.boosts = try boosts(search.indexBoosts, of: expression)
        guard let keepAlive = options.scroll else { return try await coordinator.run(search).response }
        return try await beginScroll(search, coordinator, keepAlive)
    }

    /// The next page of a scroll.
    ///
    /// - Parameter keepAlive: nil: as long as before.
    /// - Throws: `IndicesError.malformedContextID`, `.searchContextMissing`, `.keepAliveTooLong`, and as `search`.
    public func scroll(_ id: String, keepAlive: Duration?) async throws -> SearchResponse {
        guard case .scroll(let scroll) = try contexts.find(id, kind: .scroll, keepAlive: keepAlive) else {
            throw IndicesError.malformedContextID(id, kind: .scroll)
        }
        var response = try await scroll.next()
        response.scrollID = id
        return response
    }

    /// - Parameter ids: nil closes all.
    /// - Returns: how many were open.
    /// - Throws: `IndicesError.malformedContextID`.
    public func closeScrolls(_ ids: [String]?) throws -> Int {
        guard let ids else { return contexts.closeAll(.scroll) }
        return try contexts.close(ids, kind: .scroll)
    }

    /// Keeps the documents as searches see them now.
    ///
    /// - Returns: the id, and how many shards there are.
    /// - Throws: `IndicesError`.
    public func openPointInTime(
        _ expression: IndexExpression, routing: [String] = [], keepAlive: Duration
    ) throws -> (id: String, shards: ShardCounts) {
        let shards = try shards(of: expression, routing: routing, allowsPartial: false).shards
        let id = try contexts.open(.pointInTime(shards), keepAlive: keepAlive)
        return (id, ShardCounts(total: shards.count))
    }

    /// - Throws: `IndicesError.keepAliveTooLong`, of what could not hold a scroll or a point in time so long.
    public func checkContext(keepAlive: Duration) throws(IndicesError) { try contexts.check(keepAlive) }

    /// - Returns: whether it was open.
    /// - Throws: `IndicesError.malformedContextID`.
    public func closePointInTime(_ id: String) throws -> Bool {
        try contexts.close([id], kind: .pointInTime) > 0
    }

    private func beginScroll(
        _ search: Search, _ coordinator: SearchCoordinator, _ keepAlive: Duration
    ) async throws -> SearchResponse {
        for index in coordinator.shards.map(\.index) where search.size > index.metadata.settings.maximumResultWindow {
            throw IndicesError.scrollBatchTooLarge(
                requested: search.size, limit: index.metadata.settings.maximumResultWindow)
        }
        if let slice = search.slice { try coordinator.check(slices: slice.count) }
        var search = try await coordinator.rewriter.rewrite(search)
        search.trackTotalHits = .exactly
        let scroll = Scroll(search, coordinator)
        // Opened first: what is refused for their number costs nothing.
        let id = try contexts.open(.scroll(scroll), keepAlive: keepAlive)
        do {
            var response = try await scroll.next()
            response.scrollID = id
            return response
        } catch {
            _ = try? contexts.close([id], kind: .scroll)
            throw error
        }
    }

    /// The shards of some indices as searches see them now.
    ///
    /// - Parameters:
    ///   - routing: only the shards of these values; empty: all.
    ///   - allowsPartial: whether indices that cannot be opened are passed over where there are others.
    func shards(
        of expression: IndexExpression, routing: [String], allowsPartial: Bool
    ) throws -> (shards: [SearchShard], unavailable: [ShardFailure]) {
        let (indices, unavailable) = try searchable(
            expression, routing: routing.isEmpty ? nil : routing.joined(separator: ","), allowsPartial: allowsPartial)
        let shards = indices.flatMap { searched in
            searched.index.shards.enumerated().compactMap { number, shard in
                searched.shards?.contains(number) ?? true
                    ? SearchShard(index: searched.index, number: number, view: shard.view, filter: searched.filter) : nil
            }
        }
        let failures = unavailable.map { shard in
            ShardFailure(
                index: shard.index, shard: shard.shard, nodeID: directory.nodeID,
                error: IndicesError.indexUnavailable(name: shard.index, reason: "the shards of [\(shard.index)] are not available, see the server's log"))
        }
        return (shards, failures)
    }

    func coordinator(_ shards: [SearchShard], _ options: SearchOptions = SearchOptions()) -> SearchCoordinator {
        var rewriter = rewriter
        rewriter.defaultIndex = shards.first?.index.name
        var last: Index?
        for shard in shards where shard.index !== last {
            last = shard.index
            rewriter.semantic.mappings.append(shard.index.metadata.mapping)
        }
        rewriter.semantic.checkEndpoint = { [weak self] id in _ = try await self?.inferenceEndpoint(id) }
        var coordinator = SearchCoordinator(
            shards: shards, nodeID: directory.nodeID, rewriter: rewriter,
            now: now,
            allowsPartialResults: options.allowsPartialResults ?? allowsPartialResults, batchedReduceSize: options.batchedReduceSize)
        coordinator.timeout = options.timeout ?? cluster.setting(ClusterSettings.searchTimeout).flatMap { $0 == "-1" ? nil : TimeValue.parse($0) }
        if let buckets = cluster.setting(ClusterSettings.maximumBuckets).flatMap(Int.init) { coordinator.maximumBuckets = buckets }
        coordinator.preFilterShardSize = options.preFilterShardSize
        coordinator.allowsExpensiveQueries = cluster.setting(ClusterSettings.expensiveQueries) != "false"
        return coordinator
    }

    /// Where a request does not say.
    private var allowsPartialResults: Bool { cluster.setting(ClusterSettings.partialResults) != "false" }

    private var rewriter: SearchRewriter {
        // Scrolls keep their rewriter, and the registry keeps scrolls.
        let vector = { @Sendable [weak self] (vector: QueryVector, isOfQuery: Bool) async throws -> QueryVector in
            guard let self else { throw IndicesError.stopping }
            return try await QueryEmbedder(registry: self).vector(of: vector, isOfQuery: isOfQuery)
        }
        var rewriter = SearchRewriter(vector: vector, storedScripts: scripts) { [weak self] lookup in
            try self?.terms(of: lookup) ?? []
        }
        rewriter.source = { [weak self] index, id, routing in try self?.document(id, in: index, routing: routing)?.source }
        return rewriter
    }

    /// The values at a path of another document; none if there is no such document.
    private func terms(of lookup: DocumentLookup) throws -> [QueryValue] {
        guard let document = try document(lookup.id, in: lookup.index, routing: lookup.routing),
            let source = document.source, let parsed = try? JSONDocument(parsing: source)
        else { return [] }
        return FieldsExtraction.values(at: lookup.path, in: parsed.root).compactMap { QueryValue($0) }
    }
}
