internal import ElasticsearchAPI
internal import Indices
internal import Ingest
internal import JSON

extension Handlers {
    /// `PUT /_ingest/pipeline/{id}`
    @Sendable func putPipeline(_ request: APIRequest) throws -> Reply {
        let id = try request.capture("id")
        let definition = JSONValue(try JSONDocument(parsing: try request.requiredBody()).root).object
        guard let definition else { throw ElasticsearchError(status: 400, "parse_exception", "request body is required") }
        if let expected = try request.parameters.int("if_version") {
            let current = pipelines[id]
            guard let version = current?.version, version == expected else {
                throw ElasticsearchError.illegalArgument(
                    current == nil
                        ? "version conflict, required version [\(expected)] for pipeline [\(id)] but no pipeline was found"
                        : "version conflict, required version [\(expected)] for pipeline [\(id)] but current version is "
                            + "[\(current?.version.map(String.init) ?? "null")]")
            }
        }
        try pipelines.put(id, definition)
        return .json(Acknowledgement.acknowledged)
    }

    /// `GET /_ingest/pipeline/{id}`
    @Sendable func getPipeline(_ request: APIRequest) throws -> Reply {
        let patterns = request.captures["id"].map { $0.split(separator: ",").map(String.init) } ?? ["*"]
        let found = matching(patterns)
        let isSummary = try request.parameters.bool("summary") ?? false
        let members = found.map { pipeline in
            (pipeline.id, JSONValue.object(isSummary ? [:] : pipeline.definition))
        }
        let isMissing = found.isEmpty && request.captures["id"] != nil && !patterns.contains("*")
        return .json(.object(JSONMembers(members)), status: isMissing ? 404 : 200)
    }

    /// `DELETE /_ingest/pipeline/{id}`
    @Sendable func deletePipeline(_ request: APIRequest) throws -> Reply {
        let pattern = try request.capture("id")
        let found = matching(pattern.split(separator: ",").map(String.init))
        guard !found.isEmpty || pattern == "*" else { throw IngestFault.unknownPipelines(pattern: pattern) }
        for pipeline in found {
            let settings = try indices.metadata(.everything).map { ($0.name, $0.settings) }
            for (kind, users) in [
                ("default", settings.filter { $0.1.defaultPipeline == pipeline.id }),
                ("final", settings.filter { $0.1.finalPipeline == pipeline.id }),
            ] {
                guard let first = users.first else { continue }
                throw ElasticsearchError.illegalArgument(
                    "pipeline [\(pipeline.id)] cannot be deleted because it is the \(kind) pipeline for \(users.count) index(es) "
                        + "including [\(first.0)]")
            }
            try pipelines.delete(pipeline.id)
        }
        return .json(Acknowledgement.acknowledged)
    }

    private func matching(_ patterns: [String]) -> [Pipeline] {
        pipelines.all.filter { pipeline in patterns.contains { WildcardName($0).matches(pipeline.id) } }
    }

    /// `POST /_ingest/pipeline/_simulate` and `POST /_ingest/pipeline/{id}/_simulate`
    @Sendable func simulatePipeline(_ request: APIRequest) async throws -> Reply {
        let body = try SimulateBody(body: try request.requiredBody(), timestamp: IngestClock.now)
        let pipeline: Pipeline
        if let id = request.captures["id"] {
            guard let stored = pipelines[id] else {
                throw ElasticsearchError.illegalArgument("pipeline [\(id)] does not exist")
            }
            pipeline = stored
        } else {
            guard let definition = body.pipeline else {
                throw IngestFault.missingProperty("pipeline", processor: nil, tag: nil)
            }
            pipeline = try pipelines.read("_simulate_pipeline", definition)
        }
        var outcomes: [Simulation.Outcome] = []
        for document in body.documents { outcomes.append(await pipelines.simulate(pipeline, document)) }
        return .json(Simulation.json(outcomes, isVerbose: try request.parameters.bool("verbose") ?? false))
    }

    /// `GET /_ingest/processor/grok`
    @Sendable func grokPatterns(_ request: APIRequest) throws -> Reply {
        let patterns = PipelineRegistry.grokPatterns.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.string($0.value)) }
        return .json(["patterns": .object(JSONMembers(patterns))])
    }
}

/// A name with `*`s.
private struct WildcardName {
    private let parts: [Substring]

    init(_ pattern: String) {
        parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    }

    func matches(_ name: String) -> Bool {
        guard let first = parts.first, let last = parts.last, parts.count > 1 else { return parts.first.map(String.init) == name }
        guard name.hasPrefix(first), name.hasSuffix(last), name.count >= first.count + last.count else { return false }
        var rest = name.dropFirst(first.count).dropLast(last.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let range = rest.firstRange(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        return true
    }
}
