/// The names that a context gives to scripts.
struct ScriptSurroundings: Sendable {
    var globals: Set<String>
    /// Functions by name, with how many arguments they take.
    var functions: [String: ClosedRange<Int>] = [:]
}
