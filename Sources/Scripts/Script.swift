/// A script as a request has it: text in a language, and parameters.
public struct Script: Equatable, Hashable, Sendable {
    public var source: String
    public var language: ScriptLanguage
    public var parameters: ScriptParameters

    public init(_ source: String, language: ScriptLanguage = .painless, parameters: ScriptParameters = ScriptParameters()) {
        self.source = source
        self.language = language
        self.parameters = parameters
    }
}

/// The languages that are understood. Lucene expressions are read as Painless, whose expressions they nearly are.
public enum ScriptLanguage: String, Hashable, Sendable {
    case painless, expression
}
