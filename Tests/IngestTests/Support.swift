import JSON
import Scripts
import Synchronization

@testable import Ingest

/// A registry without storage, with a model that counts characters and notes what it is asked together.
final class TestPipelines: Sendable {
    let asked = Mutex<[[String]]>([])
    let saved = Mutex<[String: JSONValue]>([:])

    var registry: PipelineRegistry {
        PipelineRegistry(
            [:], save: { id, value in self.saved.withLock { $0[id] = value } },
            storedScript: { reference in
                guard case .inline(let script) = reference else { throw TestError.unknownScript }
                return script
            },
            models: { modelID, inputs in
                guard modelID == "m" || modelID == "n" else { throw TestError.unknownModel }
                let texts = inputs.map { input in
                    switch input {
                    case .value(let text), .picture(let text): text
                    case .fields(let fields): fields["text_field"]?.string ?? "?"
                    }
                }
                self.asked.withLock { $0.append(texts) }
                return texts.map { text in
                    if text == "bad" { return .failure(TestError.badText) }
                    return .success(IngestInference(values: [Float(text.count)], isTruncated: text.count > 8, resultsField: "predicted_value"))
                }
            },
            pictures: { reference, properties in
                guard reference == "a picture" else { throw TestError.badText }
                return JSONMembers(properties.wanted.map(\.rawValue).sorted().map { ($0, .int(properties.thumbnailSide)) })
            },
            explain: { error in
                if case IngestFault.fail(let message) = error { return message }
                return "\(error)"
            })
    }

    enum TestError: Error { case unknownScript, unknownModel, badText }
}

func object(_ json: String) throws -> JSONMembers {
    try JSONValue(JSONDocument(parsing: json).root).object ?? [:]
}

func document(_ json: String) throws -> IngestDocument {
    IngestDocument(source: try object(json), metadata: ["_index": "i", "_id": "1"], timestamp: "2020-01-01T00:00:00.000Z")
}

/// What processors make of a document's source; nil if they drop it.
func processed(_ processors: String, _ source: String) async throws -> JSONMembers? {
    let registry = TestPipelines().registry
    try registry.put("p", try object(#"{"processors":\#(processors)}"#))
    let result = await registry.run([.init(try document(source), pipeline: "p")])
    return try result.first?.get()?.source
}
