internal import JSON
internal import Mapping
internal import Shards

/// One shard's share of a request's writes, carried out in order.
///
/// Writes go to the shard together. An update reads the document first, so it waits for the writes of its id before it, and
/// is refused, or tried again, if the document changes until it is written itself.
struct ShardWrites {
    typealias Outcome = Result<WriteResult, any Error>

    /// A write with its place in the request and the id that it has.
    struct Item: Sendable {
        var position: Int
        var id: String
        var operation: WriteOperation
        /// What `index` and `create` write: parsed in the order of the request, so that the first of all the shards' documents
        /// that brings a field gives it its type.
        var document: ParsedDocument?
    }

    /// A write ready for the shard.
    private struct Prepared {
        var item: Item
        var operation: ShardOperation
        /// The source that an update shows.
        var shown: JSONValue?
    }

    private enum Preparation {
        case write(Prepared)
        /// There is nothing to write.
        case done(WriteResult)
    }

    let index: Index
    let shard: Shard
    private(set) var outcomes: [(position: Int, outcome: Outcome)] = []

    init(index: Index, shard: Shard) {
        self.index = index
        self.shard = shard
    }

    mutating func run(_ items: [Item]) async {
        var rest = items[...]
        while !rest.isEmpty {
            var batch: [Prepared] = []
            var written: Set<String> = []
            var updated: Set<String> = []
            while let item = rest.first {
                let isUpdate = item.operation.action == .update
                if updated.contains(item.id) || isUpdate && written.contains(item.id) { break }
                rest.removeFirst()
                if isUpdate { updated.insert(item.id) } else { written.insert(item.id) }
                do {
                    switch try prepare(item) {
                    case .write(let prepared): batch.append(prepared)
                    case .done(let result): outcomes.append((item.position, .success(result)))
                    }
                } catch {
                    outcomes.append((item.position, .failure(error)))
                }
            }
            await write(batch)
        }
    }

    private mutating func write(_ batch: [Prepared]) async {
        let results = await shard.write(batch.map(\.operation))
        for (prepared, result) in zip(batch, results) {
            var outcome = outcome(of: prepared, result)
            var attempts = prepared.item.operation.update?.retries ?? 0
            var isConflict = result.isConflict
            while isConflict, attempts > 0 {
                attempts -= 1
                (outcome, isConflict) = await again(prepared.item)
            }
            outcomes.append((prepared.item.position, outcome))
        }
    }

    /// Reads and writes an update once more.
    private func again(_ item: Item) async -> (Outcome, isConflict: Bool) {
        do {
            switch try prepare(item) {
            case .done(let result): return (.success(result), false)
            case .write(let prepared):
                guard let result = await shard.write([prepared.operation]).first else {
                    return (.failure(IndicesError.stopping), false)
                }
                return (outcome(of: prepared, result), result.isConflict)
            }
        } catch {
            return (.failure(error), false)
        }
    }

    private func outcome(of prepared: Prepared, _ result: Result<ShardWriteResult, WriteRefusal>) -> Outcome {
        switch result {
        case .failure(let refusal):
            return .failure(IndicesError.write(refusal, index: index.name, uuid: index.metadata.uuid))
        case .success(let written):
            var outcome = WriteResult(
                index: index.name, id: prepared.item.id, outcome: .init(written.outcome), version: written.version,
                sequenceNumber: written.sequenceNumber, primaryTerm: written.primaryTerm, forcedRefresh: false)
            outcome.shownSource = prepared.shown
            return .success(outcome)
        }
    }

    // MARK: Preparing

    private func prepare(_ item: Item) throws -> Preparation {
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

    private func parse(_ source: [UInt8], _ item: Item) throws -> ParsedDocument {
        try index.parse(source, id: item.id, templates: item.operation.dynamicTemplates)
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
        var kind = DocumentScript.Context.Operation.index
        if let script = update.script {
            let context = try script.run(
                .update,
                on: .init(
                    index: index.name, id: item.id, routing: stored.routing, version: stored.version, source: source,
                    operation: .index))
            (source, kind) = (context.source, context.operation)
        } else {
            let isChanged = source.merge(update.document.map(JSONValue.init)?.object ?? [:])
            if !isChanged, update.detectsNoop { kind = .none }
        }
        let action: ShardOperation.Action
        let merged = kind == .index || kind == .create ? source.serialized() : []
        switch kind {
        case .none: return .done(noop(item, update, stored))
        case .delete: action = .delete
        case .index, .create: action = .index(try parse(merged, item))
        }
        return .write(
            Prepared(
                item: item,
                operation: ShardOperation(
                    id: item.id, routing: operation.routing ?? stored.routing, action: action,
                    requiredSequenceNumber: stored.sequenceNumber, requiredPrimaryTerm: stored.primaryTerm),
                shown: update.shown?.shown(of: merged)))
    }

    private func upsert(_ item: Item, _ update: DocumentUpdate) throws -> Preparation {
        guard let upsert = update.upsertsDocument ? update.document : update.upsert else {
            throw IndicesError.documentMissing(id: item.id, index: index.name, uuid: index.metadata.uuid)
        }
        var source = JSONValue(upsert)
        if update.isScriptedUpsert, let script = update.script {
            let context = try script.run(
                .update,
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
        let bytes = source.serialized()
        return .write(
            Prepared(
                item: item,
                operation: ShardOperation(
                    id: item.id, routing: item.operation.routing, action: .create(try parse(bytes, item))),
                shown: update.shown?.shown(of: bytes)))
    }

    private func noop(_ item: Item, _ update: DocumentUpdate, _ stored: ShardDocument) -> WriteResult {
        var result = WriteResult(
            index: index.name, id: item.id, outcome: .noop, version: stored.version, sequenceNumber: stored.sequenceNumber,
            primaryTerm: stored.primaryTerm, forcedRefresh: false)
        result.shownSource = update.shown?.shown(of: stored.source)
        return result
    }
}

extension Result<ShardWriteResult, WriteRefusal> {
    /// Whether another write came first.
    fileprivate var isConflict: Bool {
        switch self {
        case .failure(.alreadyExists), .failure(.sequenceNumberConflict), .failure(.versionConflict): true
        case .failure(.storage), .success: false
        }
    }
}
