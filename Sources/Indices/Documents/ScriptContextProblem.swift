/// What a script left in `ctx` that nothing can be made of.
public enum ScriptContextProblem: Equatable, Sendable {
    case sourceNotObject
    case unknownKey(String, value: String)
    /// A key that only `_reindex` may change.
    case fixedKey(String)
    case unknownOperation(String, allowed: [String])
}
