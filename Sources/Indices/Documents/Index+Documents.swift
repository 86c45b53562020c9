internal import JSON
internal import Mapping
internal import Shards

extension Index {
    /// Parses, routes and writes, in order; each operation has its own result.
    ///
    /// What goes to semantic fields is embedded first, and together; a document that this fails for is refused alone.
    func write(
        _ operations: [WriteOperation], scripts: DocumentScripts, embedder: ContentEmbedder, refresh: RefreshPolicy,
        requiring copies: CopyRequirement = CopyRequirement()
    ) async -> [Result<WriteResult, any Error>] {
        var results = [Result<WriteResult, any Error>?](repeating: nil, count: operations.count)
        var byShard = [[ShardWrites.Item]](repeating: [], count: shards.count)
        let metadata = metadata
        // Models are spared what is refused.
        let isRefused = (try? copies.check(metadata, shard: 0)) == nil
        let embedded = isRefused ? [:] : await embedded(operations, embedder)
        for (position, operation) in operations.enumerated() {
            do {
                let id = try id(of: operation)
                let shard = ShardRouting.shard(for: operation.routing ?? id, of: shards.count)
                try copies.check(metadata, shard: shard)
                var item = ShardWrites.Item(position: position, id: id, operation: operation)
                if operation.action == .index || operation.action == .create {
                    let made = try embedded[position]?.get()
                    item.document = try parse(
                        made?.source ?? operation.source, id: id, hasRouting: operation.routing != nil, templates: operation.dynamicTemplates, inference: made?.inference)
                }
                byShard[shard].append(item)
            } catch {
                results[position] = .failure(error)
            }
        }
        await withTaskGroup(of: [(position: Int, outcome: ShardWrites.Outcome)].self) { group in
            for (shard, items) in zip(shards, byShard) where !items.isEmpty {
                group.addTask {
                    var writes = ShardWrites(index: self, shard: shard, scripts: scripts, embedder: embedder)
                    await writes.run(items)
                    return writes.outcomes
                }
            }
            for await outcomes in group {
                for (position, outcome) in outcomes { results[position] = outcome }
            }
        }
        let forcedRefresh = results.contains(where: \.isSuccess) ? await noteWrites(refresh) : false
        return results.map { result in
            (result ?? .failure(IndicesError.stopping)).map { written in
                var written = written
                written.forcedRefresh = forcedRefresh && written.outcome != .noop
                return written
            }
        }
    }

    /// What models make of the documents that operations bring, by the operations' places; nothing where there is nothing to make.
    private func embedded(
        _ operations: [WriteOperation], _ embedder: ContentEmbedder
    ) async -> [Int: Result<SemanticWriting.Embedded, any Error>] {
        let mapping = metadata.mapping
        if mapping.semanticFields.isEmpty { return [:] }
        // Pictures that are not in the source any more, where a document is written as it was.
        let needsFormer = mapping.semanticFields.values.contains { !$0.retainsBinary }
        let places = operations.indices.filter { operations[$0].action == .index || operations[$0].action == .create }
        let drafts = places.map { place in
            let operation = operations[place]
            var draft = SemanticWriting.Draft(source: operation.source)
            if needsFormer, let id = operation.id {
                let shard = shard(of: id, routing: operation.routing)
                draft.former = (try? shard.document(id: id)).flatMap { former(of: $0, in: shard) }
            }
            return draft
        }
        let results = await SemanticWriting(mapping: mapping, embedder: embedder).run(drafts)
        return Dictionary(
            uniqueKeysWithValues: zip(places, results).map { place, result in
                (place, result.mapError { Self.named($0, operations[place].id ?? "") })
            })
    }

    /// What is wrong with a document, with its id.
    static func named(_ error: any Error, _ id: String) -> any Error {
        (error as? DocumentParsingError).map { IndicesError.document($0, id: id) } ?? error
    }

    /// What is known of a document that stands in a shard.
    func former(of stored: ShardDocument?, in shard: Shard) -> SemanticDocument.Former? {
        guard !metadata.mapping.semanticFields.isEmpty, let stored, let source = stored.source, let document = try? JSONDocument(parsing: source),
            let inference = try? shard.inference(of: stored)
        else { return nil }
        return SemanticDocument.Former(source: document.root, inference: inference)
    }

    /// Checks an operation, and gives it an id if it has none.
    private func id(of operation: WriteOperation) throws(IndicesError) -> String {
        if operation.requiresDataStream, metadata.dataStream == nil { throw .dataStreamRequired(operation.index) }
        if let id = operation.id { try DocumentID.validate(id) }
        let id = operation.id ?? DocumentID.make()
        if operation.routing == nil, metadata.mapping.routingRequired == true {
            throw .routingMissing(index: name, id: id)
        }
        return id
    }

    /// Parses a document; what it adds to the mapping is merged, and durable, before it is written.
    ///
    /// - Parameters:
    ///   - hasRouting: whether it comes with a routing.
    ///   - templates: dynamic templates by the paths of the fields that shall have them.
    ///   - inference: what models made of its semantic fields.
    func parse(
        _ source: [UInt8], id: String, hasRouting: Bool, templates: [String: String], inference: InferenceFields? = nil
    ) throws -> ParsedDocument {
        do {
            let metadata = metadata
            var parsed = try DocumentParser(mapping: metadata.mapping, templates: templates, hasRouting: hasRouting)
                .parse(source, inference: inference)
            // Merging may find that another document was faster and gave a field another type, so it is parsed again.
            while let update = parsed.mappingUpdate {
                parsed = try DocumentParser(mapping: mergeMapping(update), templates: templates, hasRouting: hasRouting)
                    .parse(source, inference: inference)
            }
            if metadata.dataStream != nil { try checkTimestamp(of: parsed) }
            return parsed
        } catch {
            throw Self.named(error, id)
        }
    }
}

extension Index {
    /// - Throws: `DocumentParsingError.timestamp` unless a document of a data stream has one time.
    private func checkTimestamp(of document: ParsedDocument) throws(DocumentParsingError) {
        let times = document.values.count { $0.field == DataStreamMembership.timestampField }
        if times != 1 { throw .timestamp(field: DataStreamMembership.timestampField, isMissing: times == 0) }
    }
}

extension Result<WriteResult, any Error>? {
    fileprivate var isSuccess: Bool { if case .success = self { true } else { false } }
}
