public import Ingest
public import JSON

/// The answer to `_simulate`.
public enum Simulation {
    /// What became of a document (nil: it was dropped), and what each processor did to it.
    public typealias Outcome = (result: Result<IngestDocument?, any Error>, steps: [ProcessorResult])

    /// With `isVerbose` every step of every document, else only what came out.
    public static func json(_ outcomes: [Outcome], isVerbose: Bool) -> JSONValue {
        ["docs": .array(outcomes.map { isVerbose ? verbose($0.steps) : plain($0.result) })]
    }

    private static func plain(_ result: Result<IngestDocument?, any Error>) -> JSONValue {
        switch result {
        case .success(let document?): ["doc": document.json]
        case .success(nil): nil
        case .failure(let error): ["error": (ElasticsearchError(error) ?? .internalError).json["error"] ?? nil]
        }
    }

    private static func verbose(_ steps: [ProcessorResult]) -> JSONValue {
        let results = steps.map { step -> JSONValue in
            var members: JSONMembers = ["processor_type": .string(step.processor), "status": .string(step.status.rawValue)]
            if let description = step.description { members["description"] = .string(description) }
            if let tag = step.tag { members["tag"] = .string(tag) }
            if let condition = step.condition {
                members["if"] = ["condition": .string(condition.source), "result": .bool(condition.holds)]
            }
            if let error = step.error {
                let json = (ElasticsearchError(error) ?? .internalError).json["error"] ?? nil
                members[step.status == .errorIgnored ? "ignored_error" : "error"] = step.status == .errorIgnored ? ["error": json] : json
            }
            if let document = step.document { members["doc"] = document.json }
            return .object(members)
        }
        return ["processor_results": .array(results)]
    }
}

extension IngestDocument {
    fileprivate var json: JSONValue {
        var members: JSONMembers = [:]
        for member in metadata {
            // Elasticsearch writes the version as a text here.
            if case .int(let version) = member.value, member.key == "_version" {
                members[member.key] = .string(String(version))
            } else {
                members[member.key] = member.value
            }
        }
        members["_source"] = .object(source)
        members["_ingest"] = ingest
        return .object(members)
    }
}
