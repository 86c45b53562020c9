public import Indices
public import JSON
internal import Mapping
internal import Query

/// A search whose hits are rows.
public struct SQLHits: Sendable {
    var outputs: [SQLValue]
    /// Members of the search's body that no page changes.
    var search: JSONMembers
    /// Nil: any order.
    var sort: [JSONValue]?
    /// What dates are shown in.
    var zone = ZoneRule.utc
    /// Of several values of a field, the first is shown; else they are an error.
    var takesFirstValue = false

    /// The body of the first page's search.
    ///
    /// - Parameter pointInTime: nil: the documents as of now.
    func body(size: Int, in pointInTime: SearchOptions.PointInTime? = nil) -> JSONMembers {
        var body: JSONMembers = ["size": .int(size)]
        for member in search { body[member.key] = member.value }
        // Only the second is unique across shards.
        body["sort"] = .array(sort ?? [pointInTime == nil ? ["_doc": ["order": "asc"]] : ["_shard_doc": ["order": "asc"]]])
        body["track_total_hits"] = false
        body["pit"] = pointInTime?.json
        return body
    }

    /// Sets a search to what follows an answer to it.
    ///
    /// - Returns: false where there is nothing to go on from.
    public func advance(_ request: inout SearchRequest, past response: SearchResponse) -> Bool {
        guard let last = response.hits.last?.sort else { return false }
        request.search.searchAfter = last.map { QueryValue($0).map { .value($0) } ?? .null }
        return true
    }

    /// - Throws: for several values of one field in one document, unless the first is to be taken.
    public func rows(of response: SearchResponse) throws(ElasticsearchError) -> [[JSONValue]] {
        var rows: [[JSONValue]] = []
        rows.reserveCapacity(response.hits.count)
        for hit in response.hits {
            var row: [JSONValue] = []
            row.reserveCapacity(outputs.count)
            for output in outputs { row.append(try value(output, hit)) }
            rows.append(row)
        }
        return rows
    }

    private func value(_ output: SQLValue, _ hit: SearchResponse.Hit) throws(ElasticsearchError) -> JSONValue {
        switch output {
        case .literal(let literal): return literal.json
        case .score: return hit.score.map { .float($0) } ?? .null
        case .field(let field):
            let values = hit.fields?[field.path]?.array ?? []
            guard values.count < 2 || takesFirstValue else {
                throw ElasticsearchError(
                    status: 500, "ql_illegal_argument_exception", "Arrays (returned by [\(field.path)]) are not supported")
            }
            guard let first = values.first else { return .null }
            return shown(first, field.type)
        case .count, .countOf, .countDistinct, .metric: return .null
        }
    }

    private func shown(_ value: JSONValue, _ type: SQLType) -> JSONValue {
        switch (type, value) {
        case (.datetime, .string(let text)): return .string(SQLDates.text(text, zone))
        case (.geoPoint, .object(let point)):
            let coordinates = point["coordinates"]?.array?.map { String(decoding: $0.serialized(), as: UTF8.self) } ?? []
            return .string("POINT (\(coordinates.joined(separator: " ")))")
        default: return value
        }
    }
}
