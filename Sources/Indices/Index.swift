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

    let name: String
    let record: IndexRecord
    let shards: [Shard]
    private let log: Logger
    private let refreshes: ScheduledMaintenance
    private let flushes: ScheduledMaintenance

    /// Makes the index's directory under another name; it counts from the moment that it has its own.
    ///
    /// - Parameter fill: writes what the index begins with into its shards, and into its directory; nil: nothing.
    convenience init(
        creating metadata: IndexMetadata, in path: String, log: Logger, fill: (([Shard], String) async throws -> Void)? = nil
    ) async throws {
        let unfinished = path + DataDirectory.unfinishedSuffix
        do {
            try IndicesError.wrapping(Directory.create(unfinished))
            try await withThrowingTaskGroup { group in
                for number in 0..<metadata.settings.numberOfShards {
                    group.addTask { try Shard.create(in: unfinished + "/\(number)") }
                }
                try await group.waitForAll()
            }
            if let fill { try await Self.fill(metadata, in: unfinished, log: log, fill) }
            try metadata.save(as: IndexRecord.metadataPath(in: unfinished))
            try IndicesError.wrapping(Path.move(unfinished, to: path))
            try await self.init(opening: IndexRecord(metadata, path: path), log: log)
        } catch {
            // One of the two is there, and the next start shall not take it for an index.
            try? Path.remove(unfinished)
            try? Path.move(path, to: path + DataDirectory.deletedSuffix)
            throw error
        }
    }

    private static func fill(
        _ metadata: IndexMetadata, in path: String, log: Logger, _ body: ([Shard], String) async throws -> Void
    ) async throws {
        let shards = try await openShards(metadata, in: path, log: log)
        do {
            try await body(shards, path)
        } catch {
            for shard in shards { try? await shard.close(flushing: false) }
            throw error
        }
        for shard in shards { try await shard.close() }
    }

    /// Opens the shards of an index that is there.
    convenience init(opening record: IndexRecord, log: Logger) async throws {
        let shards = try await Self.openShards(record.metadata, in: record.path, log: log)
        self.init(record, shards: shards, log: log)
    }

    private init(_ record: IndexRecord, shards: [Shard], log: Logger) {
        let metadata = record.metadata
        name = metadata.name
        self.record = record
        self.shards = shards
        self.log = log
        let name = metadata.name
        refreshes = ScheduledMaintenance(interval: metadata.settings.refreshInterval) {
            for shard in shards { await Self.attempt("refresh", of: name, log: log) { try await shard.refresh() } }
            return false
        }
        let sweeping = PictureSweeping(record: record, shards: shards)
        flushes = ScheduledMaintenance(interval: Self.flushInterval) {
            for shard in shards {
                await Self.attempt("flush", of: name, log: log) { try await shard.flush(onlyDue: true) }
            }
            var isSweepDue = false
            await Self.attempt("remove unused pictures of", of: name, log: log) { isSweepDue = try await sweeping.run() }
            return isSweepDue || shards.contains { $0.hasUnsealedVectors }
        }
        if shards.contains(where: { $0.hasUnsealedVectors }) { flushes.noteChange() }
    }

    /// Makes the last checkpoints and closes the shards.
    func close() async {
        await stopMaintenance()
        for shard in shards {
            await Self.attempt("close", of: name, log: log) { try await shard.close() }
        }
    }

    private func stopMaintenance() async {
        await refreshes.stop()
        await flushes.stop()
    }

    /// Closes the shards and removes the files of an index marked as deleted.
    func discard() async {
        await stopMaintenance()
        for shard in shards {
            await Self.attempt("close deleted", of: name, log: log) { try await shard.close(flushing: false) }
        }
        await Self.removeFiles(of: record, log: log)
    }

    /// Removes the files of an index marked as deleted.
    static func removeFiles(of record: IndexRecord, log: Logger) async {
        await attempt("remove", of: record.metadata.name, log: log) { try Path.remove(record.path + DataDirectory.deletedSuffix) }
    }

    // MARK: Metadata

    var metadata: IndexMetadata { record.metadata }

    /// - Throws: `IndicesError.mapping` if `mapping` cannot be merged; nothing is changed.
    func checkMerging(_ mapping: Mapping) throws(IndicesError) {
        try record.checkMerging(mapping)
    }

    /// Merges `mapping` into the index's, on disk first.
    ///
    /// - Returns: the mapping from now on.
    /// - Throws: `IndicesError.mapping`, `.file`.
    @discardableResult
    func mergeMapping(_ mapping: Mapping) throws(IndicesError) -> Mapping {
        try record.mergeMapping(mapping)
    }

    /// Acts on settings that were changed.
    func apply(_ settings: IndexSettings) {
        refreshes.setInterval(settings.refreshInterval)
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
        return IndexStatistics(
            metadata, state: .open, shards: shards.map(\.statistics), paths: shards.map(\.directory))
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
