internal import JSON
internal import Query

/// Reads queries. Each kind's own reading stands in the file of its name.
struct QueryDecoder {
    /// Elasticsearch's `indices.query.bool.max_nested_depth`.
    static let maximumDepth = 30

    private var depth = 0

    /// Reads `{"name": {…}}`.
    func query(_ node: Node) throws(ParseError) -> Query {
        let (kind, body) = try node.named("query", prefix: "[_na] ", empty: .argument) { (name, path) throws(ParseError) in
            guard let kind = QueryName(rawValue: name) else { throw unknown(name, at: path) }
            return kind
        }
        var nested = self
        nested.depth += 1
        guard nested.depth <= Self.maximumDepth else {
            throw .argument(
                "The nested depth of the query exceeds the maximum nested depth for bool queries set in "
                    + "[indices.query.bool.max_nested_depth]")
        }
        return try nested.query(kind, body)
    }

    private func deprecated(_ text: String, _ read: () throws(ParseError) -> Query) throws(ParseError) -> Query {
        Deprecations.add(text)
        return try read()
    }

    private func query(_ name: QueryName, _ body: Node) throws(ParseError) -> Query {
        switch name {
        case .matchAll: try unfiltered(.matchAll, name, body)
        case .matchNone: try unfiltered(.matchNone, name, body)
        case .term: try term(body)
        case .terms: try terms(body)
        case .range: try range(body)
        case .exists: try exists(body)
        case .ids: try ids(body)
        case .bool: try bool(body)
        case .constantScore: try constantScore(body)
        case .match: try match(body)
        case .matchPhrase: try matchPhrase(body)
        case .matchPhrasePrefix: try matchPhrasePrefix(body)
        case .matchBoolPrefix: try matchBoolPrefix(body)
        case .multiMatch: try multiMatch(body)
        case .combinedFields: try combinedFields(body)
        case .queryString: try queryString(body)
        case .simpleQueryString: try simpleQueryString(body)
        case .prefix: try pattern(.prefix, body)
        case .wildcard: try pattern(.wildcard, body)
        case .regexp: try pattern(.regexp, body)
        case .fuzzy: try fuzzy(body)
        case .geoDistance: try geoDistance(body)
        case .geoBoundingBox: try geoBoundingBox(body)
        case .disMax: try disMax(body)
        case .boosting: try boosting(body)
        case .functionScore: try functionScore(body)
        case .wrapper: try wrapper(body)
        case .knn: try knn(body)
        case .scriptScore: try scriptScore(body)
        case .nested: try self.nested(body)
        case .rankFeature: try rankFeature(body)
        case .distanceFeature: try distanceFeature(body)
        case .sparseVector: try sparseVector(body)
        case .weightedTokens:
            try deprecated("weighted_tokens is deprecated and will be removed. Use sparse_vector instead.") { () throws(ParseError) in try weightedTokens(body) }
        case .textExpansion:
            try deprecated("text_expansion is deprecated. Use sparse_vector instead.") { () throws(ParseError) in try textExpansion(body) }
        case .moreLikeThis: try moreLikeThis(body)
        case .intervals: try intervals(body)
        case .spanTerm: try spanTerm(body)
        case .spanNear: try spanNear(body)
        case .spanOr: try spanOr(body)
        case .spanNot: try spanNot(body)
        case .spanFirst: try spanFirst(body)
        case .spanMulti: try spanMulti(body)
        case .spanContaining, .spanWithin: try spanPair(name, body)
        case .spanFieldMasking: try spanMasking(body)
        case .script: try script(body)
        case .termsSet: try termsSet(body)
        case .pinned: try pinned(body)
        case .hasChild: try hasChild(body)
        case .hasParent: try hasParent(body)
        case .parentID: try parentID(body)
        case .semantic: try semantic(body)
        }
    }

    private func unknown(_ name: String, at path: JSONPath) -> ParseError {
        let hint = Suggestions(for: name, among: QueryName.allCases.map(\.rawValue)).text.map { " did you mean \($0)" } ?? ""
        let cause = ParseError(.other("named_object_not_found_exception", [:]), "unknown field [\(name)]", at: path)
        return ParseError(.parsing, "unknown query [\(name)]\(hint)", at: path, causedBy: cause)
    }
}
