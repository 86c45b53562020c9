internal import JSON
internal import Mapping
internal import Query
internal import Scripts
internal import Shards

/// Carries out one operation by query, batch by batch.
struct ByQueryRun {
    let request: ByQueryRequest
    let registry: IndexRegistry
    let scripts: DocumentScripts
    let ingest: IngestPhase?
    let task: NodeTask
    let progress: ByQueryProgress
    /// Says how fast the whole may be; nil: `progress` does.
    var pace: ByQueryProgress?

    /// Carries out the operation in parts, one after the other: what is written is shared among the processors anyway.
    ///
    /// - Throws: what reading throws.
    func run(_ parts: [LocalDocumentBatches]) async throws -> ByQueryResult {
        let start = ContinuousClock.now
        var failures: [ByQueryResult.Failure] = []
        for (part, progress) in zip(parts, progress.slices) {
            var request = request
            request.maximumDocuments = request.maximumDocuments.map { $0 / parts.count }
            request.refreshes = false
            let run = ByQueryRun(
                request: request, registry: registry, scripts: scripts, ingest: ingest, task: task, progress: progress,
                pace: self.progress)
            failures += try await run.run(part).failures
        }
        if request.refreshes { try await refresh() }
        return ByQueryResult(
            kind: progress.kind, counts: progress.counts, failures: failures, wasCancelled: task.isCancelled,
            took: start.duration(to: .now), slices: progress.slices.map(\.counts))
    }

    /// - Throws: what reading throws. What cannot be written ends the operation, and stands in the result.
    func run(_ documents: consuming some DocumentBatches) async throws -> ByQueryResult {
        let start = ContinuousClock.now
        var batches = documents
        var failures: [ByQueryResult.Failure] = []
        let total = batches.total
        var seen = 0
        progress.update { $0.total = min(total, request.maximumDocuments ?? .max) }
        do {
            while !task.isCancelled, failures.isEmpty {
                let wanted = min(request.batchSize, request.maximumDocuments.map { $0 - done } ?? .max)
                guard wanted > 0 else { break }
                let began = ContinuousClock.now
                let batch = try await batches.next(wanted)
                guard !batch.isEmpty else { break }
                progress.update { $0.batches += 1 }
                failures += try await carryOut(batch)
                seen += batch.count
                // Nothing waits for what comes after the last batch.
                if failures.isEmpty, seen < total { await throttle(after: batch.count, since: began) }
            }
        } catch {
            await batches.close()
            throw error
        }
        await batches.close()
        if request.refreshes { try await refresh() }
        return ByQueryResult(
            kind: progress.kind, counts: progress.counts, failures: failures, wasCancelled: task.isCancelled,
            took: start.duration(to: .now))
    }

    /// Documents that count against `max_docs`.
    private var done: Int {
        let counts = progress.counts
        return counts.created + counts.updated + counts.deleted + counts.noops
    }

    private func carryOut(_ batch: [StoredDocument]) async throws -> [ByQueryResult.Failure] {
        var operations: [WriteOperation] = []
        for document in batch {
            if let operation = try operation(document) {
                operations.append(operation)
            } else {
                progress.update { $0.noops += 1 }
            }
        }
        var (ready, failures) = await ingested(operations)
        for (operation, result) in zip(ready, await registry.write(ready)) {
            switch result {
            case .success(let written):
                progress.update { $0.count(written.outcome) }
                progress.noteWrite(to: written.index)
            case .failure(let error):
                if Self.isConflict(error) {
                    progress.update { $0.versionConflicts += 1 }
                    if request.proceedsOnConflict { continue }
                }
                failures.append(.init(index: operation.index, id: operation.id, error: error))
            }
        }
        return failures
    }

    /// The writes with their documents as pipelines leave them, and those that failed there.
    private func ingested(_ operations: [WriteOperation]) async -> ([WriteOperation], [ByQueryResult.Failure]) {
        guard let ingest else { return (operations, []) }
        var ready: [WriteOperation] = []
        var failures: [ByQueryResult.Failure] = []
        for (operation, outcome) in zip(operations, await ingest(operations)) {
            switch outcome {
            case .write(let operation): ready.append(operation)
            case .dropped: progress.update { $0.noops += 1 }
            case .failed(let error): failures.append(.init(index: operation.index, id: operation.id, error: error))
            }
        }
        return (ready, failures)
    }

