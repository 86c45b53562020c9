public import JSON

/// A page of rows, and how it is written.
public struct SQLAnswer: Sendable {
    /// Of a search that can be asked for again.
    public struct Identity: Sendable {
        public var id: String
        public var isRunning: Bool
    }

    /// Nil on all pages but the first.
    private var columns: [SQLPlan.Column]?
    public private(set) var rows: [[JSONValue]]
    /// Nil on the last page.
    public var cursor: String?
    public internal(set) var identity: Identity?

    /// - Parameter plan: nil for all pages but the first.
    public init(_ plan: SQLPlan?, _ rows: [[JSONValue]], cursor: String?) {
        columns = plan?.columns
        self.rows = rows
        self.cursor = cursor
    }

    /// - Parameter isColumnar: a list a column, not a row.
    public func json(isColumnar: Bool) -> JSONValue {
        var members = JSONMembers()
        if let identity {
            members["id"] = .string(identity.id)
            members["is_partial"] = .bool(identity.isRunning)
            members["is_running"] = .bool(identity.isRunning)
        }
        if let columns {
            members["columns"] = .array(columns.map { ["name": .string($0.name), "type": .string($0.type.rawValue)] })
        }
        if isColumnar {
            let width = columns?.count ?? rows.first?.count ?? 0
            members["values"] = .array((0..<width).map { column in .array(rows.compactMap { column < $0.count ? $0[column] : nil }) })
        } else {
            members["rows"] = .array(rows.map { .array($0) })
        }
        members["cursor"] = cursor.map { .string($0) }
        return .object(members)
    }

    var names: [String]? { columns?.map(\.name) }
}
