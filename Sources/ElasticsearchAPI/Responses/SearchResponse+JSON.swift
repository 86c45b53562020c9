public import Indices
public import JSON
internal import Mapping
internal import Query

extension SearchResponse {
    /// The body of a `_search` answer.
    public func json(_ format: SearchFormat) -> JSONValue {
        var response: JSONMembers = [:]
        response["_scroll_id"] = scrollID.map { .string($0) }
        response["pit_id"] = pointInTimeID.map { .string($0) }
        response["took"] = .int(took)
        response["timed_out"] = .bool(isTimedOut)
        if let isTerminatedEarly { response["terminated_early"] = .bool(isTerminatedEarly) }
        if reducePhases != 1 { response["num_reduce_phases"] = .int(reducePhases) }
        response["_shards"] = shards.json(withSkipped: true, failures: failures)
        response["hits"] = SearchResponse.hits(hits, total, maximumScore, format)
        if let aggregations {
            let writer = AggregationWriter(isTyped: format.hasTypedKeys, isTotalAnInteger: format.isTotalAnInteger) { document, path in
                aggregations.hits[.init(path: path, document: document)]?.json(format)
            }
            response["aggregations"] = .object(writer.members(aggregations.plans, aggregations.results))
        }
        response["suggest"] = suggestions?.json(format)
        response["profile"] = profile?.json
        return .object(response)
    }

    /// A `hits` member.
    static func hits(_ hits: [Hit], _ total: Total?, _ maximumScore: Float?, _ format: SearchFormat) -> JSONValue {
        var answer: JSONMembers = [:]
        if let total {
            answer["total"] = total.json(format)
        } else if format.isTotalAnInteger {
            answer["total"] = -1
        }
        answer["max_score"] = maximumScore.map { .float($0) } ?? .null
        answer["hits"] = .array(hits.map { $0.json(format) })
        return .object(answer)
    }
}

extension SearchResponse.Total {
    fileprivate func json(_ format: SearchFormat) -> JSONValue {
        if format.isTotalAnInteger { return .int(value) }
        return ["value": .int(value), "relation": isExact ? "eq" : "gte"]
    }
}

extension SearchResponse.Hit {
    func json(_ format: SearchFormat) -> JSONValue {
        var pairs: [(String, JSONValue)] = [("_index", .string(index))]
        if !format.omitsIdentity { pairs.append(("_id", .string(id))) }
        if let nested { pairs.append(("_nested", nested.json)) }
        if let version { pairs.append(("_version", .int(Int(version)))) }
        if let sequenceNumber { pairs.append(("_seq_no", .int(Int(sequenceNumber)))) }
        if let primaryTerm { pairs.append(("_primary_term", .int(Int(primaryTerm)))) }
        if let rank { pairs.append(("_rank", .int(rank))) }
        pairs.append(("_score", score.map { .float($0) } ?? .null))
        if !ignored.isEmpty { pairs.append(("_ignored", .array(ignored.map { .string($0) }))) }
        if let routing { pairs.append(("_routing", .string(routing))) }
        if let source { pairs.append(("_source", source)) }
        if let fields { pairs.append(("fields", .object(fields))) }
        if !ignoredValues.isEmpty { pairs.append(("ignored_field_values", .object(ignoredValues))) }
        if let highlight { pairs.append(("highlight", .object(highlight))) }
        if let sort { pairs.append(("sort", .array(sort))) }
        if !matchedQueries.isEmpty {
            let scores = matchedQueryScores.map { JSONMembers(zip(matchedQueries, $0).map { ($0, .float($1)) }) }
            pairs.append(("matched_queries", scores.map { .object($0) } ?? .array(matchedQueries.map { .string($0) })))
        }
        // Those of nested objects and those of collapsed groups stand together.
        let inner =
            innerHits.map { ($0.name, $0.hits.json(format)) }
            + groupHits.map { group in
                (group.name, ["hits": SearchResponse.hits(group.hits, group.total, group.maximumScore, format)])
            }
        if !inner.isEmpty { pairs.append(("inner_hits", .object(JSONMembers(inner)))) }
        if let explanation {
            pairs.insert(("_shard", .string("[\(index)][\(explanation.shard)]")), at: 0)
            pairs.insert(("_node", .string(explanation.nodeID)), at: 1)
            pairs.append(("_explanation", explanation.explanation.json))
        }
        return .object(JSONMembers(pairs))
    }
}

extension SearchResponse.InnerHitsAnswer {
    fileprivate func json(_ format: SearchFormat) -> JSONValue {
        let total = SearchResponse.Total(value: total, isExact: true)
        return [
            "hits": [
                "total": total.json(format), "max_score": maximumScore.map { .float($0) } ?? .null,
                "hits": .array(hits.map { $0.json(format) }),
            ]
        ]
    }
}

extension NestedIdentity {
    fileprivate var json: JSONValue {
        var inner: JSONValue?
        for step in steps.reversed() {
            var members: JSONMembers = ["field": .string(step.field), "offset": .int(step.offset)]
            members["_nested"] = inner
            inner = .object(members)
        }
        return inner ?? .null
    }
}
