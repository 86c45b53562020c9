internal import JSON
internal import Query

/// Reads retrievers. What of them is well-formed but not allowed is gathered, as Elasticsearch tells all of it at once.
final class RetrieverDecoder {
    static let maximumDepth = 30

    let queries: QueryDecoder
    private(set) var violations: [String] = []
    private var depth = 0

    init(_ queries: QueryDecoder) {
        self.queries = queries
    }

    private enum Name: String, CaseIterable {
        case standard, knn, rrf, linear, pinned, rescorer, rule
        case reranker = "text_similarity_reranker"
    }

    /// Reads `{"name": {…}}`.
    func retriever(_ node: Node) throws(ParseError) -> Retriever {
        let (kind, body) = try node.named("retriever") { (name, path) throws(ParseError) in
            guard let kind = Name(rawValue: name) else { throw unknown(name, at: path) }
            return kind
        }
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else {
            throw .argument("retrievers are nested more than [\(Self.maximumDepth)] levels deep", at: node.path)
        }
        switch kind {
        case .standard: return try standard(body)
        case .knn: return try knn(body)
        case .rrf: return try rrf(body)
        case .linear: return try linear(body)
        case .pinned: return try asParsingError(body) { (body) throws(ParseError) in try pinned(body) }
        case .rescorer: return try asParsingError(body) { (body) throws(ParseError) in try rescorer(body) }
        case .reranker: throw try missingEndpoint(body)
        case .rule: throw try missingRuleset(body)
        }
    }

    func violate(_ text: String) { violations.append(text) }

    private func unknown(_ name: String, at path: JSONPath) -> ParseError {
        let hint = Suggestions(for: name, among: Name.allCases.map(\.rawValue)).text.map { " did you mean \($0)" } ?? ""
        let cause = ParseError(.other("named_object_not_found_exception", [:]), "unknown field [\(name)]", at: path)
        return ParseError(.parsing, "unknown retriever [\(name)]\(hint)", at: path, causedBy: cause)
    }

    /// Two retrievers tell whatever is wrong with them as errors of their own.
    private func asParsingError(
        _ body: Node, _ decode: (Node) throws(ParseError) -> Retriever
    ) throws(ParseError) -> Retriever {
        do {
            return try decode(body)
        } catch {
            throw ParseError(.parsing, error.reason, at: error.path, causedBy: error)
        }
    }

    // MARK: What needs something that this node lacks

    private func missingEndpoint(_ body: Node) throws(ParseError) -> ParseError {
        var id = ".rerank-v1-elasticsearch"
        for field in try body.members(of: .object("text_similarity_reranker")) where field.name == "inference_id" {
            id = try field.string()
        }
        return ParseError(
            .other("resource_not_found_exception", [:]), "Inference endpoint not found [\(id)]", at: body.path)
    }

    private func missingRuleset(_ body: Node) throws(ParseError) -> ParseError {
        var ids: [String] = []
        for field in try body.members(of: .object("rule")) where field.name == "ruleset_ids" { ids = try field.strings() }
        guard let id = ids.first else { return .argument("Required [ruleset_ids]", at: body.path) }
        return ParseError(.other("resource_not_found_exception", [:]), "query ruleset \(id) not found", at: body.path)
    }
}

/// What every retriever may carry.
struct RetrieverOptions {
    var filter: [Query] = []
    var minimumScore: Float?
    var name: String?

    /// - Returns: whether it was one of these members.
    mutating func take(_ field: Field, _ queries: QueryDecoder) throws(ParseError) -> Bool {
        switch field.name {
        case "filter": filter = try KNNMembers.filter(field, queries)
        case "min_score": minimumScore = try field.float()
        case "_name": name = try field.text()
        default: return false
        }
        return true
    }

    func retriever(_ kind: Retriever.Kind) -> Retriever {
        Retriever(kind, filter: filter, minimumScore: minimumScore, name: name)
    }

    static let names = ["filter", "min_score", "_name"]
}

extension Node {
    /// The members of a retriever that are its own; those that all have are put into `options`.
    func fields<Key: BodyKey>(
        _ keys: Key.Type, of name: String, _ options: inout RetrieverOptions, _ queries: QueryDecoder
    ) throws(ParseError) -> [(key: Key, field: Field)] {
        let parser = Parser.object(name)
        var fields: [(key: Key, field: Field)] = []
        for field in try members(of: parser) {
            if try options.take(field, queries) { continue }
            guard let key = Key(rawValue: field.name) else {
                throw parser.unknown(field, known: Key.allCases.map(\.rawValue) + RetrieverOptions.names)
            }
            fields.append((key, field))
        }
        return fields
    }
}
