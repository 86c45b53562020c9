public import Indices
public import JSON

extension FetchedDocument {
    /// The body of a `GET _doc` answer, and an entry of an `_mget` answer.
    public var json: JSONValue {
        var pairs: [(String, JSONValue)] = [
            ("_index", .string(document.index)), ("_id", .string(document.id)), ("_version", .int(Int(document.version))),
            ("_seq_no", .int(Int(document.sequenceNumber))), ("_primary_term", .int(Int(document.primaryTerm))),
        ]
        if let routing = document.routing { pairs.append(("_routing", .string(routing))) }
        pairs.append(("found", true))
        if let source { pairs.append(("_source", source)) }
        if !fields.isEmpty { pairs.append(("fields", .object(fields))) }
        return .object(pairs.members)
    }
}

/// The answer for a document that is not there, or that could not be read.
public enum MissingDocument {
    /// The answer of `GET _doc`, and an entry of an `_mget` answer.
    public static func json(index: String, id: String) -> JSONValue {
        ["_index": .string(index), "_id": .string(id), "found": false]
    }

    /// An entry of an `_mget` answer.
    public static func json(index: String, id: String, _ error: ElasticsearchError) -> JSONValue {
        ["_index": .string(index), "_id": .string(id), "error": error.nestedJSON]
    }

    /// What `GET _source` says.
    public static func source(index: String, id: String) -> ElasticsearchError {
        ElasticsearchError(status: 404, "resource_not_found_exception", "Document not found [\(index)]/[\(id)]")
    }

    /// What `GET _source` says where documents have none.
    public static func noSource(index: String, id: String) -> ElasticsearchError {
        ElasticsearchError(status: 404, "resource_not_found_exception", "Source not found [\(index)]/[\(id)]")
    }
}

extension ElasticsearchError {
    /// The error with its roots, as the entries of `_mget` and `_msearch` answers carry it.
    var nestedJSON: JSONValue { json["error"] ?? .null }
}
