internal import JSON
internal import SQL

/// The sides of conditions of rows.
extension SQLPlanner {
    mutating func field(_ expression: SQLExpression, _ source: SQLSource) -> SQLSchema.Field? {
        guard let value = value(expression, in: .condition) else { return nil }
        if case .field(let field) = value { return field }
        problems.add(expression.source, "[\(source.text)] needs a column")
        return nil
    }

    /// The path of a field whose values can be compared.
    mutating func comparable(_ field: SQLSchema.Field, _ source: SQLSource) -> String? {
        let start = "[\(source.text)] cannot operate on first argument field of data type [\(field.type.rawValue)]"
        guard field.type.isComparable else {
            problems.add(source, start)
            return nil
        }
        return exactPath(field, source, start + ":")
    }

    /// The path of a field whose values are texts.
    mutating func text(_ expression: SQLExpression, _ source: SQLSource) -> String? {
        guard let field = field(expression, source) else { return nil }
        switch field.type {
        case .keyword, .text: return exactPath(field, source, "[\(source.text)] cannot operate on field of data type [\(field.type.rawValue)]:")
        default:
            problems.add(
                source,
                "argument of [\(source.text)] must be [string], found value [\(expression.source.text)] type [\(field.type.rawValue)]")
            return nil
        }
    }

    mutating func constant(_ expression: SQLExpression, _ field: SQLSchema.Field) -> JSONValue? {
        guard let value = value(expression, in: .condition) else { return nil }
        guard case .literal(let literal) = value else {
            problems.add(
                expression.source, "Comparisons against fields are not (currently) supported; offender [\(expression.source.text)]")
            return nil
        }
        return constant(literal, field, expression.source)
    }

    /// A constant as queries of a field have it.
    mutating func constant(_ literal: SQLLiteral, _ field: SQLSchema.Field, _ source: SQLSource) -> JSONValue? {
        guard field.type == .datetime, literal != .null else { return literal.json }
        guard case .string(let text) = literal, let date = SQLDates.literal(text, zone) else {
            return wrong(source, "cannot cast [\(source.text)] to [datetime]")
        }
        return .string(date)
    }
}
