public import Indices
internal import JSON
internal import Query

extension SearchOptions {
    /// What a URL says of how to search.
    ///
    /// - Throws: `ElasticsearchError`.
    public init(_ parameters: QueryParameters) throws(ElasticsearchError) {
        self.init(
            routing: parameters.list("routing") ?? [],
            allowsPartialResults: try parameters.bool("allow_partial_search_results"),
            scroll: try parameters.duration("scroll"))
        batchedReduceSize = try parameters.int("batched_reduce_size") ?? batchedReduceSize
        preFilterShardSize = try parameters.int("pre_filter_shard_size")
        timeout = try parameters.duration("timeout")
        shardNumbers = try Self.shardNumbers(parameters["preference"])
        guard batchedReduceSize >= 2 else { throw .illegalArgument("batchedReduceSize must be >= 2") }
    }

    /// `_shards:0,2|…` of a preference; all of the others are of nodes and copies, of which there is one.
    private static func shardNumbers(_ preference: String?) throws(ElasticsearchError) -> Set<Int>? {
        guard let preference, preference.hasPrefix("_") else { return nil }
        let kind = preference.split(separator: "|")[0].split(separator: ":", maxSplits: 1)
        switch kind[0] {
        case "_local", "_only_local", "_prefer_nodes", "_only_nodes": return nil
        case "_shards":
            var numbers = Set<Int>()
            for text in kind.count > 1 ? kind[1].split(separator: ",") : [] {
                guard let number = Int(text) else { throw ElasticsearchError(status: 400, "number_format_exception", "For input string: \"\(text)\"") }
                numbers.insert(number)
            }
            return numbers
        default: throw .illegalArgument("no Preference for [\(preference)]")
        }
    }

    /// What may not be asked for together, in the words of Elasticsearch's validation.
    func violations(_ search: Search, isIndexGiven: Bool, tracksTotalHits: Bool?) -> [String] {
        var violations: [String] = []
        if scroll != nil {
            if tracksTotalHits == false { violations.append("disabling [track_total_hits] is not allowed in a scroll context") }
            if search.from > 0 { violations.append("using [from] is not allowed in a scroll context") }
            if search.size == 0 { violations.append("[size] cannot be [0] in a scroll context") }
            if search.searchAfter != nil { violations.append("[search_after] cannot be used in a scroll context") }
            if pointInTime != nil { violations.append("using [point in time] is not allowed in a scroll context") }
        }
        if search.searchAfter != nil, search.from > 0 {
            violations.append("[from] parameter must be set to 0 when [search_after] is used")
        }
        if pointInTime == nil {
            if search.sort?.clauses.contains(where: { $0.key == .shardDocument }) == true {
                violations.append("[_shard_doc] sort field cannot be used without [point in time]")
            }
            return violations
        }
        if isIndexGiven {
            violations.append(
                "[indices] cannot be used with point in time. Do not specify any index with point in time.")
        }
        if !routing.isEmpty { violations.append("[routing] cannot be used with point in time") }
        return violations
    }
}

extension SearchOptions.PointInTime {
    private enum Key: String, BodyKey {
        case id
        case keepAlive = "keep_alive"
    }

    /// A `pit` member.
    init(_ field: Field) throws(ParseError) {
        var id: String?
        var keepAlive: Duration?
        for (key, field) in try field.value.fields(Key.self, of: .object("point_in_time")) {
            switch key {
            case .id: id = try field.string()
            case .keepAlive: keepAlive = try field.duration()
            }
        }
        guard let id, !id.isEmpty else { throw .argument("point int time id is not provided", at: field.path) }
        self.init(id: id, keepAlive: keepAlive)
    }
}
