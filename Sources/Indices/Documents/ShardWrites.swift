internal import JSON
internal import Mapping
internal import Query
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
    struct Prepared {
        var item: Item
        var operation: ShardOperation
        /// The source that an update shows.
        var shown: JSONValue?
    }

    /// What an update writes.
    struct Draft {
        var item: Item
        var source: [UInt8]
        /// What it replaces; nil: it is new.
        var stored: ShardDocument?
        var shown: SourceFilter?
    }

    enum Preparation {
        case write(Prepared)
        /// An update, whose new source is known.
        case draft(Draft)
        /// There is nothing to write.
        case done(WriteResult)
    }

    let index: Index
    let shard: Shard
    let scripts: DocumentScripts
    let embedder: ContentEmbedder
    private(set) var outcomes: [(position: Int, outcome: Outcome)] = []

    init(index: Index, shard: Shard, scripts: DocumentScripts, embedder: ContentEmbedder) {
        self.embedder = embedder
        self.index = index
        self.shard = shard
        self.scripts = scripts
    }

    mutating func run(_ items: [Item]) async {
        var rest = items[...]
        while !rest.isEmpty {
            var batch: [Prepared] = []
            var drafts: [Draft] = []
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
                    case .draft(let draft): drafts.append(draft)
                    case .done(let result): outcomes.append((item.position, .success(result)))
                    }
                } catch {
                    outcomes.append((item.position, .failure(error)))
                }
            }
            for (draft, finished) in zip(drafts, await finish(drafts)) {
                switch finished {
                case .success(let prepared): batch.append(prepared)
                case .failure(let error): outcomes.append((draft.item.position, .failure(error)))
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
            let prepared: Prepared
            switch try prepare(item) {
            case .done(let result): return (.success(result), false)
            case .write(let ready): prepared = ready
            case .draft(let draft):
                guard let finished = await finish([draft]).first else { return (.failure(IndicesError.stopping), false) }
                prepared = try finished.get()
            }
            guard let result = await shard.write([prepared.operation]).first else { return (.failure(IndicesError.stopping), false) }
            return (outcome(of: prepared, result), result.isConflict)
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
