public import Indices
internal import JSON
internal import Query
internal import Scripts

extension ByQueryRequest {
    private enum Key: String, BodyKey {
        case query, conflicts, script, slice, sort
        case maximumDocuments = "max_docs"
        case storedFields = "stored_fields"
        /// The size of a batch.
        case size
    }

    /// `_delete_by_query`, whose query must be given.
    ///
    /// - Throws: `ElasticsearchError`.
    public static func deletion(
        _ source: IndexExpression, body: some Collection<UInt8>, _ parameters: QueryParameters
    ) throws(ElasticsearchError) -> ByQueryRequest {
        var request = try ByQueryRequest(.delete, source: source).reading(body)
        try request.take(parameters)
        if request.query == nil { throw .validation(["query is missing"]) }
        return request
    }

    /// `_update_by_query`.
    ///
    /// - Parameter body: nil where the request has none.
    /// - Throws: `ElasticsearchError`.
    public static func update(
        _ source: IndexExpression, body: (some Collection<UInt8>)?, _ parameters: QueryParameters
    ) throws(ElasticsearchError) -> ByQueryRequest {
        var request = ByQueryRequest(.update(nil), source: source)
        if let body { request = try request.reading(body) }
        request.pipeline = parameters["pipeline"]
        try request.take(parameters)
        return request
    }

    private func reading(_ body: some Collection<UInt8>) throws(ElasticsearchError) -> ByQueryRequest {
        try JSONBody.decode(body) { [self] (root) throws(ParseError) in try reading(root) }
    }

    private func reading(_ root: Node) throws(ParseError) -> ByQueryRequest {
        var request = self
        for (key, field) in try root.fields(Key.self, of: .search) {
            switch key {
            case .query: request.query = try QueryDecoder().query(field.value)
            case .conflicts: request.proceedsOnConflict = try Self.conflicts(field.text(), at: field)
            case .maximumDocuments: request.maximumDocuments = try request.limit(field.int(), at: field)
            case .size: request.batchSize = try field.int()
            case .sort: request.sort = try Sort(field)
            case .slice: request.slice = try Slice(field)
            case .storedFields: throw .argument("stored_fields is not supported in this context", at: field.path)
            case .script:
                guard case .update = operation else { throw Parser.search.unknown(field, known: []) }
                request.operation = .update(try ScriptReference(field))
            }
        }
        return request
    }

    static func conflicts(_ text: String, at field: Field) throws(ParseError) -> Bool {
        switch text {
        case "proceed": return true
        case "abort": return false
        default:
            throw .argument("conflicts may only be \"proceed\" or \"abort\" but was [\(text)]", at: field.path)
        }
    }

    /// Takes what a URL says of how to go about it.
    mutating func take(_ parameters: QueryParameters) throws(ElasticsearchError) {
        if try parameters.int("from").map({ $0 != 0 }) == true { throw .validation(["from is not supported in this context"]) }
        query = try Query(parameters) ?? query
        routing = parameters.list("routing") ?? []
        refreshes = try parameters.bool("refresh") ?? false
        if let size = try parameters.int("scroll_size") { batchSize = size }
        if let limit = try parameters.int("max_docs") {
            guard limit == maximumDocuments ?? limit else { throw .illegalArgument(Self.twoLimits(maximumDocuments ?? limit, limit)) }
            maximumDocuments = limit
        }
        if let names = parameters.list("sort") { sort = try Sort(names) }
        switch parameters["conflicts"] {
        case nil: break
        case "proceed": proceedsOnConflict = true
        case "abort": proceedsOnConflict = false
        case .some(let text):
            throw .illegalArgument("conflicts may only be \"proceed\" or \"abort\" but was [\(text)]")
        }
        requestsPerSecond = try parameters.requestsPerSecond()
        let remote = source.patterns.filter { $0.contains(":") && !$0.hasPrefix("<") }
        if !remote.isEmpty {
            throw .validation([
                "Cross-cluster calls are not supported in this context but remote indices were requested: "
                    + "[\(remote.joined(separator: ", "))]"
            ])
        }
        slices = try Self.slices(parameters["slices"])
        try checkBounds()
    }

    /// How many documents at most, as a second place says: the first must have said the same.
    func limit(_ limit: Int, at field: Field) throws(ParseError) -> Int {
        guard limit == maximumDocuments ?? limit else { throw .argument(Self.twoLimits(maximumDocuments ?? limit, limit), at: field.path) }
        return limit
    }

    private static func twoLimits(_ first: Int, _ second: Int) -> String {
        "[max_docs] set to two different values [\(first)] and [\(second)]"
    }

    private static func slices(_ text: String?) throws(ElasticsearchError) -> Slices {
        guard let text else { return .count(1) }
        if text == "auto" { return .automatic }
        guard let count = Int32(text), count >= 1 else {
            throw .illegalArgument("[slices] must be a positive integer or the string \"auto\", but was [\(text)]")
        }
        return .count(Int(count))
    }

    func checkBounds() throws(ElasticsearchError) {
        guard (1...Self.maximumBatchSize).contains(batchSize) else {
            throw .illegalArgument(
                "Batch size is too large, size must be less than or equal to: [\(Self.maximumBatchSize)] but was "
                    + "[\(batchSize)]")
        }
        if let maximumDocuments, maximumDocuments < 0 {
            throw .validation(["[max_docs] parameter cannot be negative, found [\(maximumDocuments)]"])
        }
        if slice != nil, slices != .count(1) {
            throw .validation(["can't specify both manual and automatic slicing at the same time"])
        }
        if let maximumDocuments, case .count(let count) = slices, maximumDocuments < count, count > 1 {
            throw .validation(["[max_docs] should be >= [slices]"])
        }
    }
}

extension QueryParameters {
    /// `requests_per_second`; nil where there is no limit.
    ///
    /// - Throws: `ElasticsearchError`.
    public func requestsPerSecond() throws(ElasticsearchError) -> Double? {
        guard let text = self["requests_per_second"] else { return nil }
        guard let number = Float(text), number == -1 || number > 0 else {
            throw .illegalArgument("[requests_per_second] must be a float greater than 0. Use -1 to disable throttling.")
        }
        return number == -1 || !number.isFinite ? nil : Double(number)
    }
}