    /// What is to be done with a document; nil: nothing.
    private func operation(_ document: StoredDocument) throws -> WriteOperation? {
        switch request.operation {
        case .delete: return write(.delete, document)
        case .update(let script):
            guard let script else { return write(.index, document) }
            return try scripted(script, .updateByQuery, document, write(.index, document))
        case .reindex(let destination, let script):
            let copy = try copy(document, to: destination)
            guard let script else { return copy }
            return try scripted(script, .reindex, document, copy)
        }
    }

    /// A write of the very document that was found, or none.
    private func write(_ action: WriteOperation.Action, _ document: StoredDocument) -> WriteOperation {
        WriteOperation(
            action, index: document.index, id: document.id, routing: document.routing,
            source: action == .delete ? [] : document.source ?? [], ifSequenceNumber: document.sequenceNumber,
            ifPrimaryTerm: document.primaryTerm, pipeline: request.pipeline)
    }

    private func copy(_ document: StoredDocument, to destination: ReindexDestination) throws -> WriteOperation {
        guard let source = request.fetchedSource.shown(of: document.source) else {
            throw IndicesError.sourceMissing(id: document.id, index: document.index, uuid: "_na_")
        }
        let routing: String? =
            switch destination.routing {
            case .keep: document.routing
            case .discard: nil
            case .value(let value): value
            }
        var operation = WriteOperation(
            destination.mustCreate ? .create : .index, index: destination.index, id: document.id, routing: routing,
            source: source.serialized(), requiresAlias: destination.requiresAlias, pipeline: destination.pipeline)
        switch destination.versionType {
        case .counted: break
        case .external: operation.version = ExternalVersion(document.version)
        case .externalOrEqual: operation.version = ExternalVersion(document.version, allowsEqual: true)
        }
        return operation
    }

    private func scripted(
        _ script: ScriptReference, _ use: DocumentScripts.Use, _ document: StoredDocument, _ plain: WriteOperation
    ) throws -> WriteOperation? {
        guard let parsed = try? JSONDocument(parsing: plain.source) else { return plain }
        let context = try scripts.run(
            script, use,
            on: .init(
                index: plain.index, id: document.id, routing: plain.routing, version: document.version,
                source: JSONValue(parsed.root)))
        var operation = plain
        operation.index = context.index
        operation.id = context.id
        operation.routing = context.routing
        // Without a version, as without one from the start.
        if let given = operation.version {
            operation.version = context.version.map { ExternalVersion($0, allowsEqual: given.allowsEqual) }
        }
        switch context.operation {
        case .none: return nil
        case .delete:
            operation.action = .delete
            operation.source = []
        case .index, .create: operation.source = context.source.serialized()
        }
        return operation
    }

    /// Whether another write came first.
    private static func isConflict(_ error: any Error) -> Bool {
        guard case IndicesError.write(let refusal, _, _) = error else { return false }
        switch refusal {
        case .alreadyExists, .sequenceNumberConflict, .versionConflict: return true
        case .storage: return false
        }
    }

    /// Waits until a batch of so many may have taken so long.
    private func throttle(after count: Int, since began: ContinuousClock.Instant) async {
        guard let rate = (pace ?? progress).counts.requestsPerSecond else { return }
        let wait = Duration.seconds(Double(count) / rate) - began.duration(to: .now)
        guard wait > .zero else { return }
        let waited = await task.pause(for: wait)
        progress.update { $0.throttled += waited }
    }

    private func refresh() async throws {
        switch request.operation {
        case .delete, .update: _ = try await registry.refresh(request.source)
        case .reindex(let destination, _):
            // Scripts and pipelines may have sent documents elsewhere.
            let indices = progress.writtenIndices.union([destination.index]).sorted()
            _ = try await registry.refresh(IndexExpression(indices, ignoresUnavailable: true))
        }
    }
}

extension ByQueryCounts {
    fileprivate mutating func count(_ outcome: WriteResult.Outcome) {
        switch outcome {
        case .created: created += 1
        case .updated: updated += 1
        case .deleted: deleted += 1
        // What is gone already needs no delete.
        case .notFound, .noop: noops += 1
        }
    }
}

