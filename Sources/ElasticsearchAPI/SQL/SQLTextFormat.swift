internal import JSON

/// Rows as a text.
public enum SQLTextFormat: Equatable, Sendable {
    case table
    case commas(delimiter: Character, hasHeader: Bool)
    case tabs

    /// - Parameters:
    ///   - parameters: `format` wins over the header; `delimiter` is for commas alone.
    ///   - accept: the `Accept` header.
    /// - Returns: nil where a value is wanted: JSON, or what else the request says.
    /// - Throws: `ElasticsearchError` for a format that is not known, and for a delimiter that cannot be one.
    public static func wanted(_ parameters: QueryParameters, accept: String?) throws(ElasticsearchError) -> SQLTextFormat? {
        let parts = (accept ?? "").split(separator: ";").map { $0.trimmingSpaces.lowercased() }
        let name: String
        if let format = parameters["format"] {
            name = format.lowercased()
        } else {
            switch parts.first {
            case "text/plain": name = "txt"
            case "text/csv": name = "csv"
            case "text/tab-separated-values": name = "tsv"
            default: name = "json"
            }
        }
        let delimiter = parameters["delimiter"]
        switch name {
        case "txt", "text": return .table
        case "tsv": return .tabs
        case "json", "yaml", "yml", "cbor": return nil
        case "csv":
            let delimiter = delimiter ?? ","
            guard let character = delimiter.first, delimiter.count == 1 else {
                throw .illegalArgument("invalid delimiter [\(delimiter)]: it must be one character")
            }
            guard !["\"", "\r", "\n", "\r\n", "\t"].contains(character) else {
                throw .illegalArgument("illegal reserved character specified as delimiter [\(character)]")
            }
            return .commas(delimiter: character, hasHeader: !parts.contains("header=absent"))
        default: throw .illegalArgument("Invalid response content type specified [\(name)]")
        }
    }

    public var mediaType: String {
        switch self {
        case .table: MediaType.text.description
        case .commas(_, let hasHeader): "text/csv; charset=utf-8; header=\(hasHeader ? "present" : "absent")"
        case .tabs: "text/tab-separated-values; charset=utf-8"
        }
    }

    /// - Complexity: O(length of the text).
    public func text(_ answer: SQLAnswer) -> String {
        let rows = answer.rows.map { $0.map { $0.cell(null: self == .table ? "null" : "") } }
        switch self {
        case .table: return Self.table(answer.names, rows)
        case .commas(let delimiter, let hasHeader):
            let lines = (hasHeader ? answer.names.map { [$0] } ?? [] : []) + rows
            return lines.map { $0.map { Self.quoted($0, delimiter) }.joined(separator: String(delimiter)) + "\r\n" }.joined()
        case .tabs:
            let lines = (answer.names.map { [$0] } ?? []) + rows
            return lines.map { $0.map(Self.escaped).joined(separator: "\t") + "\n" }.joined()
        }
    }

    private static func quoted(_ text: String, _ delimiter: Character) -> String {
        guard text.unicodeScalars.contains(where: { "\"\r\n".unicodeScalars.contains($0) }) || text.contains(delimiter) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": escaped += "\\n"
            case "\t": escaped += "\\t"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    // MARK: Tables

    private static let minimumWidth = 15

    /// Names in the middle of their columns, a line, and the values at the left.
    private static func table(_ names: [String]?, _ rows: [[String]]) -> String {
        let count = names?.count ?? rows.first?.count ?? 0
        let widths = (0..<count).map { column in
            max(minimumWidth, names?[column].count ?? 0, rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0)
        }
        func line(_ cells: [String], _ separator: String) -> String { cells.joined(separator: separator) + "\n" }
        func space(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
        var text = ""
        if let names {
            text += line(
                zip(names, widths).map { name, width in
                    let left = (width - name.count) / 2
                    return space(left) + name + space(width - name.count - left)
                }, "|")
            text += line(widths.map { String(repeating: "-", count: $0) }, "+")
        }
        for row in rows { text += line(zip(row, widths).map { $0 + space($1 - $0.count) }, "|") }
        return text
    }
}

extension JSONValue {
    fileprivate func cell(null: String) -> String {
        switch self {
        case .null: null
        case .string(let text): text
        case .bool(let flag): String(flag)
        case .int, .unsigned, .double, .float, .array, .floats, .object, .raw: String(decoding: serialized(), as: UTF8.self)
        }
    }
}
