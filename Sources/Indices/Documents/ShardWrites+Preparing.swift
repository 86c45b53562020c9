internal import JSON
internal import Mapping
internal import Query
internal import Scripts
internal import Shards

extension ShardWrites {
    /// Makes a write ready for the shard, or finds that there is nothing to write.
    ///
    /// - Throws: why it is refused.
    func prepare(_ item: Item) throws -> Preparation {
        let operation = item.operation
        let action: ShardOperation.Action
        switch (operation.action, item.document) {
        case (.update, _): return try update(item, operation.update ?? DocumentUpdate())
        case (.index, let document?): action = .index(document)
        case (.create, let document?): action = .create(document)
        case (.delete, _), (.index, nil), (.create, nil): action = .delete
        }
        return .write(
            Prepared(
                item: item,
                operation: ShardOperation(
                    id: item.id, routing: operation.routing, action: action,
                    requiredSequenceNumber: operation.ifSequenceNumber, requiredPrimaryTerm: operation.ifPrimaryTerm,
                    version: operation.version)))
    }

    /// Makes updates ready for the shard; what goes to semantic fields is embedded together.
    func finish(_ drafts: [Draft]) async -> [Result<Prepared, any Error>] {
        if drafts.isEmpty { return [] }
        let embedded = await SemanticWriting(mapping: index.metadata.mapping, embedder: embedder).run(
            drafts.map { SemanticWriting.Draft(source: $0.source, former: index.former(of: $0.stored, in: shard)) })
        return zip(drafts, embedded).map { draft, embedded in
            Result { try finish(draft, try embedded.mapError { Index.named($0, draft.item.id) }.get()) }
        }
    }

    private func finish(_ draft: Draft, _ embedded: SemanticWriting.Embedded) throws -> Prepared {
        let item = draft.item, operation = item.operation
        let document = try index.parse(
            embedded.source, id: item.id, hasRouting: operation.routing ?? draft.stored?.routing != nil, templates: operation.dynamicTemplates, inference: embedded.inference)
        let shown = draft.shown?.shown(of: embedded.source)
        guard let stored = draft.stored else {
            return Prepared(
                item: item, operation: ShardOperation(id: item.id, routing: operation.routing, action: .create(document)), shown: shown)
        }
        return Prepared(
            item: item,
            operation: ShardOperation(
                id: item.id, routing: operation.routing ?? stored.routing, action: .index(document),
                requiredSequenceNumber: stored.sequenceNumber, requiredPrimaryTerm: stored.primaryTerm),
            shown: shown)
    }

    private func update(_ item: Item, _ update: DocumentUpdate) throws -> Preparation {
        guard let stored = try shard.document(id: item.id) else { return try upsert(item, update) }
        let operation = item.operation
        if let required = operation.ifSequenceNumber,
            required != stored.sequenceNumber || operation.ifPrimaryTerm != stored.primaryTerm
        {
            throw IndicesError.write(
                .sequenceNumberConflict(
                    id: item.id, requiredSequenceNumber: required, requiredPrimaryTerm: operation.ifPrimaryTerm ?? 0,
                    current: stored.sequenceNumber),
                index: index.name, uuid: index.metadata.uuid)
        }
        guard let bytes = stored.source, let document = try? JSONDocument(parsing: bytes) else {
            throw IndicesError.sourceMissing(id: item.id, index: index.name, uuid: index.metadata.uuid)
        }
        var source = JSONValue(document.root)
        var kind = DocumentScripts.Context.Operation.index
        if let script = update.script {
            let context = try run(
                script, .update,
                on: .init(
                    index: index.name, id: item.id, routing: stored.routing, version: stored.version, source: source))
            (source, kind) = (context.source, context.operation)
        } else {
            let isChanged = source.merge(update.document.map(JSONValue.init)?.object ?? [:])
            if !isChanged, update.detectsNoop { kind = .none }
        }
        switch kind {
        case .none: return .done(noop(item, update, stored))
        case .index, .create:
            return .draft(Draft(item: item, source: source.serialized(), stored: stored, shown: update.shown))
        case .delete:
            return .write(
                Prepared(
                    item: item,
                    operation: ShardOperation(
                        id: item.id, routing: operation.routing ?? stored.routing, action: .delete,
                        requiredSequenceNumber: stored.sequenceNumber, requiredPrimaryTerm: stored.primaryTerm),
                    shown: update.shown?.shown(of: [])))
        }
    }

    private func upsert(_ item: Item, _ update: DocumentUpdate) throws -> Preparation {
        guard let upsert = update.upsertsDocument ? update.document : update.upsert else {
            throw IndicesError.documentMissing(id: item.id, index: index.name, uuid: index.metadata.uuid)
        }
        var source = JSONValue(upsert)
        if update.isScriptedUpsert, let script = update.script {
            let context = try run(
                script, .upsert,
                on: .init(
                    index: index.name, id: item.id, routing: item.operation.routing, version: nil, source: source,
                    operation: .create))
            guard context.operation == .create || context.operation == .index else {
                return .done(
                    WriteResult(
                        index: index.name, id: item.id, outcome: .noop, version: -1, sequenceNumber: -2, primaryTerm: 0,
                        forcedRefresh: false))
            }
            source = context.source
        }
        return .draft(Draft(item: item, source: source.serialized(), stored: nil, shown: update.shown))
    }

    private func run(
        _ script: ScriptReference, _ use: DocumentScripts.Use, on context: DocumentScripts.Context
    ) throws(IndicesError) -> DocumentScripts.Context {
        do {
            return try scripts.run(script, use, on: context)
        } catch {
            throw .scriptFailed(error)
        }
    }

    private func noop(_ item: Item, _ update: DocumentUpdate, _ stored: ShardDocument) -> WriteResult {
        var result = WriteResult(
            index: index.name, id: item.id, outcome: .noop, version: stored.version, sequenceNumber: stored.sequenceNumber,
            primaryTerm: stored.primaryTerm, forcedRefresh: false)
        result.shownSource = update.shown?.shown(of: stored.source)
        return result
    }
}
