public import Indices
internal import JSON
internal import Scripts

/// `PUT /_scripts/{id}`: the script that is to be stored.
public struct StoredScriptBody: Sendable {
    public private(set) var script: StoredScripts.Stored

    private enum Key: String, BodyKey {
        case script
    }

    private enum ScriptKey: String, BodyKey {
        case lang, source, options
    }

    /// - Parameter context: a context that it must compile for.
    public init(id: String, body: some Collection<UInt8>, context: String?) throws(ElasticsearchError) {
        script = try JSONBody.decode(body) { (root) throws(ParseError) in
            var script: StoredScripts.Stored?
            for (key, field) in try root.fields(Key.self, of: .object("stored script source")) {
                switch key {
                case .script: script = try Self.stored(field)
                }
            }
            guard let script else { throw .argument("must specify at least one script") }
            return script
        }
        if let context { try check(id, context) }
    }

    private static func stored(_ field: Field) throws(ParseError) -> StoredScripts.Stored {
        var language: String?, source: String?
        for (key, field) in try field.value.fields(ScriptKey.self, of: .object("stored script source")) {
            switch key {
            case .lang: language = try field.string()
            // A template may be written as the object that it makes.
            case .source: source = try field.element.object == nil ? field.string() : String(decoding: JSONValue(field.element).serialized(), as: UTF8.self)
            case .options: _ = try field.value.members(of: .object("options"))
            }
        }
        guard let language else { throw .argument("must specify lang for stored script") }
        guard let source else { throw .argument("must specify source for stored script") }
        guard ScriptLanguage(rawValue: language) != nil || language == "mustache" else {
            throw .argument("unable to put stored script with unsupported lang [\(language)]")
        }
        return StoredScripts.Stored(language: language, source: source)
    }

    private func check(_ id: String, _ context: String) throws(ElasticsearchError) {
        guard let language = ScriptLanguage(rawValue: script.language) else { return }
        let source = Script(script.source, language: language)
        do {
            switch context {
            case "score": _ = try ScoreScript(source)
            case "filter", "field", "string_sort", "number_sort", "painless_test": _ = try ValueScript(source)
            case "update", "reindex", "update_by_query": _ = try UpdateScript(source)
            case "ingest", "processor_conditional": _ = try IngestScript(source)
            default: throw ElasticsearchError.illegalArgument("Unknown context [\(context)]")
            }
        } catch let error as ScriptError {
            // A parameter that is missing is given later.
            guard error.phase == .compiling else { return }
            throw ElasticsearchError(
                status: 400, "illegal_argument_exception", "failed to parse/compile stored script [\(id)]", causedBy: error.cause)
        } catch {
            throw error as? ElasticsearchError ?? .internalError
        }
    }
}
