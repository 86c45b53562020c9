internal import JSON
internal import Mapping
internal import Query
internal import Shards

extension ShardDocument {
    /// The same with what models made of it in its source, as a client sees it who asks for vectors.
    func showing(_ inference: InferenceFields?) -> ShardDocument {
        guard let inference, !inference.isEmpty, let source, let document = try? JSONDocument(parsing: source),
            var members = JSONValue(document.root).object
        else { return self }
        members[InferenceFields.name] = inference.json(isCompact: false)
        var shown = self
        shown.source = JSONValue.object(members).serialized()
        return shown
    }
}

extension Fetch {
    /// Whether what models made of documents is shown: where vectors are asked for, or the metadata field by its name.
    var asksForInference: Bool {
        source != .none && (showsInference || fields.contains { $0.pattern == InferenceFields.name })
    }
}
