internal import Indices
internal import JSON

extension DocumentScript {
    private enum Key: String, BodyKey {
        case source, id, lang, params, options
        /// Older names.
        case inline, stored
    }

    /// A script as a text, or `{"source": …, "lang": …, "params": …}`, or `{"id": …}`.
    init(_ field: Field) throws(ParseError) {
        if let source = field.element.string {
            self.init(source: source)
            return
        }
        var script = DocumentScript()
        for (key, field) in try field.value.fields(Key.self, of: .object("script")) {
            switch key {
            case .source, .inline: script.source = try field.text()
            case .id, .stored: script.id = try field.text()
            case .lang: script.language = try field.string()
            case .params:
                guard case .object(let members) = JSONValue(field.element) else { throw field.unexpected }
                script.parameters = members
            case .options: guard field.element.kind == .object else { throw field.unexpected }
            }
        }
        guard (script.source == nil) != (script.id == nil) else {
            throw .argument("must specify either [source] for an inline script or [id] for a stored script", at: field.path)
        }
        self = script
    }
}
