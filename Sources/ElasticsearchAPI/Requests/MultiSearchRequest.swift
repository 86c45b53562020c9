public import Indices
internal import JSON
internal import Query

/// An `_msearch` request: searches, each with where and how to search.
public struct MultiSearchRequest: Sendable {
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
        concurrency = try parameters.int("max_concurrent_searches")
        if let concurrency, concurrency < 1 {
            throw .illegalArgument("maxConcurrentSearchRequests must be positive")
        }
        var lines = BodyLines<Body>(body[...], of: "msearch")
        while let header = try lines.next() {
            // An empty line is a header without members; one after the last search is nothing.
            guard let search = try lines.next() else {
                if header.text.isBlank { break }
                throw .validation(["no requests added"])
            }
            guard items.count < Self.maximumItems else {
                throw .illegalArgument("a multi search has at most [\(Self.maximumItems)] searches")
            }
            items.append(try Self.item(header.text, search.text, index, parameters))
        }
        if items.isEmpty { throw .validation(["no requests added"]) }
    }

    private static func item(
        _ header: some Collection<UInt8>, _ body: some Collection<UInt8>, _ index: String?, _ parameters: QueryParameters
    ) throws(ElasticsearchError) -> Item {
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
        let request = try SearchRequest(
            body: body.isBlank ? nil : Array(body), parameters: QueryParameters(values), isIndexGiven: !patterns.isEmpty)
        return Item(
            request: request,
            expression: IndexExpression(patterns, ignoresUnavailable: ignoresUnavailable, allowsNone: allowsNone))
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
