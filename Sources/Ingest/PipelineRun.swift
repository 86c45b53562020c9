internal import JSON
internal import Scripts

/// What a processor did, for those who want to see each step.
public struct ProcessorResult: Sendable {
    public enum Status: String, Sendable {
        case success, error, skipped, dropped
        case errorIgnored = "error_ignored"
    }

    public var processor: String
    public var tag: String?
    public var description: String?
    public var status: Status
    /// The document after the step; nil where there is none.
    public var document: IngestDocument?
    public var error: (any Error)?
    /// The source of the condition, and what it said.
    public var condition: (source: String, holds: Bool)?
}

/// One document's way through pipelines.
struct PipelineRun {
    /// Processors that one document may go through, those of lists counted for each value.
    private static let maximumSteps = 100_000

    let find: @Sendable (String) -> Pipeline?
    let models: InferenceBatch?
    /// The kind of an error and its text, as `on_failure` processors find them.
    let explain: @Sendable (any Error) -> String
    var trace: (@Sendable (ProcessorResult) -> Void)?
    /// Pipelines that are under way, outermost first.
    var path: [String] = []
    private var steps = 0

    init(
        find: @escaping @Sendable (String) -> Pipeline?, models: InferenceBatch?,
        explain: @escaping @Sendable (any Error) -> String
    ) {
        self.find = find
        self.models = models
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
        do {
            return try await run(pipeline.processors, &document)
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

    private mutating func run(_ processors: [Processor], _ document: inout IngestDocument) async throws -> Bool {
        for processor in processors where !(try await step(processor, &document)) { return false }
        return true
    }

    private mutating func step(_ processor: Processor, _ document: inout IngestDocument) async throws -> Bool {
        steps += 1
        guard steps <= Self.maximumSteps else { throw IngestFault.tooMuch }
        var condition: (source: String, holds: Bool)?
        do {
            if let script = processor.condition {
                let holds = try script.holds(document.scriptValue)
                condition = (script.script.source, holds)
                if !holds {
                    note(processor, .skipped, nil, condition: condition)
                    return true
                }
            }
            let goesOn = try await run(processor, &document)
            if case .pipeline = processor.kind, goesOn { return true }
            note(processor, goesOn ? .success : .dropped, goesOn ? document : nil, condition: condition)
            return goesOn
        } catch {
            let failure = error as? ProcessorFailure
                ?? ProcessorFailure(error: error, processor: processor.name, tag: processor.tag, pipeline: path.last)
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
        let goesOn = try await run(processors, &document)
        ingest = document.ingest.object ?? [:]
        for name in ["message", "processor_type", "processor_tag", "pipeline"] { ingest["on_failure_" + name] = nil }
        document.ingest = .object(ingest)
        return goesOn
    }

    private mutating func run(_ processor: Processor, _ document: inout IngestDocument) async throws -> Bool {
        switch processor.kind {
        case .drop: return false
        case .pipeline(let name, let ignoresMissing):
            let id = name.render(document)
            guard let pipeline = find(id) else {
                if ignoresMissing { return true }
                throw IngestFault.missingPipeline(id)
            }
            return try await run(pipeline, &document)
        case .foreach(let each): return try await run(each, &document)
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
        case .drop, .pipeline, .foreach, .inference: break
        }
    }

    private mutating func run(_ each: ForeachProcessor, _ document: inout IngestDocument) async throws -> Bool {
        guard let value = document.find(each.field), !value.isNull else {
            if each.ignoresMissing { return true }
            _ = try document.value(at: each.field)
            throw IngestFault.fieldIsNull(each.field.text, action: "loop over its elements")
        }
        let place = try FieldPath("_ingest._value"), keyPlace = try FieldPath("_ingest._key")
        let outer = document.ingest["_value"], outerKey = document.ingest["_key"]
        defer {
            if var ingest = document.ingest.object {
                ingest["_value"] = outer
                ingest["_key"] = outerKey
                document.ingest = .object(ingest)
            }
        }
        if let array = value.array {
            var changed: [JSONValue] = []
            for element in array {
                try document.set(place, element)
                guard try await step(each.processor, &document) else { return false }
                changed.append(document.find(place) ?? .null)
            }
            try document.set(each.field, .array(changed))
        } else if let object = value.object {
            var changed: [(String, JSONValue)] = []
            for member in object {
                try document.set(place, member.value)
                try document.set(keyPlace, .string(member.key))
                guard try await step(each.processor, &document) else { return false }
                let key = document.find(keyPlace)?.string ?? member.key
                if let value = document.find(place) { changed.append((key, value)) }
            }
            try document.set(each.field, .object(JSONMembers(changed)))
        } else {
            throw IngestFault.wrongType(each.field.text, actual: value.typeName, expected: "java.util.List")
        }
        return true
    }

    private func run(_ inference: InferenceProcessor, _ document: inout IngestDocument) async throws {
        guard let models else { throw IngestFault.badSimulation("there are no models") }
        let modelID = JSONValue.string(inference.modelID)
        switch inference.form {
        case .fields(let all):
            var inputs: [InferenceProcessor.Input] = [], values: [IngestInput] = []
            for input in all {
                guard let value = document.find(input.field), !value.isNull else {
                    // Elasticsearch embeds an empty text then; we leave the field out.
                    if inference.ignoresMissing { continue }
                    throw IngestFault.noSuchField(input.field.last, path: input.field.text)
                }
                guard let text = value.string else {
                    throw IngestFault.wrongType(input.field.text, actual: value.typeName, expected: "java.lang.String")
                }
                inputs.append(input)
                values.append(.value(text))
            }
            if values.isEmpty { return }
            let results = try await models.infer(inference.modelID, values)
            for (number, (input, result)) in zip(inputs, results).enumerated() {
                let base = input.base.map { $0 + "." } ?? ""
                try document.set(FieldPath(base + input.output), .floats(result.values))
                if result.isTruncated { try document.set(FieldPath(base + "is_truncated"), true) }
                if number == 0 { try document.set(FieldPath(base + "model_id"), modelID) }
            }
        case .target(let target, let map):
            var fields = JSONMembers((document.fields.object ?? [:]).map { ($0.key, $0.value) })
            for (field, name) in map {
                guard let value = document.find(field) else { continue }
                fields[name] = value
            }
            guard let result = try await models.infer(inference.modelID, [.fields(fields)]).first else { return }
            var object: JSONMembers = [inference.resultsField ?? result.resultsField: .floats(result.values)]
            if result.isTruncated { object["is_truncated"] = true }
            object["model_id"] = modelID
            try document.set(FieldPath(target), .object(object))
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
