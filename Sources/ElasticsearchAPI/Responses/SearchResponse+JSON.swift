public import Indices
public import JSON
internal import Query

extension SearchResponse {
    /// The body of a `_search` answer.
    public func json(_ format: SearchFormat) -> JSONValue {
        var answer: JSONMembers = [:]
        if let total { answer["total"] = total.json(format) }
        answer["max_score"] = maximumScore.map { .float($0) } ?? .null
        answer["hits"] = .array(hits.map { $0.json(format) })
        var response: JSONMembers = [:]
        response["_scroll_id"] = scrollID.map { .string($0) }
        response["pit_id"] = pointInTimeID.map { .string($0) }
        response["took"] = .int(took)
        response["timed_out"] = false
        response["_shards"] = shards.json(withSkipped: true, failures: failures)
        response["hits"] = .object(answer)
        if let aggregations {
            let writer = AggregationWriter(isTyped: format.hasTypedKeys, isTotalAnInteger: format.isTotalAnInteger) { document, path in
                aggregations.hits[.init(path: path, document: document)]?.json(format)
            }
            response["aggregations"] = .object(writer.members(aggregations.plans, aggregations.results))
        }
        response["profile"] = profile?.json
        return .object(response)
    }
}

extension SearchResponse.Total {
    fileprivate func json(_ format: SearchFormat) -> JSONValue {
        if format.isTotalAnInteger { return .int(value) }
        return ["value": .int(value), "relation": isExact ? "eq" : "gte"]
    }
}

extension SearchResponse.Hit {
    fileprivate func json(_ format: SearchFormat) -> JSONValue {
        var pairs: [(String, JSONValue)] = [("_index", .string(index))]
        if !format.omitsIdentity { pairs.append(("_id", .string(id))) }
        if let version { pairs.append(("_version", .int(Int(version)))) }
        if let sequenceNumber { pairs.append(("_seq_no", .int(Int(sequenceNumber)))) }
        if let primaryTerm { pairs.append(("_primary_term", .int(Int(primaryTerm)))) }
        pairs.append(("_score", score.map { .float($0) } ?? .null))
        if let routing { pairs.append(("_routing", .string(routing))) }
        if let source { pairs.append(("_source", source)) }
        if let fields { pairs.append(("fields", .object(fields))) }
        if let sort { pairs.append(("sort", .array(sort))) }
        if !matchedQueries.isEmpty { pairs.append(("matched_queries", .array(matchedQueries.map { .string($0) }))) }
        return .object(JSONMembers(pairs))
    }
}
