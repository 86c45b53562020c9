/// A statement of a script.
struct Statement: Sendable {
    indirect enum Kind: Sendable {
        case expression(Expression)
        case declare([(slot: Int, type: ScriptType, value: Expression?)])
        case block([Statement])
        case branch(Expression, then: [Statement], otherwise: [Statement])
        case loop(Loop)
        case forEach(slot: Int, type: ScriptType, in: Expression, body: [Statement])
        case give(Expression?)
        case leave
        case proceed
        case raise(Expression)
        case attempt([Statement], catches: [Catch])
    }

    struct Loop: Sendable {
        var start: [Statement] = []
        /// Nil is always true.
        var condition: Expression?
        var step: [Expression] = []
        var body: [Statement] = []
        /// The body runs before the condition is looked at.
        var isBodyFirst = false
    }

    struct Catch: Sendable {
        var type: String
        var slot: Int
        var body: [Statement]
    }

    var kind: Kind
    /// Bytes of the script's text.
    var range: Range<Int>
}

/// A function that a script declares.
struct ScriptFunction: Sendable {
    var name: String
    var result: ScriptType
    var parameters: [ScriptType]
    var slots: Int
    var body: [Statement]
}

/// A script that was read: its functions, and the statements that run.
struct ScriptProgram: Sendable {
    var functions: [ScriptFunction] = []
    var body: [Statement] = []
    /// Locals that the body needs.
    var slots = 0
    /// Calls of the context's functions.
    var sites = 0
}
