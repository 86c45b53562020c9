/// An expression of TorchScript's code.
indirect enum ScriptExpression {
    case none
    case bool(Bool)
    case integer(Int)
    case double(Double)
    case string(String)
    case name(String)
    case attribute(ScriptExpression, String)
    case call(ScriptExpression, [ScriptExpression], [(name: String, value: ScriptExpression)])
    /// A list or tuple.
    case list([ScriptExpression])
    /// `a[b]`, as types have it; values are indexed by operations.
    case subscripted(ScriptExpression)
}

/// A statement of TorchScript's code.
enum ScriptStatement {
    case assign([String], ScriptExpression)
    case evaluate(ScriptExpression)
    case give(ScriptExpression)
    case branch(ScriptExpression, then: [ScriptStatement], otherwise: [ScriptStatement])
    /// Something that no traced model of a known kind does: a loop, a store to an attribute.
    case other(String)
}

/// A function or method.
struct ScriptFunction {
    let parameters: [String]
    let body: [ScriptStatement]
}
