internal import JSON
internal import Mapping

extension Planner {
    /// The order that a sort means here. Keys after one that is unique decide nothing.
    ///
    /// - Throws: `PlanningError`.
    func order(_ sort: Sort) throws(PlanningError) -> DocumentOrder {
        var order = DocumentOrder(score: nil)
        var keys: [OrderKey] = []
        clauses: for clause in sort.clauses {
            switch clause.key {
            case .field(let field): keys.append(try key(field, clause.order))
            case .score:
                order.score = order.score ?? clause.order
                keys.append(.score(clause.order))
            case .document, .shardDocument:
                order.document = clause.order
                order.groupsShards = clause.key == .shardDocument
                break clauses
            }
        }
        if keys.contains(where: { $0.values != .score }) {
            order.keys = keys
            order.score = nil
        }
        return order
    }

    /// A `search_after` by the keys of an order; nil if no field takes part.
    ///
    /// - Throws: `PlanningError.malformedSearchAfter`.
    func place(_ values: [SortValue], in order: DocumentOrder) throws(PlanningError) -> [SortKey]? {
        guard !order.keys.isEmpty, values.count >= order.keys.count else { return nil }
        var found: [SortKey] = []
        for (key, value) in zip(order.keys, values) {
            switch value {
            case .null where key.values == .keywords: found.append(.absent)
            // As hits show documents without a date where dates have a format.
            case .null where key.format != nil: found.append(key.missing)
            case .null: throw .malformedSearchAfter(field: key.field, value: "null")
            case .value(let value):
                guard let value = key.key(value) else {
                    throw .malformedSearchAfter(field: key.field, value: value.scalar.text, format: key.reading?.pattern)
                }
                found.append(value)
            }
        }
        return found
    }

    private func key(_ sort: FieldSort, _ order: Sort.Order) throws(PlanningError) -> OrderKey {
        var mode: OrderKey.Mode?
        if let text = sort.mode {
            guard let known = OrderKey.Mode(rawValue: text.lowercased()) else { throw .unknownSortMode(text) }
            mode = known
        }
        var values: OrderKey.Values
        var reading: DateFormat?
        var constant: String?, coding = TermCoding.plain, isNanoseconds = false
        if let field = mapping.field(sort.name) {
            values = try self.values(field, sort.name)
            if case .date(let format) = field.type { reading = format }
            if case .served(let served) = field.type {
                coding = served.coding
                if case .constant(let value) = served.column { constant = value }
                if case .nanoseconds(let format) = served.column { (reading, isNanoseconds) = (format, true) }
            }
        } else if let type = sort.unmappedType {
            values = try Self.unmapped(type)
            if values == .dates { reading = .standard }
        } else if sort.name == "_id" {
            throw .idHasNoColumn
        } else {
            throw .sortFieldNotMapped(sort.name)
        }
        var scale = OrderKey.DateScale.none
        if let type = sort.numericType {
            switch (type, values, isNanoseconds) {
            case ("date_nanos", .dates, _): (values, isNanoseconds, scale) = (.longs, true, .toNanoseconds)
            case ("date", .longs, true): (values, isNanoseconds, scale) = (.dates, false, .toMilliseconds)
            default: values = try Self.cast(values, type)
            }
        }
        if values == .keywords, let mode, mode != .minimum, mode != .maximum { throw .sortModeNotSupported }
        var key = OrderKey(field: mapping.target(of: sort.name), values: values, order: order, mode: mode)
        (key.coding, key.isNanoseconds, key.dateScale) = (coding, isNanoseconds, scale)
        if let text = sort.format, values == .dates || isNanoseconds {
            guard let format = DateFormat(text) else { throw .invalidDateFormat(text) }
            key.format = format
            reading = format
        }
        key.reading = reading
        key.nested = try sort.nested.map { nested throws(PlanningError) in try nestedOrder(nested) }
        if let constant {
            key.missing = .keyword(constant)
            return key
        }
        switch sort.missing {
        case nil, .string("_last"): key.missing = OrderKey.beyond(values, least: order == .descending)
        case .string("_first"):
            key.missing = OrderKey.beyond(values, least: order == .ascending)
            key.absentIsFirst = true
        case .some(let value):
            guard let found = key.key(value) else {
                throw .malformedValue(field: sort.name, type: "number", cause: .notANumber(value.scalar.text))
            }
            key.missing = found
        }
        return key
    }

    private func nestedOrder(_ sort: NestedSort) throws(PlanningError) -> NestedOrder {
        var order = NestedOrder(levels: [], maximumChildren: sort.maximumChildren)
        var planner = self
        for level in sort.levels {
            guard let bound = try planner.level(level.path, ignoringUnmapped: false) else { throw .nestedPathNotMapped(level.path) }
            planner = planner.within(level.path)
            order.levels.append((bound, try level.filter.map { filter throws(PlanningError) in try planner.plan(filter) }))
        }
        return order
    }

    private func values(_ field: FieldMapping, _ path: String) throws(PlanningError) -> OrderKey.Values {
        if field.parameters["doc_values"] == .bool(false) {
            throw .fieldSortNotSupported(field: path, type: field.type.name)
        }
        switch field.type {
        case .text: throw .textNotAggregatable(path)
        case .geoPoint, .denseVector: throw .fieldSortNotSupported(field: path, type: field.type.name)
        case .keyword: return .keywords
        case .served(let served):
            switch served.column {
            case .terms, .constant: return .keywords
            case .longs, .nanoseconds: return .longs
            case .unsigned: return .unsigned
            case .doubles: return .doubles
            case .none, .features:
                if served.text != nil { throw .textNotAggregatable(path) }
                throw .fieldSortNotSupported(field: path, type: field.type.name)
            }
        case .boolean: return .booleans
        case .date: return .dates
        case .number(let type):
            switch type {
            case .byte, .short, .integer, .long: return .longs
            case .unsignedLong: return .unsigned
            case .halfFloat, .float: return .floats
            case .double: return .doubles
            case .scaledFloat(let factor): return .scaled(1 / factor)
            }
        }
    }

    private static func unmapped(_ type: String) throws(PlanningError) -> OrderKey.Values {
        switch type {
        case "keyword": .keywords
        case "byte", "short", "integer", "long": .longs
        case "unsigned_long": .unsigned
        case "half_float", "float": .floats
        case "double", "scaled_float": .doubles
        case "boolean": .booleans
        case "date": .dates
        case "ip", "version", "wildcard", "constant_keyword", "flattened": .keywords
        case "date_nanos": .longs
        default: throw .unknownUnmappedType(type)
        }
    }

    private static func cast(_ values: OrderKey.Values, _ type: String) throws(PlanningError) -> OrderKey.Values {
        if values == .keywords { throw .numericTypeNotSupported(type: "keyword") }
        switch (type, values) {
        case ("double", .longs), ("double", .booleans), ("double", .dates): return .scaled(1)
        case ("long", .doubles), ("long", .floats): return .truncated
        case ("long", _), ("double", _), ("date", _), ("date_nanos", _): return values
        default: throw .unknownNumericType(type)
        }
    }
}
