/// A value or a condition, as it is written.
public struct SQLExpression: Equatable, Sendable {
    /// Raw values are how they are written.
    public enum Comparison: String, Equatable, Sendable {
        case equal = "="
        case notEqual = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
    }

    /// What it is made of.
    public indirect enum Kind: Equatable, Sendable {
        case literal(SQLLiteral)
        /// A column: the parts of its name.
        case column([String])
        /// `*`, or `name.*`.
        case star([String])
        /// The name in capitals.
        case call(String, [SQLExpression], isDistinct: Bool)
        /// Of two and more.
        case and([SQLExpression])
        case or([SQLExpression])
        case not(SQLExpression)
        case comparison(Comparison, SQLExpression, SQLExpression)
        case between(SQLExpression, SQLExpression, SQLExpression)
        case isIn(SQLExpression, [SQLExpression])
        case like(SQLExpression, SQLPattern)
        /// A regular expression.
        case rlike(SQLExpression, String)
        case isNull(SQLExpression)
    }

    public var kind: Kind
    public var source: SQLSource

    public init(_ kind: Kind, _ source: SQLSource) {
        self.kind = kind
        self.source = source
    }
}

extension SQLExpression.Comparison {
    /// What holds where this does not, for values that are there.
    public var opposite: Self {
        switch self {
        case .equal: .notEqual
        case .notEqual: .equal
        case .less: .greaterOrEqual
        case .lessOrEqual: .greater
        case .greater: .lessOrEqual
        case .greaterOrEqual: .less
        }
    }

    /// The same with its sides exchanged.
    public var mirrored: Self {
        switch self {
        case .equal, .notEqual: self
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        }
    }
}
