internal import JSON
public import Query

/// A `_rank_eval` request: searches, the ratings of documents for each, and how rankings are measured.
public struct RankEvaluationRequest: Sendable {
    /// A document by its index and id.
    public struct DocumentKey: Hashable, Sendable {
        public var index: String
        public var id: String

        public init(index: String, id: String) {
            self.index = index
            self.id = id
        }
    }

    /// One search, and how good which documents are for it; a document that is not rated is none of them.
    public struct Item: Sendable {
        public var id: String
        public var search: Search
        public var ratings: [DocumentKey: Int]
    }

    /// The most searches of one request.
    static let maximumItems = 10_000

    public private(set) var items: [Item] = []
    public private(set) var metric: RankingMetric

    private enum Key: String, BodyKey {
        case requests, metric
        case concurrency = "max_concurrent_searches"
    }

    /// - Throws: `ElasticsearchError`.
    public init(body: some Collection<UInt8>) throws(ElasticsearchError) {
        self = try JSONBody.decode(body) { (root) throws(ParseError) in try RankEvaluationRequest(root) }
    }

    private init(_ root: Node) throws(ParseError) {
        let parser = Parser.object("rank_eval")
        var metric: RankingMetric?
        for (key, field) in try root.fields(Key.self, of: parser) {
            switch key {
            case .requests:
                guard let nodes = field.value.elements, nodes.count <= Self.maximumItems else { throw field.unexpected }
                for node in nodes { items.append(try field.wrapping { () throws(ParseError) in try Self.item(node) }) }
            case .metric: metric = try RankingMetric(field.value)
            case .concurrency:
                guard try field.int() > 0 else { throw .argument("Must be greater or equal to 1", at: field.path) }
            }
        }
        guard let metric else { throw Self.missing("metric", at: root) }
        guard !items.isEmpty else { throw .argument("Cannot evaluate ranking if no search requests with rated results are provided. Seen: null") }
        self.metric = metric
        for index in items.indices { items[index].search.size = metric.k }
    }

    private enum ItemKey: String, BodyKey {
        case id, request, ratings
        case summaryFields = "summary_fields"
    }

    private static func item(_ node: Node) throws(ParseError) -> Item {
        var id: String?
        var search: Search?
        var ratings: [DocumentKey: Int] = [:]
        var summary: [String] = []
        for (key, field) in try node.fields(ItemKey.self, of: .object("request")) {
            switch key {
            case .id: id = try field.text()
            case .request: search = try SearchRequestBody(field.value).search()
            case .summaryFields: summary = try field.strings()
            case .ratings:
                guard let nodes = field.value.elements else { throw field.unexpected }
                for node in nodes {
                    let (document, rating) = try rating(node)
                    guard ratings.updateValue(rating, forKey: document) == nil else {
                        throw .argument(
                            "Found duplicate rated document key [{\"_index\":\"\(document.index)\",\"_id\":\"\(document.id)\"}] "
                                + "in evaluation request [\(id ?? "")]")
                    }
                }
            }
        }
        guard let id else { throw missing("id", at: node) }
        guard var search else {
            throw .argument("Either template_id or evaluation_request must be set. Seen: null, null", at: node.path)
        }
        guard search.aggregations.isEmpty else {
            throw .argument("Query in rated requests should not contain aggregations.", at: node.path)
        }
        search.fetch = Fetch(source: summary.isEmpty ? .none : .filtered(includes: summary, excludes: []))
        return Item(id: id, search: search, ratings: ratings)
    }

    private enum RatingKey: String, BodyKey {
        case rating
        case index = "_index"
        case id = "_id"
    }

    private static func rating(_ node: Node) throws(ParseError) -> (DocumentKey, Int) {
        var (index, id, rating) = (String?.none, String?.none, Int?.none)
        for (key, field) in try node.fields(RatingKey.self, of: .object("rated_document")) {
            switch key {
            case .index: index = try field.text()
            case .id: id = try field.text()
            case .rating: rating = try field.int()
            }
        }
        guard let index else { throw missing("_index", at: node) }
        guard let id else { throw missing("_id", at: node) }
        guard let rating else { throw missing("rating", at: node) }
        return (DocumentKey(index: index, id: id), rating)
    }

    private static func missing(_ name: String, at node: Node) -> ParseError {
        ParseError(.argument, "Required [\(name)]", at: node.path)
    }
}
