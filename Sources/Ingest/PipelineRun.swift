internal import JSON
internal import Scripts

/// One document's way through pipelines.
struct PipelineRun {
    /// Processors that one document may go through, those of lists counted for each value.
    private static let maximumSteps = 100_000

    let find: @Sendable (String) -> Pipeline?
    let models: InferenceBatch?
    let pictures: IngestPictures?
    /// The kind of an error and its text, as `on_failure` processors find them.
    let explain: @Sendable (any Error) -> String
    var trace: (@Sendable (ProcessorResult) -> Void)?
    /// Pipelines that are under way, outermost first.
    var path: [String] = []
    var counter: IngestCounter?
    private var steps = 0
    /// What became of the last processor.
    private var outcome = Outcome.skipped

    private enum Outcome {
        case skipped, done, failed
    }

    init(
        find: @escaping @Sendable (String) -> Pipeline?, models: InferenceBatch?, pictures: IngestPictures?,
        explain: @escaping @Sendable (any Error) -> String
    ) {
        self.find = find
        self.models = models
        self.pictures = pictures
        self.explain = explain
    }

    /// - Returns: false if the document was dropped.
    /// - Throws: what the first processor that fails throws, unless it is dealt with.
    mutating func run(_ pipeline: Pipeline, _ document: inout IngestDocument) async throws -> Bool {
        guard !path.contains(pipeline.id) else { throw IngestFault.cycle(pipeline.id) }
        path.append(pipeline.id)
        defer { path.removeLast() }
        let former = document.ingest["pipeline"]
        try document.set(FieldPath("_ingest.pipeline"), .string(pipeline.id))
        defer { if var ingest = document.ingest.object { ingest["pipeline"] = former; document.ingest = .object(ingest) } }
        defer { document.isTerminated = false }
        let start = ContinuousClock.now
        var counts = [IngestCounts](repeating: IngestCounts(), count: pipeline.processors.count), isFailed = true
        defer {
            counter?.add(
                pipeline.id, IngestCounts(count: 1, failed: isFailed ? 1 : 0, nanoseconds: start.nanosecondsSince), processors: counts)
        }
        do {
            let goesOn = try await run(pipeline.processors, &document, &counts)
            isFailed = false
            return goesOn
        } catch let failure as ProcessorFailure {
            guard !pipeline.onFailure.isEmpty else { throw failure }
            return try await recover(failure, pipeline.onFailure, &document)
        }
    }

    /// An error, with the processor that it comes from.
    struct ProcessorFailure: Error {
        var error: any Error
        var processor: String
        var tag: String?
        var pipeline: String?
    }

    private mutating func run(
        _ processors: [Processor], _ document: inout IngestDocument, _ counts: inout [IngestCounts]
    ) async throws -> Bool {
        for (place, processor) in processors.enumerated() {
            let start = ContinuousClock.now
            defer {
                if outcome != .skipped, counts.indices.contains(place) {
                    counts[place] = IngestCounts(count: 1, failed: outcome == .failed ? 1 : 0, nanoseconds: start.nanosecondsSince)
                }
            }
            guard try await step(processor, &document) else { return false }
            if document.isTerminated || document.isRerouted { break }
        }
        return true
    }

    mutating func step(_ processor: Processor, _ document: inout IngestDocument) async throws -> Bool {
        steps += 1
        guard steps <= Self.maximumSteps else { throw IngestFault.tooMuch }
        var condition: (source: String, holds: Bool)?
        var outcome = Outcome.done
        defer { self.outcome = outcome }
        do {
            if let script = processor.condition {
                let holds = try script.holds(document.scriptValue)
                condition = (script.script.source, holds)
                if !holds {
                    outcome = .skipped
                    note(processor, .skipped, nil, condition: condition)
                    return true
                }
            }
            let goesOn = try await run(processor, &document)
            if case .pipeline = processor.kind, goesOn { return true }
            note(processor, goesOn ? .success : .dropped, goesOn ? document : nil, condition: condition)
            return goesOn
        } catch {
            outcome = .failed
            let failure = error as? ProcessorFailure
                ?? ProcessorFailure(error: error, processor: processor.name, tag: processor.tag, pipeline: path.last)
            if case IngestFault.script(let problem) = failure.error, problem.fault == .selfReferencing {
                // The document cannot be written, whatever follows.
                throw IngestFault.unwritableDocument(pipeline: path.first ?? "")
            }
            if case IngestFault.unwritableDocument = failure.error { throw failure.error }
            if processor.ignoresFailure {
                note(processor, .errorIgnored, document, error: failure.error, condition: condition)
                return true
            }
            note(processor, .error, nil, error: failure.error, condition: condition)
            guard !processor.onFailure.isEmpty else { throw failure }
            return try await recover(failure, processor.onFailure, &document)
        }
    }

