public import Ingest
public import JSON

/// `POST /_ingest/pipeline/_simulate`: documents, and perhaps a pipeline to try.
public struct SimulateBody: Sendable {
    public private(set) var pipeline: JSONMembers?
    public private(set) var documents: [IngestDocument] = []

    /// - Parameter timestamp: of now, as ISO 8601.
    public init(body: some Collection<UInt8>, timestamp: String) throws(ElasticsearchError) {
        let root: JSONValue
        do {
            root = JSONValue(try JSONDocument(parsing: body).root)
        } catch {
            throw ElasticsearchError(error)
        }
        guard let object = root.object else { throw ElasticsearchError(IngestFault.badSimulation("request body is required")) }
        pipeline = object["pipeline"]?.object
        guard let docs = object["docs"]?.array else {
            throw ElasticsearchError(IngestFault.missingProperty("docs", processor: nil, tag: nil))
        }
        guard !docs.isEmpty else {
            throw .illegalArgument("must specify at least one document in [docs]")
        }
        for document in docs { documents.append(try Self.document(document, timestamp)) }
    }

    private static func document(_ value: JSONValue, _ timestamp: String) throws(ElasticsearchError) -> IngestDocument {
        guard let object = value.object else {
            throw .illegalArgument("malformed [docs] section, should include an inner object")
        }
        guard let source = object["_source"]?.object else {
            throw ElasticsearchError(IngestFault.missingProperty("_source", processor: nil, tag: nil))
        }
        var metadata: JSONMembers = [
            "_index": object["_index"] ?? "_index", "_id": object["_id"] ?? "_id", "_version": object["_version"] ?? -3,
        ]
        for name in ["_routing", "_version_type", "_if_seq_no", "_if_primary_term"] {
            if let value = object[name] { metadata[name] = value }
        }
        return IngestDocument(source: source, metadata: metadata, timestamp: timestamp)
    }
}
