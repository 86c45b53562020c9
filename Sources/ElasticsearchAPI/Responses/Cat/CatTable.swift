internal import Indices
public import JSON
internal import Mapping

/// A table of the `_cat` APIs: text for people, or JSON.
public struct CatTable: Sendable {
    /// A column, and what `help` says of it.
    public struct Column: Sendable {
        public var name: String
        /// Other names that `h` and `s` take.
        public var aliases: [String]
        public var isNumber: Bool
        /// Whether it is there without being asked for.
        public var isShown: Bool
        /// What `help` says.
        public var explanation: String

        public init(
            _ name: String, aliases: [String] = [], isNumber: Bool = false, isShown: Bool = true, _ explanation: String = ""
        ) {
            self.name = name
            self.aliases = aliases
            self.isNumber = isNumber
            self.isShown = isShown
            self.explanation = explanation
        }

        func answers(to pattern: WildcardPattern) -> Bool { ([name] + aliases).contains { pattern.matches($0) } }
    }

    public var columns: [Column]
    /// As many cells a row as there are columns; nil is an empty cell.
    public var rows: [[String?]]

    public init(columns: [Column], rows: [[String?]] = []) {
        self.columns = columns
        self.rows = rows
    }

    /// The columns that `h` names, in its order and by the names that it uses; patterns take `*`. Unknown names are passed over.
    /// Nil: those that are shown.
    public func selecting(_ names: [String]?) -> CatTable {
        guard let names else { return selecting(columns.filter(\.isShown).map(\.name)) }
        let chosen = names.flatMap { name -> [(index: Int, name: String)] in
            let pattern = WildcardPattern(name)
            let indices = columns.indices.filter { columns[$0].answers(to: pattern) }
            // One name is one column, though it may be another's alias.
            if name.contains("*") { return indices.map { ($0, columns[$0].name) } }
            return (indices.filter { columns[$0].name == name } + indices).prefix(1).map { ($0, name) }
        }
        return CatTable(
            columns: chosen.map { index, name in
                var column = columns[index]
                column.name = name
                return column
            }, rows: rows.map { row in chosen.map { row[$0.index] } })
    }

    /// Rows in the order that `s` asks for: columns' names, with `:desc` for the reverse.
    ///
    /// - Throws: `ElasticsearchError` for a column that there is not.
    public func sorted(by keys: [String]) throws(ElasticsearchError) -> CatTable {
        var order: [(column: Int, isDescending: Bool)] = []
        for key in keys {
            let isDescending = key.hasSuffix(":desc")
            let name = isDescending ? String(key.dropLast(5)) : key.hasSuffix(":asc") ? String(key.dropLast(4)) : key
            let pattern = WildcardPattern(name)
            guard let column = columns.indices.first(where: { columns[$0].answers(to: pattern) }) else {
                throw ElasticsearchError(
                    status: 400, "unsupported_operation_exception",
                    "Unable to sort by unknown sort key `\(name)`")
            }
            order.append((column, isDescending))
        }
        let sorted = rows.enumerated().sorted { left, right in
            for (column, isDescending) in order {
                let (a, b) = (left.element[column], right.element[column])
                if a == b { continue }
                return isDescending ? Self.precedes(b, a) : Self.precedes(a, b)
            }
            return left.offset < right.offset
        }
        return CatTable(columns: columns, rows: sorted.map(\.element))
    }

    /// Numbers, also those with a unit, by their size; nothing comes first.
    private static func precedes(_ left: String?, _ right: String?) -> Bool {
        guard let left, let right else { return left == nil && right != nil }
        if let a = size(left), let b = size(right), a != b { return a < b }
        return left < right
    }

    private static func size(_ text: String) -> Double? {
        Double(text) ?? Double(text.hasSuffix("%") ? text.dropLast() : "") ?? ByteSize(parsing: text).map { Double($0.bytes) }
    }

    /// `[{"name": "cell", …}, …]`
    public var json: JSONValue {
        .array(
            rows.map { row in
                .object(JSONMembers(zip(columns, row).map { ($0.name, $1.map { .string($0) } ?? .null) }))
            })
    }

    /// Lines of cells, padded so that columns align; numbers to the right.
    ///
    /// - Parameter withHeader: a first line of column names (`v`).
    public func text(withHeader: Bool) -> String {
        let lines = (withHeader ? [columns.map { Optional($0.name) }] : []) + rows
        let widths = columns.indices.map { column in lines.map { $0[column]?.count ?? 0 }.max() ?? 0 }
        return lines.map { line in
            let cells = columns.indices.map { column in
                let cell = line[column] ?? ""
                let padding = String(repeating: " ", count: widths[column] - cell.count)
                let isLast = column == columns.count - 1
                return columns[column].isNumber ? padding + cell : cell + (isLast ? "" : padding)
            }
            return cells.joined(separator: " ") + "\n"
        }.joined()
    }

    /// What `help` answers: a line a column, with its other names.
    public var help: String {
        let rows = columns.map { [$0.name, $0.aliases.isEmpty ? "-" : $0.aliases.joined(separator: ","), $0.explanation] }
        let widths = (0..<2).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = (0..<2).map { row[$0] + String(repeating: " ", count: widths[$0] - row[$0].count) }
            return "\(cells[0]) | \(cells[1]) | \(row[2])\n"
        }.joined()
    }
}
