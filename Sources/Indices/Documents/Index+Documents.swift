internal import Mapping
internal import Shards

extension Index {
    /// Parses, routes and writes, in order; each operation has its own result.
    func write(
        _ operations: [WriteOperation], scripts: DocumentScripts, refresh: RefreshPolicy
    ) async -> [Result<WriteResult, any Error>] {
        var results = [Result<WriteResult, any Error>?](repeating: nil, count: operations.count)
        var byShard = [[ShardWrites.Item]](repeating: [], count: shards.count)
        for (position, operation) in operations.enumerated() {
            do {
                let id = try id(of: operation)
                let shard = ShardRouting.shard(for: operation.routing ?? id, of: shards.count)
                var item = ShardWrites.Item(position: position, id: id, operation: operation)
                if operation.action == .index || operation.action == .create {
                    item.document = try parse(operation.source, id: id, templates: operation.dynamicTemplates)
                }
                byShard[shard].append(item)
            } catch {
                results[position] = .failure(error)
            }
        }
        await withTaskGroup(of: [(position: Int, outcome: ShardWrites.Outcome)].self) { group in
            for (shard, items) in zip(shards, byShard) where !items.isEmpty {
                group.addTask {
                    var writes = ShardWrites(index: self, shard: shard, scripts: scripts)
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

    /// Checks an operation, and gives it an id if it has none.
    private func id(of operation: WriteOperation) throws(IndicesError) -> String {
        if operation.requiresDataStream { throw .dataStreamRequired(operation.index) }
        if let id = operation.id { try DocumentID.validate(id) }
        let id = operation.id ?? DocumentID.make()
        if operation.routing == nil, metadata.mapping.routingRequired == true {
            throw .routingMissing(index: name, id: id)
        }
        return id
    }

    /// Parses a document; what it adds to the mapping is merged, and durable, before it is written.
    ///
    /// - Parameter templates: dynamic templates by the paths of the fields that shall have them.
    func parse(_ source: [UInt8], id: String, templates: [String: String]) throws -> ParsedDocument {
        do {
            let metadata = metadata
            var parsed = try DocumentParser(mapping: metadata.mapping, templates: templates).parse(source)
            // Merging may find that another document was faster and gave a field another type, so it is parsed again.
            while let update = parsed.mappingUpdate {
                parsed = try DocumentParser(mapping: mergeMapping(update), templates: templates).parse(source)
            }
            return parsed
        } catch let error as DocumentParsingError {
            throw IndicesError.document(error, id: id)
        }
    }
}

extension Result<WriteResult, any Error>? {
    fileprivate var isSuccess: Bool { if case .success = self { true } else { false } }
}
