internal import JSON

/// A `_knn_search` request, which clients of version 8 may still send: a search with `knn` alone.
public enum NearestSearchRequest {
    public static let deprecation = "The kNN search API has been replaced by the `knn` option in the search API."

    private enum Key: String, BodyKey {
        case knn, filter, fields
        case docValueFields = "docvalue_fields"
        case storedFields = "stored_fields"
        case source = "_source"
    }

    /// The body of the search that is meant.
    ///
    /// - Throws: `ElasticsearchError`.
    public static func searchBody(_ body: some Collection<UInt8>) throws(ElasticsearchError) -> [UInt8] {
        try JSONBody.decode(body) { (root) throws(ParseError) in
            var search: JSONMembers = [:]
            var knn: JSONMembers?, filter: JSONValue?
            for (key, field) in try root.fields(Key.self, of: .object("knn-search")) {
                switch key {
                case .knn:
                    for required in ["field", "query_vector", "k", "num_candidates"]
                    where field.element.object?[required] == nil {
                        throw .argument("Required one of fields [\(required)], but none were specified. ", at: field.path)
                    }
                    knn = JSONValue(field.element).object
                case .filter: filter = JSONValue(field.element)
                case .fields, .docValueFields, .storedFields, .source: search[key.rawValue] = JSONValue(field.element)
                }
            }
            guard var knn else { throw .argument("missing required [knn] section in search body") }
            if let filter { knn["filter"] = filter }
            if let k = knn["k"] { search["size"] = k }
            search["knn"] = .object(knn)
            return JSONValue.object(search).serialized()
        }
    }
}
