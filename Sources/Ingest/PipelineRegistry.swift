public import JSON
public import Scripts
internal import Synchronization

/// All pipelines of a node, and the documents' way through them.
public final class PipelineRegistry: Sendable {
    /// Pipelines a document may be sent through, one after the other.
    public struct Request: Sendable {
        public var document: IngestDocument
        public var pipeline: String?

        public init(_ document: IngestDocument, pipeline: String?) {
            self.document = document
            self.pipeline = pipeline
        }
    }

    private let pipelines: Mutex<[String: Pipeline]>
    private let storedScript: @Sendable (ScriptReference) throws -> Script
    private let save: @Sendable (String, JSONValue?) throws -> Void
    private let models: IngestModels
    private let pictures: IngestPictures?
    private let explain: @Sendable (any Error) -> String
    private let counter = IngestCounter()

    /// - Parameters:
    ///   - definitions: the stored ones; what cannot be read is left out, and found again once it can.
    ///   - pictures: reads pictures; nil: there are none.
    ///   - save: keeps a definition, or forgets it.
    ///   - explain: an error's text, for `_ingest.on_failure_message`.
    public init(
        _ definitions: [String: JSONValue], save: @escaping @Sendable (String, JSONValue?) throws -> Void,
        storedScript: @escaping @Sendable (ScriptReference) throws -> Script, models: @escaping IngestModels,
        pictures: IngestPictures? = nil, explain: @escaping @Sendable (any Error) -> String
    ) {
        var pipelines: [String: Pipeline] = [:]
        for (id, definition) in definitions {
            pipelines[id] = try? Pipeline(id, definition.object ?? [:], storedScript: storedScript)
        }
        self.pipelines = Mutex(pipelines)
        self.save = save
        self.storedScript = storedScript
        self.models = models
        self.pictures = pictures
        self.explain = explain
    }

    public subscript(id: String) -> Pipeline? { pipelines.withLock { $0[id] } }

    public var all: [Pipeline] { pipelines.withLock { $0.values.sorted { $0.id < $1.id } } }

    public var statistics: IngestStatistics { counter.statistics(of: all) }

    /// - Throws: `IngestFault`, or what `save` throws.
    public func put(_ id: String, _ definition: JSONMembers) throws {
        let pipeline = try read(id, definition)
        try save(id, .object(definition))
        pipelines.withLock { $0[id] = pipeline }
    }

    /// Removes a pipeline, here and on disk.
    public func delete(_ id: String) throws {
        try save(id, nil)
        pipelines.withLock { $0[id] = nil }
    }

    /// A pipeline that is only tried.
    ///
    /// - Throws: `IngestFault`.
    public func read(_ id: String, _ definition: JSONMembers) throws(IngestFault) -> Pipeline {
        try Pipeline(id, definition, storedScript: storedScript)
    }

    /// Sends documents through pipelines; what they ask of a model goes to it together.
    ///
    /// - Parameters:
    ///   - rerouted: the first pipeline of the index that a document was sent on to.
    ///   - next: the pipeline that follows the first, asked once the document has gone through that.
    /// - Returns: for each the document, or nil if it was dropped; in order.
    public func run(
        _ requests: [Request], rerouted: @escaping @Sendable (IngestDocument) -> String? = { _ in nil },
        next: @escaping @Sendable (IngestDocument) -> String? = { _ in nil }
    ) async -> [Result<IngestDocument?, any Error>] {
        let run = { @Sendable (request: Request, batch: InferenceBatch?) async -> Result<IngestDocument?, any Error> in
            let start = ContinuousClock.now
            var counts = IngestCounts(count: 1, failed: 1)
            defer {
                counts.nanoseconds = start.nanosecondsSince
                self.counter.add(document: counts)
            }
            do {
                let document = try await self.run(request, rerouted, next, batch)
                counts.failed = 0
                return .success(document)
            } catch {
                return .failure((error as? PipelineRun.ProcessorFailure)?.error ?? error)
            }
        }
        guard requests.count > 1, asksModels else {
            var results: [Result<IngestDocument?, any Error>] = []
            for request in requests { results.append(await run(request, InferenceBatch(documents: 1, models: models))) }
            return results
        }
        let batch = InferenceBatch(documents: requests.count, models: models)
        return await withTaskGroup(of: (Int, Result<IngestDocument?, any Error>).self) { group in
            for (number, request) in requests.enumerated() {
                group.addTask {
                    let result = await run(request, batch)
                    await batch.finish()
                    return (number, result)
                }
            }
            var results: [Int: Result<IngestDocument?, any Error>] = [:]
            for await (number, result) in group { results[number] = result }
            return requests.indices.compactMap { results[$0] }
        }
    }

    /// Where a pipeline follows that nobody knows yet, a model may be asked too.
    private var asksModels: Bool {
        pipelines.withLock { all in all.values.contains { $0.asksModels } }
    }

    private func run(
        _ request: Request, _ rerouted: @Sendable (IngestDocument) -> String?, _ next: @Sendable (IngestDocument) -> String?,
        _ batch: InferenceBatch?
    ) async throws -> IngestDocument? {
        var document = request.document
        var run = PipelineRun(find: { self[$0] }, models: batch, pictures: pictures, explain: explain)
        run.counter = counter
        var first = request.pipeline, visited = [document.metadata("_index") ?? ""]
        while let id = first {
            guard let pipeline = self[id] else { throw IngestFault.unknownPipeline(id) }
            guard try await run.run(pipeline, &document) else { return nil }
            document.pipelines.append(id)
            guard document.isRerouted else { break }
            document.isRerouted = false
            let index = document.metadata("_index") ?? ""
            // Sent on to where it is already, it stays.
            if index == visited.last { break }
            guard !visited.contains(index) else { throw IngestFault.rerouteCycle(visited, to: index, pipeline: id) }
            visited.append(index)
            first = rerouted(document)
        }
        if let id = next(document) {
            guard let pipeline = self[id] else { throw IngestFault.unknownPipeline(id) }
            guard try await run.run(pipeline, &document) else { return nil }
            document.pipelines.append(id)
        }
        return document
    }

    /// One document's way through a pipeline, which need not be stored, with each step.
    public func simulate(
        _ pipeline: Pipeline, _ document: IngestDocument
    ) async -> (result: Result<IngestDocument?, any Error>, steps: [ProcessorResult]) {
        let steps = Steps()
        var run = PipelineRun(find: { self[$0] }, models: InferenceBatch(documents: 1, models: models), pictures: pictures, explain: explain)
        run.trace = { step in steps.all.withLock { $0.append(step) } }
        var document = document
        do {
            let goesOn = try await run.run(pipeline, &document)
            return (.success(goesOn ? document : nil), steps.all.withLock { $0 })
        } catch {
            let cause = (error as? PipelineRun.ProcessorFailure)?.error ?? error
            return (.failure(cause), steps.all.withLock { $0 })
        }
    }

    private final class Steps: Sendable {
        let all = Mutex<[ProcessorResult]>([])
    }

    /// The types of processors that pipelines may have, in order.
    public static var processorTypes: [String] { ProcessorDecoder.types }

    /// The patterns that `grok` knows by name.
    public static var grokPatterns: [String: String] { GrokPatterns.all }
}