    private func note(
        _ processor: Processor, _ status: ProcessorResult.Status, _ document: IngestDocument?, error: (any Error)? = nil,
        condition: (source: String, holds: Bool)?
    ) {
        trace?(
            ProcessorResult(
                processor: processor.name, tag: processor.tag, description: processor.description, status: status, document: document,
                error: error, condition: condition))
    }

    private mutating func recover(
        _ failure: ProcessorFailure, _ processors: [Processor], _ document: inout IngestDocument
    ) async throws -> Bool {
        var ingest = document.ingest.object ?? [:]
        ingest["on_failure_message"] = .string(explain(failure.error))
        ingest["on_failure_processor_type"] = .string(failure.processor)
        if let tag = failure.tag { ingest["on_failure_processor_tag"] = .string(tag) }
        if let pipeline = failure.pipeline { ingest["on_failure_pipeline"] = .string(pipeline) }
        document.ingest = .object(ingest)
        var counts: [IngestCounts] = []
        let goesOn = try await run(processors, &document, &counts)
        ingest = document.ingest.object ?? [:]
        for name in ["message", "processor_type", "processor_tag", "pipeline"] { ingest["on_failure_" + name] = nil }
        document.ingest = .object(ingest)
        return goesOn
    }

    private mutating func run(_ processor: Processor, _ document: inout IngestDocument) async throws -> Bool {
        switch processor.kind {
        case .drop: return false
        case .terminate:
            document.isTerminated = true
            return true
        case .pipeline(let name, let ignoresMissing):
            let id = name.render(document)
            guard let pipeline = find(id) else {
                if ignoresMissing { return true }
                throw IngestFault.missingPipeline(id)
            }
            return try await run(pipeline, &document)
        case .foreach(let each): return try await run(each, &document)
        case .image(let image):
            try await run(image, &document)
            return true
        case .inference(let inference):
            try await run(inference, &document)
            return true
        default:
            try runAtOnce(processor.kind, &document)
            return true
        }
    }

    private func runAtOnce(_ kind: ProcessorKind, _ document: inout IngestDocument) throws(IngestFault) {
        switch kind {
        case .set(let processor): try processor.run(&document)
        case .append(let processor): try processor.run(&document)
        case .remove(let processor): try processor.run(&document)
        case .renaming(let processor): try processor.run(&document)
        case .convert(let processor): try processor.run(&document)
        case .date(let processor): try processor.run(&document)
        case .dateIndexName(let processor): try processor.run(&document)
        case .text(let processor): try processor.run(&document)
        case .json(let processor): try processor.run(&document)
        case .keyValue(let processor): try processor.run(&document)
        case .csv(let processor): try processor.run(&document)
        case .sort(let processor): try processor.run(&document)
        case .reroute(let processor): try processor.run(&document)
        case .dotExpander(let processor): try processor.run(&document)
        case .dissect(let processor): try processor.run(&document)
        case .grok(let processor): try processor.run(&document)
        case .fail(let message): throw .fail(message.render(document))
        case .script(let script):
            do throws(ScriptError) {
                document.setScriptValue(try script.run(document.scriptValue))
            } catch {
                throw .script(error)
            }
        case .drop, .terminate, .pipeline, .foreach, .inference, .image: break
        }
    }
}

extension IngestDocument {
    /// What scripts see as `ctx`.
    fileprivate var scriptValue: JSONValue {
        var members = fields.object ?? [:]
        members["_ingest"] = ingest
        return .object(members)
    }

    fileprivate mutating func setScriptValue(_ value: JSONValue) {
        var members = value.object ?? [:]
        members["_ingest"] = nil
        fields = .object(members)
    }
}

extension ContinuousClock.Instant {
    var nanosecondsSince: Int64 {
        let parts = duration(to: .now).components
        return parts.seconds &* 1_000_000_000 &+ parts.attoseconds / 1_000_000_000
    }
}
