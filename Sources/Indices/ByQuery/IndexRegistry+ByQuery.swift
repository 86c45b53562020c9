internal import Query
internal import Scripts

extension IndexRegistry {
    /// Carries out an operation by query, and waits for it.
    ///
    /// - Parameters:
    ///   - remote: the documents of another node; nil: those of `request.source`.
    ///   - ingest: what is written goes through it first; nil: no pipelines.
    /// - Throws: `IndicesError`, `ShardError`, `ScriptError`, what `remote` throws.
    public func run(
        _ request: ByQueryRequest, from remote: (any DocumentBatches)? = nil, ingest: IngestPhase? = nil
    ) async throws -> ByQueryResult {
        let progress = request.progress(slices: try slices(of: request, remote != nil))
        return try await tasks.run(
            request.action, request.detail, progress: progress, outcome: { .byQuery($0) },
            { task in try await self.run(request, remote, ingest, task, progress) })
    }

    /// Starts an operation by query.
    ///
    /// - Returns: the task, whose outcome is kept.
    /// - Throws: `IndicesError.indexNotFound`.
    public func start(
        _ request: ByQueryRequest, from remote: (any DocumentBatches)? = nil, ingest: IngestPhase? = nil
    ) throws -> NodeTask {
        if remote == nil { _ = try resolve(request.source) }
        let progress = request.progress(slices: try slices(of: request, remote != nil))
        return tasks.start(request.action, request.detail, progress: progress) { task in
            .byQuery(try await self.run(request, remote, ingest, task, progress))
        }
    }

    private func run(
        _ request: ByQueryRequest, _ remote: (any DocumentBatches)?, _ ingest: IngestPhase?, _ task: NodeTask,
        _ progress: ByQueryProgress
    ) async throws -> ByQueryResult {
        let scripts = DocumentScripts(scripts, now: now)
        // What cannot be compiled fails however many documents there are.
        if let script = request.script { _ = try scripts.compile(script) }
        let run = ByQueryRun(
            request: request, registry: self, scripts: scripts, ingest: ingest, task: task, progress: progress)
        if let remote { return try await run.run(remote) }
        let shards = try shards(of: request.source, routing: request.routing, allowsPartial: false).shards
        let search = Search(query: request.query ?? .matchAll, size: 0, sort: request.sort)
        let includesSource = progress.kind != .delete
        let count = progress.slices.count
        if count == 0 {
            let batches = try await LocalDocumentBatches(search, coordinator(shards), request.slice, includesSource: includesSource)
            return try await run.run(batches)
        }
        // What each part finds is known before any of them writes.
        var parts: [LocalDocumentBatches] = []
        for number in 0..<count {
            if task.isCancelled { break }
            let slice = Slice(number: number, count: count, by: .place)
            parts.append(try await LocalDocumentBatches(search, coordinator(shards), slice, includesSource: includesSource))
        }
        return try await run.run(parts)
    }

    /// In how many parts an operation is done.
    private func slices(of request: ByQueryRequest, _ isRemote: Bool) throws -> Int {
        switch request.slices {
        case _ where isRemote: return 1
        case .count(1): return 1
        case .count(let count):
            let limit = try resolve(request.source).map(\.metadata.settings.maximumSlices).min() ?? count
            if count > limit { throw IndicesError.retrieval(.tooManySlices(count, limit: limit)) }
            return count
        case .automatic:
            let fewest = try resolve(request.source).map(\.shards.count).min() ?? 1
            return min(max(1, fewest), ByQueryRequest.maximumAutomaticSlices)
        }
    }

    /// Forces a merge as a task, and does not wait for it.
    ///
    /// - Throws: `IndicesError.indexNotFound`.
    public func startForceMerge(_ expression: IndexExpression, _ request: ForceMerge) throws -> NodeTask {
        let names = try resolve(expression).map(\.name).joined(separator: ",")
        return tasks.start("indices:admin/forcemerge", "Force-merge indices [\(names)]", isCancellable: false) { _ in
            .shards(try await self.forceMerge(expression, request))
        }
    }

    /// Whether an operation would write into what it reads.
    public func writesToItself(_ request: ByQueryRequest) throws -> Bool {
        guard case .reindex(let destination, _) = request.operation else { return false }
        let target = try indices.names.writeTarget(of: destination.index)?.name ?? destination.index
        return try resolve(request.source).contains { $0.name == target }
    }
}

extension ByQueryRequest {
    fileprivate var script: ScriptReference? {
        switch operation {
        case .delete: nil
        case .update(let script), .reindex(_, let script): script
        }
    }

    fileprivate func progress(slices: Int) -> ByQueryProgress {
        let kind: ByQueryProgress.Kind =
            switch operation {
            case .delete: .delete
            case .update: .update
            case .reindex: .reindex
            }
        return ByQueryProgress(kind, requestsPerSecond: requestsPerSecond, slices: slices)
    }

    fileprivate var action: String {
        switch operation {
        case .delete: "indices:data/write/delete/byquery"
        case .update: "indices:data/write/update/byquery"
        case .reindex: "indices:data/write/reindex"
        }
    }

    fileprivate var detail: String {
        let names = source.patterns.joined(separator: ", ")
        return switch operation {
        case .delete: "delete-by-query [\(names)]"
        case .update: "update-by-query [\(names)]"
        case .reindex(let destination, _): "reindex from [\(names)] to [\(destination.index)]"
        }
    }
}
