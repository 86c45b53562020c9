public import JSON
internal import Mapping

/// A table of the `_cat` APIs: text for people, or JSON.
public struct CatTable: Sendable {
    public struct Column: Sendable {
        public var name: String
        /// Other names that `h` takes.
        public var aliases: [String]
        public var isNumber: Bool

        public init(_ name: String, aliases: [String] = [], isNumber: Bool = false) {
            self.name = name
            self.aliases = aliases
            self.isNumber = isNumber
        }
    }

    public var columns: [Column]
    /// As many cells a row as there are columns; nil is an empty cell.
    public var rows: [[String?]]

    public init(columns: [Column], rows: [[String?]] = []) {
        self.columns = columns
        self.rows = rows
    }

    /// The columns that `h` names, in its order; patterns take `*`. Unknown names are passed over.
    public func selecting(_ names: [String]) -> CatTable {
        let chosen = names.flatMap { name -> [Int] in
            let pattern = WildcardPattern(name)
            return columns.indices.filter { index in
                ([columns[index].name] + columns[index].aliases).contains { pattern.matches($0) }
            }
        }
        return CatTable(columns: chosen.map { columns[$0] }, rows: rows.map { row in chosen.map { row[$0] } })
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
}
