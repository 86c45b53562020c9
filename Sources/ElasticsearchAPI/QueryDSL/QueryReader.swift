public import JSON
public import Query

/// Reads queries that stand by themselves, outside a request.
public enum QueryReader {
    /// - Throws: `ElasticsearchError`.
    public static func query(_ json: JSONValue) throws(ElasticsearchError) -> Query {
        try JSONBody.decode(json.serialized()) { (root) throws(ParseError) in try QueryDecoder().query(root) }
    }
}
