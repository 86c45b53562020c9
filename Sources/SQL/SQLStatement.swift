/// What a text asks for.
public enum SQLStatement: Equatable, Sendable {
    case select(SQLSelect)
    /// `SHOW TABLES`: nil: all.
    case showTables(SQLTables?)
    /// `SHOW COLUMNS IN` and `DESCRIBE`.
    case showColumns(SQLTables)
}

/// Which tables a statement means: indices, aliases, patterns of them.
public struct SQLTables: Equatable, Sendable {
    /// How tables are named.
    public enum Name: Equatable, Sendable {
        /// As in a URL: names with commas between them, and `*`.
        case indices(String)
        case like(SQLPattern)
    }

    public var name: Name
    public var source: SQLSource
    /// What stands for it in the names of columns.
    public var alias: String?
}

/// `SELECT`, its clauses as they are written.
public struct SQLSelect: Equatable, Sendable {
    /// A column of the answer.
    public struct Item: Equatable, Sendable {
        public var expression: SQLExpression
        public var alias: String?
    }

    /// A key of `ORDER BY`.
    public struct Order: Equatable, Sendable {
        public var expression: SQLExpression
        public var isAscending: Bool
        public var isNullFirst: Bool
    }

    public var items: [Item]
    /// `DISTINCT` itself, for errors.
    public var distinct: SQLSource?
    /// Nil: one row that no table has.
    public var table: SQLTables?
    public var condition: SQLExpression?
    public var groups: [SQLExpression] = []
    public var having: SQLExpression?
    public var order: [Order] = []
    /// Nil: all rows.
    public var limit: Int?
}
