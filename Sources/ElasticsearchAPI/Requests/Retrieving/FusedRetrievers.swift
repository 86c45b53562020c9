internal import JSON
internal import Query

extension RetrieverDecoder {
    private enum RRFKey: String, BodyKey {
        case retrievers, fields, query
        case window = "rank_window_size"
        case constant = "rank_constant"
    }

    func rrf(_ body: Node) throws(ParseError) -> Retriever {
        var options = RetrieverOptions()
        var members = FusedMembers()
        var constant = FusedRetriever.defaultRankConstant
        for (key, field) in try body.fields(RRFKey.self, of: "rrf", &options, queries) {
            switch key {
            case .retrievers: members.children = try children(field) { (node) throws(ParseError) in try rrfChild(node) }
            case .fields: members.fields = try field.strings()
            case .query: members.query = try field.string()
            case .window: members.window = try field.int()
            case .constant: constant = try field.rankConstant()
            }
        }
        members.check("rrf", self)
        return options.retriever(.fused(try members.retriever(.rrf(constant: constant))))
    }

    private enum LinearKey: String, BodyKey {
        case retrievers, fields, query, normalizer
        case window = "rank_window_size"
    }

    func linear(_ body: Node) throws(ParseError) -> Retriever {
        var options = RetrieverOptions()
        var members = FusedMembers()
        for (key, field) in try body.fields(LinearKey.self, of: "linear", &options, queries) {
            switch key {
            case .retrievers: members.children = try children(field) { (node) throws(ParseError) in try linearChild(node) }
            case .fields: members.fields = try field.strings()
            case .query: members.query = try field.string()
            case .normalizer: members.normalizer = try ScoreNormalizer(field)
            case .window: members.window = try field.int()
            }
        }
        members.check("linear", self)
        if members.query != nil, members.normalizer == nil {
            violate("[linear] [normalizer] must be provided when [query] is specified")
        } else if members.children?.isEmpty == false, members.normalizer != nil {
            violate("[linear] [normalizer] cannot be provided when [retrievers] is specified")
        }
        return options.retriever(.fused(try members.retriever(.linear)))
    }

    // MARK: Children

    private enum ChildKey: String, BodyKey {
        case retriever, weight, normalizer
    }

    private func children(
        _ field: Field, _ child: (Node) throws(ParseError) -> FusedRetriever.Child
    ) throws(ParseError) -> [FusedRetriever.Child] {
        guard field.element.kind == .array || field.element.kind == .object else { throw field.unexpected }
        return try field.wrapping { () throws(ParseError) -> [FusedRetriever.Child] in
            var children: [FusedRetriever.Child] = []
            for node in field.oneOrMany() { children.append(try child(node)) }
            return children
        }
    }

    /// A retriever alone, or as later releases have it, with a weight.
    private func rrfChild(_ node: Node) throws(ParseError) -> FusedRetriever.Child {
        guard node.element.object?.contains(where: { $0.key == ChildKey.retriever.rawValue }) == true else {
            return FusedRetriever.Child(try retriever(node))
        }
        return try weighted(node, of: "rrf_component")
    }

    private func linearChild(_ node: Node) throws(ParseError) -> FusedRetriever.Child {
        try weighted(node, of: "retrievers")
    }

    private func weighted(_ node: Node, of name: String) throws(ParseError) -> FusedRetriever.Child {
        var child: Retriever?
        var weight: Float = 1
        var normalizer = ScoreNormalizer.none
        for (key, field) in try node.fields(ChildKey.self, of: .object(name)) {
            switch key {
            case .retriever: child = try retriever(field.value)
            case .weight:
                weight = try field.float()
                guard weight >= 0 else {
                    throw .argument("[weight] must be non-negative\(name == "rrf_component" ? ", found [\(weight)]" : "")", at: field.path)
                }
            case .normalizer: normalizer = try ScoreNormalizer(field)
            }
        }
        guard let child else { throw .argument("Required [retriever]", at: node.path) }
        return FusedRetriever.Child(child, weight: weight, normalizer: normalizer)
    }
}

/// The members that fused retrievers share, as they are read.
private struct FusedMembers {
    var children: [FusedRetriever.Child]?
    var fields: [String]?
    var query: String?
    var normalizer: ScoreNormalizer?
    var window = FusedRetriever.defaultWindow

    /// Gathers what may not stand together.
    func check(_ name: String, _ decoder: RetrieverDecoder) {
        let hasChildren = children?.isEmpty == false
        guard fields != nil || query != nil else {
            if !hasChildren { decoder.violate("[\(name)] must provide [retrievers] or [query]") }
            return
        }
        guard let query else {
            decoder.violate("[\(name)] [query] must be provided when [fields] is specified")
            return
        }
        if fields?.isEmpty == true { decoder.violate("[\(name)] [fields] cannot be empty") }
        if query.isEmpty { decoder.violate("[\(name)] [query] cannot be empty") }
        if hasChildren { decoder.violate("[\(name)] cannot combine [retrievers] and [query]") }
    }

    func retriever(_ method: FusedRetriever.Method) throws(ParseError) -> FusedRetriever {
        var simple: FusedRetriever.Fields?
        if let query, children == nil {
            var weighted: [WeightedField] = []
            for text in fields ?? [] { weighted.append(try Self.weighted(text, method)) }
            simple = FusedRetriever.Fields(fields: weighted, text: query, normalizer: normalizer ?? .none)
        }
        return FusedRetriever(method, children: children ?? [], window: window, fields: simple)
    }

    /// `title^2`; fusion by places has no weights of fields.
    private static func weighted(_ text: String, _ method: FusedRetriever.Method) throws(ParseError) -> WeightedField {
        guard let caret = text.lastIndex(of: "^") else { return WeightedField(text) }
        guard let weight = Float(text[text.index(after: caret)...]), weight.isFinite else {
            throw ParseError(
                .other("number_format_exception", [:]), "For input string: \"\(text[text.index(after: caret)...])\"", at: .root)
        }
        guard weight >= 0 else { throw .argument("[\(method.name)] per-field weights must be non-negative") }
        return WeightedField(String(text[..<caret]), weight: weight)
    }
}

extension ScoreNormalizer {
    fileprivate init(_ field: Field) throws(ParseError) {
        let name = try field.string()
        guard let known = ScoreNormalizer(rawValue: name.lowercased()) else {
            throw .argument("Unknown normalizer [\(name)]", at: field.path)
        }
        self = known
    }
}

extension Field {
    /// `rank_constant`, of the retriever and of the older `rank`.
    func rankConstant() throws(ParseError) -> Int {
        let constant = try int()
        guard constant >= 1 else {
            throw .argument("[rank_constant] must be greater or equal to [1] for [rrf]", at: path)
        }
        return constant
    }
}
