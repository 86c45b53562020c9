public import Indices
internal import JSON
internal import Query

/// An `_msearch` request: searches, each with where and how to search.
public struct MultiSearchRequest: Sendable {
    /// One search, and the names that it goes to.
    public struct Item: Sendable {
        public var request: SearchRequest
        public var expression: IndexExpression
    }

    /// The most searches of one request.
    static let maximumItems = 10_000

    public private(set) var items: [Item] = []
    /// Nil: as many as the node likes.
    public private(set) var concurrency: Int?

    private enum Key: String {
        case index, indices, routing, preference
        case searchType = "search_type"
        case ignoreUnavailable = "ignore_unavailable"
        case allowNoIndices = "allow_no_indices"
        case expandWildcards = "expand_wildcards"
        case ignoreThrottled = "ignore_throttled"
        case requestCache = "request_cache"
        case minimizesRoundtrips = "ccs_minimize_roundtrips"
        case allowPartialResults = "allow_partial_search_results"
        case projectRouting = "project_routing"

        /// Keys may be written in either way.
        init?(_ name: String) {
            var snake = ""
            for character in name {
                if character.isUppercase { snake += "_" }
                snake += character.lowercased()
            }
            self.init(rawValue: snake)
        }
    }

    /// - Parameter index: the path's, for searches that name none.
    /// - Throws: `ElasticsearchError`: a line that cannot be read refuses all.
    public init<Body: RandomAccessCollection<UInt8>>(
        body: Body, index: String?, parameters: QueryParameters
    ) throws(ElasticsearchError) {
        concurrency = try Self.concurrency(parameters)
        var found: [Item] = []
        try Self.forEachItem(body) { (header, body) throws(ElasticsearchError) in
            let target = try Self.target(header, index, parameters)
            let request = try SearchRequest(
                body: body.isBlank ? nil : Array(body), parameters: target.parameters,
                isIndexGiven: !target.expression.patterns.isEmpty)
            found.append(Item(request: request, expression: target.expression))
        }
        items = found
    }

    // MARK: What searches made of templates share

    static func concurrency(_ parameters: QueryParameters) throws(ElasticsearchError) -> Int? {
        let concurrency = try parameters.int("max_concurrent_searches")
        if let concurrency, concurrency < 1 {
            throw .illegalArgument("maxConcurrentSearchRequests must be positive")
        }
        return concurrency
    }

    /// Calls `take` with the header and the body of each search.
    static func forEachItem<Body: RandomAccessCollection<UInt8>>(
        _ body: Body, _ take: (_ header: Body.SubSequence, _ body: Body.SubSequence) throws(ElasticsearchError) -> Void
    ) throws(ElasticsearchError) {
        var lines = BodyLines<Body>(body[...], of: "msearch")
        var count = 0
        while let header = try lines.next() {
            // An empty line is a header without members; one after the last search is nothing.
            guard let search = try lines.next() else {
                if header.text.isBlank { break }
                throw .validation(["no requests added"])
            }
            guard count < Self.maximumItems else {
                throw .illegalArgument("a multi search has at most [\(Self.maximumItems)] searches")
            }
            count += 1
            try take(header.text, search.text)
        }
        if count == 0 { throw .validation(["no requests added"]) }
    }

    /// Where and how one search is to be made.
    static func target(
        _ header: some Collection<UInt8>, _ index: String?, _ parameters: QueryParameters
    ) throws(ElasticsearchError) -> (expression: IndexExpression, parameters: QueryParameters) {
        var values: [String: String] = [:]
        for name in ["rest_total_hits_as_int", "typed_keys", "search_type", "routing"] { values[name] = parameters[name] }
        var patterns = IndexExpression.patterns(index ?? "")
        var ignoresUnavailable = try parameters.bool("ignore_unavailable") ?? false
        var allowsNone = try parameters.bool("allow_no_indices") ?? true
        if !header.isBlank {
            let members = try JSONBody.decode(header) { (root) throws(ParseError) in try Self.members(root) }
            for (key, value) in members {
                switch key {
                case .index, .indices: patterns = IndexExpression.patterns(value)
                case .ignoreUnavailable: ignoresUnavailable = value == "true"
                case .allowNoIndices: allowsNone = value == "true"
                case .routing, .searchType, .allowPartialResults: values[key.rawValue] = value
                case .preference, .expandWildcards, .ignoreThrottled, .requestCache, .minimizesRoundtrips, .projectRouting:
                    break
                }
            }
        }
        return (
            IndexExpression(patterns, ignoresUnavailable: ignoresUnavailable, allowsNone: allowsNone), QueryParameters(values)
        )
    }

    private static func members(_ root: Node) throws(ParseError) -> [(Key, String)] {
        var members: [(Key, String)] = []
        for field in try root.members(of: .search) {
            guard let key = Key(field.name) else {
                throw .argument("key [\(field.name)] is not supported in the metadata section", at: field.path)
            }
            if field.element.isNull { continue }
            members.append((key, try field.strings().joined(separator: ",")))
        }
        return members
    }
}

extension IndexExpression {
    /// The parts of a comma-separated list.
    static func patterns(_ text: String) -> [String] { text.split(separator: ",").map(String.init) }
}
