internal import JSON
internal import Query

/// `sparse_vector`, and the forms that came before it.
extension QueryDecoder {
    private enum Key: String, BodyKey {
        case field
        case vector = "query_vector"
        case inferenceID = "inference_id"
        case query
        case prune
        case pruning = "pruning_config"
        case boost
        case name = "_name"
    }

    private enum PruningKey: String, BodyKey {
        case frequencyRatio = "tokens_freq_ratio_threshold"
        case weightRatio = "tokens_weight_threshold"
        case keepsPruned = "only_score_pruned_tokens"
    }

    private enum WeightedKey: String, BodyKey {
        case tokens
        case pruning = "pruning_config"
        case boost
        case name = "_name"
    }

    private enum ExpansionKey: String, BodyKey {
        case modelID = "model_id"
        case text = "model_text"
        case pruning = "pruning_config"
        case boost
        case name = "_name"
    }

    func sparseVector(_ body: Node) throws(ParseError) -> Query {
        var options = QueryOptions()
        var path: String?, tokens: [SparseVectorQuery.Token]?, inferenceID: String?, text: String?
        var query = SparseVectorQuery(field: "", tokens: [])
        for (key, field) in try body.fields(Key.self, of: .object("sparse_vector")) {
            switch key {
            case .field: path = try field.string()
            case .vector: tokens = try field.wrapping { () throws(ParseError) in try Self.tokens(field) }
            case .inferenceID: inferenceID = try field.string()
            case .query: text = try field.string()
            case .prune: query.prunes = try field.bool()
            case .pruning: query.pruning = try field.wrapping { () throws(ParseError) in try Self.pruning(field) }
            case .boost: try options.setBoost(field)
            case .name: try options.setName(field)
            }
        }
        guard let path else { throw .argument("Required [field]", at: body.path) }
        query.field = path
        if tokens != nil, inferenceID != nil {
            throw .argument("[sparse_vector] requires one of [query_vector] or [inference_id] for sparse_vector fields", at: body.path)
        }
        if tokens == nil, text == nil {
            throw .argument("[sparse_vector] requires one of [query_vector] or [query] for sparse_vector fields", at: body.path)
        }
        if tokens != nil, text != nil {
            throw .argument("[sparse_vector] requires one of [query_vector] or [query] for sparse_vector fields", at: body.path)
        }
        if query.pruning != nil, query.prunes != true {
            throw .argument("[pruning_config] should only be set if [prune] is set to [true]", at: body.path)
        }
        query.tokens = tokens ?? []
        if tokens == nil { query.inference = .init(modelID: inferenceID, text: text ?? "") }
        return options.query(.feature(.sparse(query)))
    }

    /// `{"field": {"tokens": {…}}}`.
    func weightedTokens(_ body: Node) throws(ParseError) -> Query {
        let target = try body.singleField(of: .weightedTokens)
        var options = QueryOptions()
        var query = SparseVectorQuery(field: target.name, tokens: [])
        query.prunes = false
        for (key, field) in try target.value.fields(WeightedKey.self, of: .query("weighted_tokens")) {
            switch key {
            case .tokens: query.tokens = try Self.tokens(field)
            case .pruning: (query.pruning, query.prunes) = (try Self.pruning(field), true)
            case .boost: try options.setBoost(field)
            case .name: try options.setName(field)
            }
        }
        guard !query.tokens.isEmpty else {
            throw ParseError(.parsing, "No tokens specified for weighted_tokens query", at: target.path)
        }
        return options.query(.feature(.sparse(query)))
    }

    /// `{"field": {"model_id": …, "model_text": …}}`.
    func textExpansion(_ body: Node) throws(ParseError) -> Query {
        let target = try body.singleField(of: .textExpansion)
        var options = QueryOptions()
        var modelID: String?, text: String?
        var query = SparseVectorQuery(field: target.name, tokens: [])
        query.prunes = false
        for (key, field) in try target.value.fields(ExpansionKey.self, of: .query("text_expansion")) {
            switch key {
            case .modelID: modelID = try field.string()
            case .text: text = try field.string()
            case .pruning: (query.pruning, query.prunes) = (try Self.pruning(field), true)
            case .boost: try options.setBoost(field)
            case .name: try options.setName(field)
            }
        }
        guard let text else { throw ParseError(.parsing, "No text specified for text query", at: target.path) }
        guard let modelID else { throw ParseError(.parsing, "No model_id specified for model_id query", at: target.path) }
        query.inference = .init(modelID: modelID, text: text)
        return options.query(.feature(.sparse(query)))
    }

    /// An object of tokens with weights, or a list of such objects.
    private static func tokens(_ field: Field) throws(ParseError) -> [SparseVectorQuery.Token] {
        var tokens: [SparseVectorQuery.Token] = []
        for node in field.oneOrMany() {
            for member in try node.members(of: .object("query_vector")) {
                let weight = try member.float()
                guard weight >= 0 else {
                    throw .argument("weight must be positive, got \(weight)", at: member.path)
                }
                tokens.append(.init(member.name, weight: weight))
            }
        }
        return tokens
    }

    private static func pruning(_ field: Field) throws(ParseError) -> SparseVectorQuery.Pruning {
        var pruning = SparseVectorQuery.Pruning()
        for (key, member) in try field.value.fields(PruningKey.self, of: .object("pruning_config")) {
            switch key {
            case .frequencyRatio:
                pruning.frequencyRatio = try member.float()
                guard (1...100).contains(pruning.frequencyRatio) else {
                    throw .argument(
                        "[tokens_freq_ratio_threshold] must be between [1] and [100], got \(pruning.frequencyRatio)", at: member.path)
                }
            case .weightRatio:
                pruning.weightRatio = try member.float()
                guard (0...1).contains(pruning.weightRatio) else {
                    throw .argument("[tokens_weight_threshold] must be between 0 and 1", at: member.path)
                }
            case .keepsPruned: pruning.keepsPruned = try member.bool()
            }
        }
        return pruning
    }
}
