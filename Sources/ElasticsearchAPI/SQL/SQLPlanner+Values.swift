internal import SQL

extension SQLPlanner {
    /// Where a value stands: aggregates are of groups alone, and names mean columns of the answer or of the table first.
    enum Clause: String {
        case select = "SELECT"
        case condition = "WHERE"
        case groups = "GROUP BY"
        case having = "HAVING"
        case order = "ORDER BY"
    }

    static let functions = ["AVG", "COUNT", "MATCH", "MAX", "MIN", "QUERY", "SCORE", "SUM"]

    /// - Returns: nil where something is wrong with it, which is among the problems then.
    mutating func value(_ expression: SQLExpression, in clause: Clause) -> SQLValue? {
        let source = expression.source
        switch expression.kind {
        case .literal(let literal): return .literal(literal)
        case .column(let parts): return column(parts, source, in: clause)
        case .call(let name, let arguments, let isDistinct):
            let value = call(name, arguments, isDistinct, source, in: clause)
            guard clause == .condition, let value, value.isAggregate else { return value }
            problems.add(source, "Cannot use WHERE filtering on aggregate function [\(source.text)], use HAVING instead")
            return nil
        case .star, .and, .or, .not, .comparison, .between, .isIn, .like, .rlike, .isNull:
            problems.add(source, "[\(source.text)] cannot be used as a value")
            return nil
        }
    }

    // MARK: Names

    private mutating func column(_ parts: [String], _ source: SQLSource, in clause: Clause) -> SQLValue? {
        let name = parts.joined(separator: ".")
        let alias = parts.count == 1 && clause != .select ? aliases[name] : nil
        if let alias, clause == .order || clause == .having { return alias }
        if let field = field(parts) {
            if isUsable(field) { return .field(field) }
            refuse(field, source)
            return nil
        }
        if let alias {
            guard clause != .condition || !alias.isAggregate else {
                problems.add(source, "Cannot use WHERE filtering on aggregate function [\(name)], use HAVING instead")
                return nil
            }
            return alias
        }
        unknownColumn(name, source)
        return nil
    }

    /// A field by its path, which the table's name may stand before.
    private func field(_ parts: [String]) -> SQLSchema.Field? {
        if let field = schema.fields[parts.joined(separator: ".")] { return field }
        guard parts.count > 1, isTable(parts[0]) else { return nil }
        return schema.fields[parts.dropFirst().joined(separator: ".")]
    }

    func isTable(_ name: String) -> Bool {
        guard let table = select.table else { return false }
        if let alias = table.alias { return name == alias }
        return table.name == .indices(name)
    }

    mutating func unknownColumn(_ name: String, _ source: SQLSource) {
        if problems.isFull { return }
        let usable = schema.fields.values.filter { $0.type != .unsupported }.map(\.path)
        let hint = Suggestions(for: name, among: usable).text.map { ", did you mean \($0)" } ?? ""
        problems.add(source, "Unknown column [\(name)]\(hint)")
    }

    private func isUsable(_ field: SQLSchema.Field) -> Bool {
        switch field.type {
        case .unsupported, .object, .nested: false
        default: !field.isNested
        }
    }

    /// Says why a field cannot be read.
    mutating func refuse(_ field: SQLSchema.Field, _ source: SQLSource) {
        let reason: String
        if !field.conflict.isEmpty {
            let types = field.conflict.sorted { $0.key < $1.key }.map { "[\($0.key)] in [\($0.value.joined(separator: ", "))]" }
            reason = "due to ambiguities being mapped as [\(types.count)] incompatible types: \(types.joined(separator: ", "))"
        } else if field.type == .unsupported {
            reason = "with unsupported type [\(field.family)]"
        } else if field.isNested || field.type == .nested {
            reason = "type [\(field.type.rawValue)]: nested fields are not supported"
        } else {
            reason = "type [\(field.type.rawValue)] only its subfields"
        }
        problems.add(source, "Cannot use field [\(field.path)] \(reason)")
    }

    /// The path under which a field's values are found as a whole.
    ///
    /// - Parameter start: what an error begins with.
    mutating func exactPath(_ field: SQLSchema.Field, _ source: SQLSource, _ start: String) -> String? {
        if let path = field.exactPath { return path }
        let reason =
            field.exactFields.isEmpty
            ? "No keyword/multi-field defined exact matches for [\(field.name)]; define one or use MATCH/QUERY instead"
            : "Multiple exact keyword candidates available for [\(field.name)]; specify which one to use"
        problems.add(source, "\(start) \(reason)")
        return nil
    }

    // MARK: Places in lists

    /// The value of an order, which may be the number of a column.
    mutating func bound(_ order: SQLSelect.Order, _ outputs: [Output]) -> SQLValue? {
        let all = "ORDER BY " + select.order.map(\.expression.source.text).joined(separator: ", ")
        guard let place = ordinal(order.expression, all, outputs) else { return value(order.expression, in: .order) }
        return place.map(\.value)
    }

    /// The column of the answer that a number stands for.
    ///
    /// - Returns: nil for what is no number; the inner nil where there is no such column.
    mutating func ordinal(_ expression: SQLExpression, _ clause: String, _ outputs: [Output]) -> Output?? {
        guard case .literal(.integer(let number)) = expression.kind else { return nil }
        if let index = Int(exactly: number), index >= 1, index <= outputs.count { return outputs[index - 1] }
        problems.add(
            expression.source, "Invalid ordinal [\(number)] specified in [\(clause)] (valid range is [1, \(outputs.count)])")
        return .some(nil)
    }
}
