/// A script as a request names it.
public enum ScriptReference: Equatable, Hashable, Sendable {
    case inline(Script)
    /// One that was stored, with parameters of its own.
    case stored(id: String, parameters: ScriptParameters)
}
