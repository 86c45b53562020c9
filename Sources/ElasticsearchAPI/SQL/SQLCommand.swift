internal import SQL

/// A statement that can be read.
public struct SQLCommand: Sendable {
    let statement: SQLStatement

    init(_ statement: SQLStatement) {
        self.statement = statement
    }

    var tables: SQLTables? {
        switch statement {
        case .select(let select): select.table
        case .showTables(let tables): tables
        case .showColumns(let tables): tables
        }
    }

    /// Which indices it is about; nil: none is asked for.
    public var patterns: [String]? {
        switch tables?.name {
        case .indices(let names)?: names.split(separator: ",").map { String($0.trimmingSpaces) }.filter { !$0.isEmpty }
        case .like?: ["*"]
        case nil: if case .showTables = statement { ["*"] } else { nil }
        }
    }

    /// Whether it is an error that there is none of them.
    var needsTable: Bool { if case .showTables = statement { false } else { true } }
}
