internal import JSON
internal import Scripts

extension ScriptReference {
    private enum Key: String, BodyKey {
        case source
        /// The old name of `source`.
        case inline
        case id
        case params
        case lang
        case options
    }

    /// Reads a script: its text alone, or an object with `source` or `id`.
    init(_ field: Field) throws(ParseError) {
        if let text = field.element.string {
            self = .inline(Script(text))
            return
        }
        var source: String?
        var id: String?
        var language: String?
        var parameters = ScriptParameters()
        for (key, field) in try field.value.fields(Key.self, of: .object("script")) {
            switch key {
            case .source, .inline: source = try field.string()
            case .id: id = try field.string()
            case .params:
                guard let object = field.element.object else { throw field.unexpected }
                parameters = ScriptParameters(object)
            case .lang: language = try field.string()
            // Only templates have options.
            case .options: guard field.element.object?.isEmpty == true else { throw field.unexpected }
            }
        }
        switch (source, id) {
        case (let source?, nil):
            let name = language ?? ScriptLanguage.painless.rawValue
            guard let language = ScriptLanguage(rawValue: name) else {
                throw .argument("script_lang not supported [\(name)]", at: field.path)
            }
            self = .inline(Script(source, language: language, parameters: parameters))
        case (nil, let id?):
            guard language == nil else { throw .argument("illegally specified <lang> for a stored script", at: field.path) }
            self = .stored(id: id, parameters: parameters)
        case (nil, nil): throw .argument("must specify either [source] for an inline script or [id] for a stored script")
        case (_?, _?): throw .argument("illegally specified both <id> and <source>")
        }
    }
}
