internal import Query

extension QueryDecoder {
    private enum ChildKey: String, BodyKey {
        case type, query
        case scoreMode = "score_mode"
        case minimum = "min_children"
        case maximum = "max_children"
        case ignoreUnmapped = "ignore_unmapped"
        case innerHits = "inner_hits"
        case boost
        case name = "_name"
    }

    private enum ParentKey: String, BodyKey {
        case type = "parent_type"
        case query, score
        case ignoreUnmapped = "ignore_unmapped"
        case innerHits = "inner_hits"
        case boost
        case name = "_name"
    }

    private enum IDKey: String, BodyKey {
        case type, id
        case ignoreUnmapped = "ignore_unmapped"
        case boost
        case name = "_name"
    }

    func hasChild(_ body: Node) throws(ParseError) -> Query {
        var options = QueryOptions()
        var type: String?, inner: Query?
        var minimum = 1, maximum = Int(Int32.max)
        var join = JoinQuery(.parent(ofType: ""))
        for (key, field) in try body.fields(ChildKey.self, of: .query("has_child")) {
            switch key {
            case .type: type = try field.text()
            case .query: inner = try query(field.value)
            case .scoreMode:
                let text = try field.text()
                guard let mode = NestedQuery.ScoreMode(rawValue: text) else {
                    throw .argument("No score mode for child query [\(text)] found", at: field.path)
                }
                join.scoreMode = mode
            case .minimum: minimum = try field.int()
            case .maximum: maximum = try field.int()
            case .ignoreUnmapped: join.ignoresUnmapped = try field.bool()
            case .innerHits: join.innerHits = try InnerHits(field)
            case .boost: try options.setBoost(field)
            case .name: try options.setName(field)
            }
        }
        guard let type else { throw .argument("[has_child] requires 'type' field", at: body.path) }
        guard let inner else { throw .argument("[has_child] requires 'query' field", at: body.path) }
        guard minimum > 0 else { throw .argument("[has_child] requires positive 'min_children' field", at: body.path) }
        guard maximum > 0 else { throw .argument("[has_child] requires positive 'max_children' field", at: body.path) }
        guard minimum <= maximum else { throw .argument("[has_child] 'max_children' is less than 'min_children'", at: body.path) }
        join.relation = .children(ofType: type, minimum: minimum, maximum: maximum)
        join.query = inner
        return options.query(.join(join))
    }

    func hasParent(_ body: Node) throws(ParseError) -> Query {
        var options = QueryOptions()
        var type: String?, inner: Query?
        var join = JoinQuery(.parent(ofType: ""))
        for (key, field) in try body.fields(ParentKey.self, of: .query("has_parent")) {
            switch key {
            case .type: type = try field.text()
            case .query: inner = try query(field.value)
            case .score: join.scoreMode = try field.bool() ? .max : .none
            case .ignoreUnmapped: join.ignoresUnmapped = try field.bool()
            case .innerHits: join.innerHits = try InnerHits(field)
            case .boost: try options.setBoost(field)
            case .name: try options.setName(field)
            }
        }
        guard let type else { throw .argument("[has_parent] requires 'parent_type' field", at: body.path) }
        guard let inner else { throw .argument("[has_parent] requires 'query' field", at: body.path) }
        (join.relation, join.query) = (.parent(ofType: type), inner)
        return options.query(.join(join))
    }

    func parentID(_ body: Node) throws(ParseError) -> Query {
        var options = QueryOptions()
        var type: String?, id: String?
        var ignoresUnmapped = false
        for (key, field) in try body.fields(IDKey.self, of: .query("parent_id")) {
            switch key {
            case .type: type = try field.text()
            case .id: id = try field.text()
            case .ignoreUnmapped: ignoresUnmapped = try field.bool()
            case .boost: try options.setBoost(field)
            case .name: try options.setName(field)
            }
        }
        guard let type else { throw .argument("[parent_id] requires 'type' field", at: body.path) }
        guard let id else { throw .argument("[parent_id] requires 'id' field", at: body.path) }
        return options.query(.join(JoinQuery(.parentID(id, type: type), ignoresUnmapped: ignoresUnmapped)))
    }
}
