internal import SQL

/// Functions, bound to the columns that they are of.
extension SQLPlanner {
    mutating func call(
        _ name: String, _ arguments: [SQLExpression], _ isDistinct: Bool, _ source: SQLSource, in clause: Clause
    ) -> SQLValue? {
        switch name {
        case "SCORE":
            if arguments.isEmpty, !isDistinct { return .score }
            problems.add(source, "error building [score]: expects no arguments")
        case "COUNT": return count(arguments, isDistinct, source, in: clause)
        case "SUM", "AVG", "MIN", "MAX":
            guard let metric = SQLValue.Metric(rawValue: name.lowercased()), arguments.count == 1, !isDistinct else {
                problems.add(source, "error building [\(name.lowercased())]: expects exactly one argument")
                return nil
            }
            return self.metric(metric, arguments[0], source, in: clause)
        case "MATCH", "QUERY":
            problems.add(source, "Cannot use MATCH() or QUERY() full-text search functions in the \(clause.rawValue) clause")
        default:
            let written = source.text.prefix { $0 != "(" && !$0.isWhitespace }
            let hint = Suggestions(for: name, among: Self.functions).text.map { ", did you mean \($0)" } ?? ""
            problems.add(source, "Unknown function [\(written)]\(hint)")
        }
        return nil
    }

    private mutating func count(
        _ arguments: [SQLExpression], _ isDistinct: Bool, _ source: SQLSource, in clause: Clause
    ) -> SQLValue? {
        guard let argument = arguments.first, arguments.count == 1 else {
            problems.add(source, "error building [count]: expects exactly one argument")
            return nil
        }
        if case .star = argument.kind { return .count }
        switch value(argument, in: clause) {
        case .literal(let literal)? where literal != .null && !isDistinct: return .count
        case .field(let field)?:
            guard isDistinct else { return .countOf(field) }
            guard exactPath(field, source, "[\(source.text)] cannot operate on field of data type [text]:") != nil else { return nil }
            if field.type.isSortable { return .countDistinct(field) }
            problems.add(source, "[\(source.text)] cannot operate on field of data type [\(field.type.rawValue)]")
        case nil: return nil
        case .some: problems.add(source, "argument of [\(source.text)] must be a column")
        }
        return nil
    }

    private mutating func metric(
        _ metric: SQLValue.Metric, _ argument: SQLExpression, _ source: SQLSource, in clause: Clause
    ) -> SQLValue? {
        switch value(argument, in: clause) {
        case .field(let field)?:
            let takesDates = metric == .min || metric == .max
            if field.type.isNumeric || takesDates && field.type == .datetime { return .metric(metric, field) }
            problems.add(
                source,
                "argument of [\(source.text)] must be [\(takesDates ? "datetime or numeric" : "numeric")], found value "
                    + "[\(argument.source.text)] type [\(field.type.rawValue)]")
        case nil: return nil
        case .some: problems.add(source, "argument of [\(source.text)] must be a column")
        }
        return nil
    }
}
