internal import Files
import Foundation
internal import Logging
internal import Mapping
internal import Shards
internal import Synchronization

/// One open index: its metadata, its shards, and the timing of their refreshes and flushes.
final class Index: Sendable {
    /// This long after a first change, checkpoints that are due by then are made.
    private static let flushInterval = Duration.seconds(30)
    private static let metadataFile = "index.json"

    let name: String
    let shards: [Shard]
    private let path: String
    private let state: Mutex<IndexMetadata>
    /// Held while a change is written to disk; searches read the state meanwhile.
    private let changing = Mutex(())
    private let log: Logger
    private let refreshes: ScheduledMaintenance
    private let flushes: ScheduledMaintenance

    /// Makes the index's directory under another name; it counts from the moment that it has its own.
    convenience init(creating metadata: IndexMetadata, in path: String, log: Logger) async throws {
        let unfinished = path + DataDirectory.unfinishedSuffix
        do {
            try IndicesError.wrapping(Directory.create(unfinished))
            try await withThrowingTaskGroup { group in
                for number in 0..<metadata.settings.numberOfShards {
                    group.addTask { try Shard.create(in: unfinished + "/\(number)") }
                }
                try await group.waitForAll()
            }
            try metadata.save(as: unfinished + "/" + Self.metadataFile)
            try IndicesError.wrapping(Path.move(unfinished, to: path))
            try await self.init(opening: path, log: log)
        } catch {
            // One of the two is there, and the next start shall not take it for an index.
            try? Path.remove(unfinished)
            try? Path.move(path, to: path + DataDirectory.deletedSuffix)
            throw error
        }
    }

    /// Opens an index that is there.
    convenience init(opening path: String, log: Logger) async throws {
        let metadata = try IndexMetadata(reading: path + "/" + Self.metadataFile)
        let shards = try await Self.openShards(metadata, in: path, log: log)
        self.init(metadata, shards: shards, path: path, log: log)
    }

    private init(_ metadata: IndexMetadata, shards: [Shard], path: String, log: Logger) {
        name = metadata.name
        self.shards = shards
        self.path = path
        self.log = log
        state = Mutex(metadata)
        let name = metadata.name
        refreshes = ScheduledMaintenance(interval: metadata.settings.refreshInterval) {
            for shard in shards { await Self.attempt("refresh", of: name, log: log) { try await shard.refresh() } }
            return false
        }
        flushes = ScheduledMaintenance(interval: Self.flushInterval) {
            for shard in shards {
                await Self.attempt("flush", of: name, log: log) { try await shard.flush(onlyDue: true) }
            }
            return shards.contains { $0.hasUnsealedVectors }
        }
        if shards.contains(where: { $0.hasUnsealedVectors }) { flushes.noteChange() }
    }

    /// Makes the last checkpoints and closes the shards.
    func close() async {
        for shard in shards {
            await Self.attempt("close", of: name, log: log) { try await shard.close() }
        }
    }

    /// Says on disk that the index is no more: a start from then on removes what is left of it.
    ///
    /// - Throws: `IndicesError.file`; the index is as it was then.
    func markDeleted() throws(IndicesError) {
        let deleted = path + DataDirectory.deletedSuffix
        do {
            try Path.move(path, to: deleted)
        } catch {
            // It may have got its new name, and only that be not durable.
            try? Path.move(deleted, to: path)
            throw .file(error)
        }
    }

    /// Closes the shards and removes the files of an index marked as deleted.
    func discard() async {
        for shard in shards {
            await Self.attempt("close deleted", of: name, log: log) { try await shard.close(flushing: false) }
        }
        await Self.attempt("remove", of: name, log: log) { try Path.remove(path + DataDirectory.deletedSuffix) }
    }

    // MARK: Metadata

    var metadataPath: String { path + "/" + Self.metadataFile }

    var metadata: IndexMetadata { state.withLock { $0 } }

    /// - Throws: `IndicesError.mapping` if `mapping` cannot be merged; nothing is changed.
    func checkMerging(_ mapping: Mapping) throws(IndicesError) {
        _ = try merged(mapping, into: metadata.mapping)
    }

    /// Merges `mapping` into the index's, on disk first.
    ///
    /// - Returns: the mapping from now on.
    /// - Throws: `IndicesError.mapping`, `.file`.
    @discardableResult
    func mergeMapping(_ mapping: Mapping) throws(IndicesError) -> Mapping {
        try changing.withLock { _ throws(IndicesError) in
            var changed = metadata
            let former = changed.mapping
            changed.mapping = try merged(mapping, into: former)
            if changed.mapping != former {
                try changed.save(as: metadataPath)
                state.withLock { $0 = changed }
            }
            return changed.mapping
        }
    }

    private func merged(_ mapping: Mapping, into existing: Mapping) throws(IndicesError) -> Mapping {
        do {
            return try existing.merging(mapping)
        } catch {
            throw .mapping(error, index: name)
        }
    }

    // MARK: Maintenance

    func refresh() async throws {
        for shard in shards { try await shard.refresh() }
        await refreshes.run()
    }

    func flush() async throws {
        for shard in shards { try await shard.flush() }
    }

    func forceMerge(_ request: ForceMerge) async throws {
        for shard in shards {
            try await shard.forceMerge(
                maximumSegments: request.maximumSegments, onlyExpungingDeletes: request.onlyExpungesDeletes)
            if request.flushes { try await shard.flush() }
        }
    }

    func statistics() -> IndexStatistics {
        let metadata = metadata
        var statistics = IndexStatistics(
            name: name, uuid: metadata.uuid, numberOfShards: shards.count,
            numberOfReplicas: metadata.settings.numberOfReplicas, documents: 0, deletedDocuments: 0, storeBytes: 0)
        for shard in shards {
            let shard = shard.statistics
            statistics.documents += shard.documents
            statistics.deletedDocuments += shard.deletedDocuments
            statistics.storeBytes += shard.storeBytes
        }
        return statistics
    }

    /// To be called after writes: schedules what makes them visible and cheap to recover.
    ///
    /// A refresh that fails is logged: the writes themselves are durable.
    ///
    /// - Returns: when the writes are visible as `policy` asks: whether a refresh of their own made them so.
    func noteWrites(_ policy: RefreshPolicy) async -> Bool {
        flushes.noteChange()
        switch policy {
        case .none: refreshes.noteChange()
        case .immediate: return await Self.attempt("refresh", of: name, log: log) { try await refresh() }
        case .waitFor: await refreshes.waitForNext()
        }
        return false
    }

    private static func openShards(_ metadata: IndexMetadata, in path: String, log: Logger) async throws -> [Shard] {
        let count = metadata.settings.numberOfShards
        // A thousand shards share the files that a process may have open.
        let configuration = ShardConfiguration(readers: max(1, min(8, 256 / count)))
        return try await withThrowingTaskGroup(of: (Int, Shard).self) { group in
            for number in 0..<count {
                group.addTask {
                    (
                        number,
                        try Shard(
                            directory: path + "/\(number)", mapping: metadata.mapping, configuration: configuration,
                            logger: log)
                    )
                }
            }
            var shards: [Int: Shard] = [:]
            for try await (number, shard) in group { shards[number] = shard }
            return (0..<count).compactMap { shards[$0] }
        }
    }

    /// - Returns: whether `body` succeeded.
    @discardableResult
    private static func attempt(
        _ what: String, of index: String, log: Logger, _ body: () async throws -> Void
    ) async -> Bool {
        do {
            try await body()
            return true
        } catch {
            log.error("Failed to \(what) index [\(index)]", metadata: ["error": "\(error)"])
            return false
        }
    }
}
