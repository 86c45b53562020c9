internal import JSON
internal import Query

extension QueryDecoder {
    private enum NearKey: String, BodyKey {
        case clauses, slop, boost
        case inOrder = "in_order"
        case name = "_name"
    }

    private enum FirstKey: String, BodyKey {
        case match, end, boost
        case name = "_name"
    }

    private enum NotKey: String, BodyKey {
        case include, exclude, pre, post, dist, boost
        case name = "_name"
    }

    private enum PairKey: String, BodyKey {
        case little, big, boost
        case name = "_name"
    }

    private enum MultiKey: String, BodyKey {
        case match, boost
        case name = "_name"
    }

    private enum MaskKey: String, BodyKey {
        case query, field, boost
        case name = "_name"
    }

    /// `{"field": value}` or `{"field": {"value": …}}`.
    func spanTerm(_ body: Node) throws(ParseError) -> Query {
        var query = try term(body)
        guard case .term(let term) = query.kind else { return query }
        query.kind = .positions(PositionQuery(field: term.field, part: .term(term.value)))
        return query
    }

    func spanNear(_ body: Node) throws(ParseError) -> Query {
        var options = QueryOptions()
        var clauses: [PositionQuery] = []
        var slop = 0, isOrdered = true
        for (key, field) in try body.fields(NearKey.self, of: .query("span_near")) {
            switch key {
            case .clauses: clauses = try spans(field, "spanNear")
            case .slop: slop = try field.int()
            case .inOrder: isOrdered = try field.bool()
            case .boost: try options.setBoost(field)
            case .name: try options.setName(field)
            }
        }
        guard let first = clauses.first else { throw ParseError(.parsing, "span_near must include [clauses]", at: body.path) }
        try check(clauses, body)
        let part = PositionQuery.Part.near(clauses.map(\.part), slop: max(0, slop), isOrdered: isOrdered)
        return options.query(.positions(PositionQuery(field: first.field, part: part)))
    }

    func spanOr(_ body: Node) throws(ParseError) -> Query {
        var options = QueryOptions()
        var clauses: [PositionQuery] = []
        for (key, field) in try body.fields(NearKey.self, of: .query("span_or")) {
            switch key {
            case .clauses: clauses = try spans(field, "spanOr")
            case .slop, .inOrder: throw Parser.query("span_or").unknown(field, known: [])
            case .boost: try options.setBoost(field)
            case .name: try options.setName(field)
            }
        }
        guard let first = clauses.first else { throw ParseError(.parsing, "spanOr must include [clauses]", at: body.path) }
        try check(clauses, body)
        return options.query(.positions(PositionQuery(field: first.field, part: .any(clauses.map(\.part)))))
    }

    func spanFirst(_ body: Node) throws(ParseError) -> Query {
        var options = QueryOptions()
        var match: PositionQuery?
        var end: Int?
        for (key, field) in try body.fields(FirstKey.self, of: .query("span_first")) {
            switch key {
            case .match: match = try span(field.value, "spanFirst [match]")
            case .end: end = try field.count()
            case .boost: try options.setBoost(field)
            case .name: try options.setName(field)
            }
        }
        guard let match else { throw ParseError(.parsing, "spanFirst must have [match] span query clause", at: body.path) }
        guard let end else { throw ParseError(.parsing, "spanFirst must have [end] set for it", at: body.path) }
        return options.query(.positions(PositionQuery(field: match.field, part: .first(match.part, end: end))))
    }

