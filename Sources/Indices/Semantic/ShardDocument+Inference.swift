internal import JSON
internal import Mapping
internal import Query
internal import Shards

extension ShardDocument {
    /// The same with what models made of it in its source, as a client sees it who asks for vectors.
    func showing(_ inference: InferenceFields?, _ mapping: Mapping) -> ShardDocument {
        if let legacy = LegacySemanticText(mapping) {
            var shown = self
            shown.source = source.map { legacy.shown($0, inference) }
            return shown
        }
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
    /// Whether what models made of documents is shown: where vectors are asked for, the metadata field by its name, or where the index
    /// shows it always.
    func asksForInference(of mapping: Mapping) -> Bool {
        guard source != .none else { return false }
        return showsInference || fields.contains { $0.pattern == InferenceFields.name } || LegacySemanticText(mapping) != nil
    }
}
