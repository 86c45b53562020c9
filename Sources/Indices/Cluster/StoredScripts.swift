internal import JSON
public import Scripts

/// Scripts by id, kept in `scripts.json`.
public final class StoredScripts: Sendable {
    /// A stored script: any language's text may be kept, for whoever reads it.
    public struct Stored: Equatable, Sendable {
        public var language: String
        public var source: String

        public init(language: String, source: String) {
            self.language = language
            self.source = source
        }
    }

    private let objects: NamedObjects

    init(_ objects: NamedObjects) {
        self.objects = objects
    }

    public subscript(id: String) -> Stored? {
        guard let object = objects[id], let language = object["lang"]?.string, let source = object["source"]?.string else {
            return nil
        }
        return Stored(language: language, source: source)
    }

    /// - Throws: `IndicesError.file`.
    public func put(_ id: String, _ script: Stored) throws(IndicesError) {
        try objects.set(id, ["lang": .string(script.language), "source": .string(script.source)])
    }

    /// - Throws: `IndicesError.storedScriptMissing`, `.file`.
    public func delete(_ id: String) throws(IndicesError) {
        guard objects[id] != nil else { throw .storedScriptMissing(id) }
        try objects.set(id, nil)
    }

    /// The script that a request means.
    ///
    /// - Throws: `IndicesError.scriptNotFound`, `.scriptLanguageNotSupported`.
    public func resolve(_ reference: ScriptReference) throws(IndicesError) -> Script {
        switch reference {
        case .inline(let script): return script
        case .stored(let id, let parameters):
            guard let stored = self[id] else { throw .scriptNotFound(id) }
            guard let language = ScriptLanguage(rawValue: stored.language) else {
                throw .scriptLanguageNotSupported(stored.language)
            }
            return Script(stored.source, language: language, parameters: parameters)
        }
    }
}