    func spanNot(_ body: Node) throws(ParseError) -> Query {
        var options = QueryOptions()
        var include: PositionQuery?, exclude: PositionQuery?
        var before = 0, after = 0
        for (key, field) in try body.fields(NotKey.self, of: .query("span_not")) {
            switch key {
            case .include: include = try span(field.value, "spanNot [include]")
            case .exclude: exclude = try span(field.value, "spanNot [exclude]")
            case .pre: before = try field.count()
            case .post: after = try field.count()
            case .dist: (before, after) = (try field.count(), try field.count())
            case .boost: try options.setBoost(field)
            case .name: try options.setName(field)
            }
        }
        guard let include else { throw ParseError(.parsing, "spanNot must have [include] span query clause", at: body.path) }
        guard let exclude else { throw ParseError(.parsing, "spanNot must have [exclude] span query clause", at: body.path) }
        try check([include, exclude], body)
        return options.query(
            .positions(
                PositionQuery(
                    field: include.field, part: .apart(include.part, from: exclude.part, before: before, after: after))))
    }

    /// `span_containing` and `span_within`.
    func spanPair(_ name: QueryName, _ body: Node) throws(ParseError) -> Query {
        var options = QueryOptions()
        var little: PositionQuery?, big: PositionQuery?
        for (key, field) in try body.fields(PairKey.self, of: .query(name.rawValue)) {
            switch key {
            case .little: little = try span(field.value, "\(name.rawValue) [little]")
            case .big: big = try span(field.value, "\(name.rawValue) [big]")
            case .boost: try options.setBoost(field)
            case .name: try options.setName(field)
            }
        }
        guard let little, let big else {
            throw .argument("inner clause [\(little == nil ? "little" : "big")] cannot be null.", at: body.path)
        }
        try check([little, big], body)
        let part: PositionQuery.Part =
            name == .spanContaining
            ? .related(big.part, .containing, little.part) : .related(little.part, .containedBy, big.part)
        return options.query(.positions(PositionQuery(field: big.field, part: part)))
    }

    func spanMulti(_ body: Node) throws(ParseError) -> Query {
        var options = QueryOptions()
        var found: PositionQuery?
        for (key, field) in try body.fields(MultiKey.self, of: .query("span_multi")) {
            switch key {
            case .match:
                switch try query(field.value).kind {
                case .pattern(let pattern): found = PositionQuery(field: pattern.field, part: .pattern(pattern))
                case .fuzzy(let fuzzy): found = PositionQuery(field: fuzzy.field, part: .fuzzy(fuzzy))
                default:
                    throw ParseError(.parsing, "[span_multi] [match] must be of type multi term query", at: field.path)
                }
            case .boost: try options.setBoost(field)
            case .name: try options.setName(field)
            }
        }
        guard let found else {
            throw ParseError(.parsing, "[span_multi] must have [match] multi term query clause", at: body.path)
        }
        return options.query(.positions(found))
    }

    func spanMasking(_ body: Node) throws(ParseError) -> Query {
        var options = QueryOptions()
        var inner: PositionQuery?
        var name: String?
        for (key, field) in try body.fields(MaskKey.self, of: .query("span_field_masking")) {
            switch key {
            case .query: inner = try span(field.value, "span_field_masking [query]")
            case .field: name = try field.string()
            case .boost: try options.setBoost(field)
            case .name: try options.setName(field)
            }
        }
        guard let inner, let name, inner.field == name else {
            throw .argument("[span_field_masking] of another field than its query's is not supported", at: body.path)
        }
        return options.query(.positions(inner))
    }

    private func spans(_ field: Field, _ name: String) throws(ParseError) -> [PositionQuery] {
        guard let elements = field.value.elements else { throw field.unexpected }
        var found: [PositionQuery] = []
        for node in elements { found.append(try span(node, name + " [clauses]")) }
        return found
    }

    private func span(_ node: Node, _ name: String) throws(ParseError) -> PositionQuery {
        let query = try query(node)
        guard case .positions(let span) = query.kind, !span.isIntervals else {
            throw ParseError(.parsing, "\(name) must be of type span query", at: node.path)
        }
        return span
    }

    private func check(_ clauses: [PositionQuery], _ body: Node) throws(ParseError) {
        guard Set(clauses.map(\.field)).count <= 1 else { throw .argument("Clauses must have same field.", at: body.path) }
    }
}
