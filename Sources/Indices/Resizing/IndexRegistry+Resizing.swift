internal import Analysis
internal import Mapping
internal import Shards

extension IndexRegistry {
    /// Documents of a source shard that are looked at together.
    private static let batch: UInt32 = 1000

    /// Makes an index with the documents, the mapping and the settings of another one that takes no writes.
    ///
    /// It is there once it is complete: what a failure or a crash leaves of it before is removed.
    ///
    /// - Throws: `IndicesError`: `.resize`, `.indexNotFound`, `.indexClosed`, `.indexAlreadyExists`, `.invalidIndexName`,
    ///   `.nameIsAlias`, and others.
    /// - Complexity: every document is written, and its vectors are inserted, again.
    public func resize(_ resize: Resize) async throws -> IndexMetadata {
        let names = indices.names
        let sourceName = try DateMathName.resolved(resize.source, now: now)
        guard let slot = names[sourceName] else { throw IndicesError.indexNotFound(sourceName) }
        let target = try DateMathName.resolved(resize.target, now: now)
        try IndexName.validate(target)
        if let other = names[target] { throw IndicesError.indexAlreadyExists(name: target, uuid: other.record.metadata.uuid) }
        if let stream = slot.record.metadata.dataStream?.name, names.dataStreams[stream]?.last == sourceName {
            throw IndicesError.resizeOfWriteIndex(index: sourceName, stream: stream)
        }
        let source = try slot.opened()
        let former = source.metadata
        guard former.settings.blocks.contains(where: { $0.refuses(.write) }) else {
            throw IndicesError.resize(.notReadOnly(index: sourceName))
        }
        let metadata = IndexMetadata(
            name: target, settings: try settings(resize, of: former, bytes: source.statistics().storeBytes),
            mapping: former.mapping, aliases: try aliases(named: resize.aliases))
        let bound = try checked(metadata)
        // What was written before the block is in the views from now on.
        try await source.refresh()
        let views = source.shards.map(\.view)
        return try await tasks.run(
            "indices:admin/resize", "\(resize.kind.rawValue) from [\(sourceName)] to [\(target)]",
            outcome: { _ in .shards(ShardCounts(total: bound.settings.numberOfShards)) }
        ) { task in
            try await indices.create(bound) { [directory, log] in
                try await Index(creating: bound, in: directory.path(ofIndex: bound.uuid), log: log) { shards, path in
                    try PictureStore(index: slot.record).link(into: path)
                    try await Self.copy(views, of: former, to: shards, named: bound, task)
                }
            }
            return bound
        }
    }

    private func settings(_ resize: Resize, of source: IndexMetadata, bytes: Int) throws(IndicesError) -> IndexSettings {
        let count: Int
        do throws(ResizeProblem) {
            let routing = resize.settings.values[Resize.routingShardsKey].flatMap { $0 }
            if routing != nil, resize.kind != .split || source.settings.numberOfShards != 1 {
                throw ResizeProblem.routingShardsNotTaken
            }
            count = try resize.shardCount(of: source.settings, sourceBytes: bytes)
        } catch {
            throw .resize(error)
        }
        var values = source.settings.given
        values[Resize.routingShardsKey] = nil
        for (key, value) in resize.settings.values {
            if KnownSettings.scope(of: key) == .private { throw .privateSetting(key) }
            values[key] = value
        }
        values[Resize.shardsKey] = .string(String(count))
        values["index.resize.source.name"] = .string(source.name)
        values["index.resize.source.uuid"] = .string(source.uuid)
        return try IndexSettings(values)
    }

    /// Writes the documents of views into shards, each where its routing leads.
    private static func copy(
        _ views: [ShardView], of source: IndexMetadata, to shards: [Shard], named target: IndexMetadata, _ task: NodeTask
    ) async throws {
        for view in views {
            var start: UInt32? = 0
            while let first = start {
                if task.isCancelled { throw IndicesError.resize(.cancelled) }
                let (operations, next) = try view.copies(from: first, limit: batch, mapping: source.mapping)
                var byShard: [Int: [ShardOperation]] = [:]
                for operation in operations {
                    let shard = ShardRouting.shard(for: operation.routing ?? operation.id, of: shards.count)
                    byShard[shard, default: []].append(operation)
                }
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for (shard, operations) in byShard {
                        group.addTask {
                            for result in await shards[shard].write(operations) {
                                if case .failure(let refusal) = result {
                                    throw IndicesError.write(refusal, index: target.name, uuid: target.uuid)
                                }
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                start = next
            }
        }
    }
}
