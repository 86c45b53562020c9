/// An expression of a script, its names resolved.
indirect enum Expression: Sendable {
    enum Binary: String, Sendable {
        case add = "+", subtract = "-", multiply = "*", divide = "/", remainder = "%"
        case shiftLeft = "<<", shiftRight = ">>", shiftRightUnsigned = ">>>"
        case and = "&", or = "|", exclusiveOr = "^"
        case equal = "==", notEqual = "!=", identical = "===", notIdentical = "!=="
        case less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">="
        case find = "=~", match = "==~"
    }

    enum Unary: String, Sendable {
        case plus = "+", minus = "-", not = "!", complement = "~"
    }

    case literal(ScriptLiteral)
    case local(Int)
    /// `params`, `doc`, `ctx`, `_score`, …: what the context gives.
    case global(String, offset: Int)
    case unary(Unary, Expression, offset: Int)
    case binary(Binary, Expression, Expression, offset: Int)
    case both(Expression, Expression, offset: Int)
    case either(Expression, Expression, offset: Int)
    case conditional(Expression, Expression, Expression, offset: Int)
    case elvis(Expression, Expression)
    case cast(ScriptType, Expression, offset: Int)
    case instance(Expression, String)
    case member(Expression, String, isNullSafe: Bool, offset: Int)
    case element(Expression, Expression, offset: Int)
    case call(MethodCall)
    /// A function of the context; `site` numbers the calls of a script.
    case contextCall(name: String, site: Int, [Expression], offset: Int)
    case functionCall(Int, [Expression], offset: Int)
    case staticCall(type: String, name: String, [Expression], Lambda?, offset: Int)
    case staticMember(type: String, name: String, offset: Int)
    case make(type: String, [Expression], offset: Int)
    case makeArray(ScriptType, [Expression], offset: Int)
    /// A lambda as a value.
    case function(Lambda)
    /// `Type::method`, `value::method`, `this::function`; `new` stands for a class's constructor.
    case reference(Expression?, type: String?, name: String, offset: Int)
    case list([Expression])
    case map([(key: Expression, value: Expression)])
    case assign(Target, Expression, offset: Int)
    case compound(Binary, Target, Expression, offset: Int)
    /// `++` and `--`.
    case increment(Target, by: Int32, isPrefix: Bool, offset: Int)

    struct MethodCall: Sendable {
        var receiver: Expression
        var name: String
        var arguments: [Expression]
        var lambda: Lambda?
        var isNullSafe: Bool
        var offset: Int
    }

    /// Its parameters are locals of the frame that it stands in: it runs only while that does.
    struct Lambda: Sendable {
        var parameters: [Int]
        var body: [Statement]
    }

    enum Target: Sendable {
        case local(Int, ScriptType)
        case member(Expression, String)
        case element(Expression, Expression)
    }
}

/// A value that is written in a script.
enum ScriptLiteral: Equatable, Sendable {
    case null
    case boolean(Bool)
    case int(Int32)
    case long(Int64)
    case float(Float)
    case double(Double)
    case string(String)
    case pattern(BoundedRegex)
}
