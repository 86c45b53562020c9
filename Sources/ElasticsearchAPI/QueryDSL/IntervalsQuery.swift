internal import JSON
internal import Query

extension QueryDecoder {
    private enum MatchKey: String, BodyKey {
        case query, ordered, analyzer, filter
        case maximumGaps = "max_gaps"
        case useField = "use_field"
    }

    private enum GroupKey: String, BodyKey {
        case intervals, ordered, filter
        case maximumGaps = "max_gaps"
    }

    private enum PatternKey: String, BodyKey {
        case prefix, pattern, analyzer
        case useField = "use_field"
    }

    private enum FuzzyKey: String, BodyKey {
        case term, fuzziness, transpositions, analyzer
        case prefixLength = "prefix_length"
        case useField = "use_field"
    }

    /// `{"field": {"match": {…}}}` and its kin.
    func intervals(_ body: Node) throws(ParseError) -> Query {
        let target = try body.singleField(of: .intervals)
        var options = QueryOptions()
        var part: PositionQuery.Part?
        for field in try target.value.members(of: .query("intervals")) {
            switch field.name {
            case "boost": try options.setBoost(field)
            case "_name": try options.setName(field)
            default:
                guard part == nil else {
                    throw ParseError(.parsing, "Only one interval rule can be specified, found [\(field.name)]", at: field.path)
                }
                part = try rule(field, target.name)
            }
        }
        guard let part else { throw ParseError(.parsing, "Missing intervals from interval query definition", at: body.path) }
        return options.query(.positions(PositionQuery(field: target.name, part: part, isIntervals: true)))
    }

    private func rule(_ field: Field, _ path: String) throws(ParseError) -> PositionQuery.Part {
        switch field.name {
        case "match": return try match(field, path)
        case "all_of", "any_of": return try group(field, path)
        case "prefix", "wildcard", "regexp": return try pattern(field, path)
        case "fuzzy": return try fuzzy(field, path)
        default:
            throw ParseError(
                .parsing, "Unknown interval type [\(field.name)], expecting one of [match, any_of, all_of, prefix, wildcard, regexp]",
                at: field.path)
        }
    }

    private func match(_ field: Field, _ path: String) throws(ParseError) -> PositionQuery.Part {
        var text = "", analyzer: String?
        var gaps = -1, isOrdered = false
        var filter: Field?
        for (key, member) in try field.value.fields(MatchKey.self, of: .object("match")) {
            switch key {
            case .query: text = try member.text()
            case .ordered: isOrdered = try member.bool()
            case .maximumGaps: gaps = try member.int()
            case .analyzer: analyzer = try member.string()
            case .useField: try checkField(member, path)
            case .filter: filter = member
            }
        }
        return try filtered(.text(text, analyzer: analyzer, slop: gaps < 0 ? nil : gaps, isOrdered: isOrdered), filter, path)
    }

    private func group(_ field: Field, _ path: String) throws(ParseError) -> PositionQuery.Part {
        var parts: [PositionQuery.Part] = []
        var gaps = -1, isOrdered = false
        var filter: Field?
        for (key, member) in try field.value.fields(GroupKey.self, of: .object(field.name)) {
            switch key {
            case .intervals:
                guard let elements = member.value.elements else { throw member.unexpected }
                for node in elements {
                    for inner in try node.members(of: .query("intervals")) { parts.append(try rule(inner, path)) }
                }
            case .ordered: isOrdered = try member.bool()
            case .maximumGaps: gaps = try member.int()
            case .filter: filter = member
            }
        }
        let part: PositionQuery.Part =
            field.name == "any_of" ? .any(parts) : .near(parts, slop: gaps < 0 ? nil : gaps, isOrdered: isOrdered)
        return try filtered(part, filter, path)
    }

    private func pattern(_ field: Field, _ path: String) throws(ParseError) -> PositionQuery.Part {
        var text = ""
        for (key, member) in try field.value.fields(PatternKey.self, of: .object(field.name)) {
            switch key {
            case .prefix, .pattern: text = try member.string()
            case .analyzer: _ = try member.string()
            case .useField: try checkField(member, path)
            }
        }
        let kind: PatternQuery.Kind =
            switch field.name {
            case "prefix": .prefix
            case "wildcard": .wildcard
            default: .regexp(flags: "ALL", maximumStates: 10_000)
            }
        return .pattern(PatternQuery(field: path, text: text, kind: kind))
    }

    private func fuzzy(_ field: Field, _ path: String) throws(ParseError) -> PositionQuery.Part {
        var query = FuzzyTermQuery(field: path, value: .string(""))
        for (key, member) in try field.value.fields(FuzzyKey.self, of: .object("fuzzy")) {
            switch key {
            case .term: query.value = .string(try member.text())
            case .fuzziness: query.fuzziness = try member.fuzziness()
            case .transpositions: query.allowsTranspositions = try member.bool()
            case .prefixLength: query.prefixLength = try member.count()
            case .analyzer: _ = try member.string()
            case .useField: try checkField(member, path)
            }
        }
        return .fuzzy(query)
    }

    private func checkField(_ field: Field, _ path: String) throws(ParseError) {
        guard try field.string() == path else { throw .argument("[use_field] of another field is not supported", at: field.path) }
    }

    private static let relations: [String: PositionQuery.Relation] = [
        "containing": .containing, "contained_by": .containedBy, "not_containing": .notContaining,
        "not_contained_by": .notContainedBy, "overlapping": .overlapping, "not_overlapping": .notOverlapping,
        "before": .before, "after": .after,
    ]

    private func filtered(
        _ part: PositionQuery.Part, _ filter: Field?, _ path: String
    ) throws(ParseError) -> PositionQuery.Part {
        var part = part
        for member in try filter?.value.members(of: .query("filter")) ?? [] {
            guard let relation = Self.relations[member.name] else {
                throw ParseError(.parsing, "Unknown filter type [\(member.name)]", at: member.path)
            }
            for inner in try member.value.members(of: .query("intervals")) { part = .related(part, relation, try rule(inner, path)) }
        }
        return part
    }
}
