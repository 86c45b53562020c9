internal import Ingest
internal import JSON

extension Pipeline {
    /// Whether one of its processors asks a model, or an inference endpoint, of this name.
    func names(model id: String) -> Bool { Self.names(.object(definition), id) }

    private static func names(_ value: JSONValue, _ id: String) -> Bool {
        if let values = value.array { return values.contains { names($0, id) } }
        return value.object?.contains { member in
            (member.key == "inference" && member.value["model_id"]?.string == id) || names(member.value, id)
        } ?? false
    }
}
