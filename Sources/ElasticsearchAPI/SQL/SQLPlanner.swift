internal import JSON
internal import Mapping
internal import Query
internal import SQL

/// Makes a plan of a `SELECT`, bound to the fields of its table. All that is wrong with it is found before anything is thrown.
struct SQLPlanner {
    /// What a column of the answer shows.
    struct Output {
        var name: String
        var value: SQLValue
        var source: SQLSource
    }

    let select: SQLSelect
    let schema: SQLSchema
    /// Of dates that name none.
    let zone: ZoneRule
    /// A query of the request's own, which rows have to match too.
    let filter: JSONValue?
    /// Fields that the request adds to every index.
    let runtime: JSONValue?
    var problems = SQLProblems()
    /// What names of columns' own stand for.
    var aliases: [String: SQLValue] = [:]

    init(_ select: SQLSelect, _ schema: SQLSchema, zone: ZoneRule = .utc, filter: JSONValue? = nil, runtime: JSONValue? = nil) {
        self.select = select
        self.schema = schema
        self.zone = zone
        self.filter = filter
        self.runtime = runtime
    }

    /// - Complexity: O(length of the statement × number of fields).
    /// - Throws: `verification_exception`.
    mutating func plan() throws(ElasticsearchError) -> SQLPlan {
        if let distinct = select.distinct { problems.add(distinct, "SELECT DISTINCT is not yet supported") }
        let outputs = self.outputs()
        var orders: [(order: SQLSelect.Order, value: SQLValue)] = []
        for order in select.order {
            if let value = bound(order, outputs) { orders.append((order, value)) }
        }
        // Names that mean nothing are told of alone: what else there is may follow from them.
        try problems.check()
        let isGrouped =
            !select.groups.isEmpty || select.having != nil || (outputs.map(\.value) + orders.map(\.value)).contains(where: \.isAggregate)
        var query: JSONValue?
        if let condition = select.condition { query = self.query(condition, isNegated: false) }
        let columns = outputs.map { SQLPlan.Column(name: $0.name, type: $0.value.type) }
        var plan: SQLPlan
        if select.table == nil {
            plan = SQLPlan(columns: columns, source: .rows([constants(outputs)]))
        } else if isGrouped {
            plan = SQLPlan(columns: columns, source: .groups(groups(outputs, orders, query)))
        } else {
            plan = SQLPlan(columns: columns, source: .hits(hits(outputs, orders, query)))
        }
        try problems.check()
        plan.limit = select.limit
        return plan
    }

    // MARK: Columns

    private mutating func outputs() -> [Output] {
        var outputs: [Output] = []
        for item in select.items {
            let source = item.expression.source
            if case .star(let parts) = item.expression.kind {
                outputs += starred(parts, item).map { Output(name: $0.path, value: .field($0), source: source) }
            } else if let value = value(item.expression, in: .select) {
                var name = source.text
                if case .field(let field) = value { name = field.path }
                outputs.append(Output(name: item.alias ?? name, value: value, source: source))
                if let alias = item.alias { aliases[alias] = value }
            }
        }
        return outputs
    }

    private mutating func starred(_ parts: [String], _ item: SQLSelect.Item) -> [SQLSchema.Field] {
        let source = item.expression.source, name = parts.joined(separator: ".")
        let isTable = parts.isEmpty || parts.count == 1 && isTable(name) && schema.fields[name] == nil
        if !isTable {
            guard let field = schema.fields[name] else {
                unknownColumn(name, source)
                return []
            }
            switch field.type {
            case .object: break
            case .unsupported, .nested:
                refuse(field, source)
                return []
            default:
                problems.add(source, "Cannot determine columns for [\(name).*]")
                return []
            }
        }
        let found = select.table == nil || item.alias != nil ? [] : schema.starred(below: isTable ? "" : name)
        if found.isEmpty { problems.add(source, "Cannot determine columns for [\(source.text)]") }
        return found
    }

    /// The one row of a statement without a table.
    private mutating func constants(_ outputs: [Output]) -> [JSONValue] {
        for clause in [select.condition, select.groups.first, select.having, select.order.first?.expression] {
            if let clause { problems.add(clause.source, "[\(clause.source.text)] cannot be used without a table") }
        }
        return outputs.map { output in
            guard case .literal(let literal) = output.value else {
                problems.add(output.source, "[\(output.source.text)] cannot be used without a table")
                return .null
            }
            return literal.json
        }
    }
}
