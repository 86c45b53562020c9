internal import Mapping
internal import Shards

extension Index {
    /// Parses, routes and writes, in order; each operation has its own result.
    func write(_ operations: [WriteOperation], refresh: RefreshPolicy) async -> [Result<WriteResult, any Error>] {
        var results = [Result<WriteResult, any Error>?](repeating: nil, count: operations.count)
        var byShard = [[(position: Int, operation: ShardOperation)]](repeating: [], count: shards.count)
        for (position, operation) in operations.enumerated() {
            do {
                let prepared = try prepare(operation)
                let shard = ShardRouting.shard(for: prepared.routing ?? prepared.id, of: shards.count)
                byShard[shard].append((position, prepared))
            } catch {
                results[position] = .failure(error)
            }
        }
        await withTaskGroup(of: [(Int, Result<WriteResult, any Error>)].self) { group in
            for (shard, prepared) in zip(shards, byShard) where !prepared.isEmpty {
                group.addTask {
                    let written = await shard.write(prepared.map(\.operation))
                    return zip(prepared, written).map { prepared, result in
                        (prepared.position, self.result(result, of: prepared.operation))
                    }
                }
            }
            for await written in group {
                for (position, result) in written { results[position] = result }
            }
        }
        let forcedRefresh = results.contains(where: \.isSuccess) ? await noteWrites(refresh) : false
        return results.map { result in
            (result ?? .failure(IndicesError.stopping)).map { written in
                var written = written
                written.forcedRefresh = forcedRefresh
                return written
            }
        }
    }

    /// - Throws: `ShardError`.
    func document(_ id: String, routing: String?) throws -> StoredDocument? {
        let shard = shards[ShardRouting.shard(for: routing ?? id, of: shards.count)]
        guard let stored = try shard.document(id: id) else { return nil }
        return StoredDocument(
            index: name, id: id, routing: stored.routing, version: stored.version, sequenceNumber: stored.sequenceNumber,
            primaryTerm: stored.primaryTerm, source: stored.source)
    }

    private func prepare(_ operation: WriteOperation) throws -> ShardOperation {
        if let id = operation.id { try DocumentID.validate(id) }
        let id = operation.id ?? DocumentID.make()
        if operation.routing == nil, metadata.mapping.routingRequired == true {
            throw IndicesError.routingMissing(index: name, id: id)
        }
        return ShardOperation(
            id: id, routing: operation.routing, action: try action(of: operation, id: id),
            requiredSequenceNumber: operation.ifSequenceNumber, requiredPrimaryTerm: operation.ifPrimaryTerm)
    }

    private func action(of operation: WriteOperation, id: String) throws -> ShardOperation.Action {
        switch operation.action {
        case .index: .index(try parse(operation.source, id: id))
        case .create: .create(try parse(operation.source, id: id))
        case .delete: .delete
        }
    }

    /// Parses a document; what it adds to the mapping is merged, and durable, before it is written.
    private func parse(_ source: [UInt8], id: String) throws -> ParsedDocument {
        do {
            var parsed = try DocumentParser(mapping: metadata.mapping).parse(source)
            // Merging may find that another document was faster and gave a field another type, so it is parsed again.
            while let update = parsed.mappingUpdate {
                parsed = try DocumentParser(mapping: mergeMapping(update)).parse(source)
            }
            return parsed
        } catch let error as DocumentParsingError {
            throw IndicesError.document(error, id: id)
        }
    }

    private func result(
        _ result: Result<ShardWriteResult, WriteRefusal>, of operation: ShardOperation
    ) -> Result<WriteResult, any Error> {
        switch result {
        case .failure(let refusal):
            return .failure(IndicesError.write(refusal, index: name, uuid: metadata.uuid))
        case .success(let written):
            return .success(
                WriteResult(
                    index: name, id: operation.id, outcome: written.outcome, version: written.version,
                    sequenceNumber: written.sequenceNumber, primaryTerm: written.primaryTerm,
                    forcedRefresh: false))
        }
    }
}

extension Result<WriteResult, any Error>? {
    fileprivate var isSuccess: Bool { if case .success = self { true } else { false } }
}
