internal import JSON
internal import Mapping
internal import Query
internal import Shards

extension Index {
    /// A document in real time; nil if there is none.
    ///
    /// - Throws: `ShardError`.
    func document(_ id: String, routing: String?) throws -> StoredDocument? {
        try shard(of: id, routing: routing).document(id: id).map { StoredDocument($0, index: name) }
    }

    /// - Throws: `IndicesError.routingMissing`, `.versionMismatch`, `ShardError`.
    func document(_ request: DocumentRequest) async throws -> FetchedDocument? {
        let mapping = metadata.mapping
        if request.routing == nil, mapping.routingRequired == true {
            throw IndicesError.routingMissing(index: name, id: request.id)
        }
        let shard = shard(of: request.id, routing: request.routing)
        if request.refreshes { try await shard.refresh() }
        guard
            let stored = try request.isRealTime ? shard.document(id: request.id) : shard.view.document(id: request.id)
        else { return nil }
        if let version = request.version, version != stored.version {
            throw IndicesError.versionMismatch(
                id: request.id, current: stored.version, provided: version, index: name, uuid: metadata.uuid)
        }
        return fetched(request.fetch.asksForInference(of: mapping) ? stored.showing(try shard.inference(of: stored), mapping) : stored, request.fetch)
    }

    /// What was asked for of a document.
    func fetched(_ stored: ShardDocument, _ fetch: Fetch) -> FetchedDocument {
        let mapping = metadata.mapping
        let filter = fetch.excludesVectors ? fetch.source.excludingVectors(of: mapping) : fetch.source
        var fields: JSONMembers = [:]
        let extraction = FieldsExtraction(stored: fetch.storedFields, mapping: mapping)
        if !extraction.isEmpty, let source = stored.source, let document = try? JSONDocument(parsing: source) {
            fields = extraction.extract(from: document.root)
        }
        return FetchedDocument(
            StoredDocument(stored, index: name), source: filter.shown(of: stored.source), fields: fields)
    }

    func shard(of id: String, routing: String?) -> Shard {
        shards[ShardRouting.shard(for: routing ?? id, of: shards.count)]
    }
}

extension StoredDocument {
    init(_ stored: ShardDocument, index: String) {
        self.init(
            index: index, id: stored.id, routing: stored.routing, version: stored.version,
            sequenceNumber: stored.sequenceNumber, primaryTerm: stored.primaryTerm, source: stored.source)
    }
}
