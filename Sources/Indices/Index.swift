import Foundation
internal import Logging
internal import Mapping
internal import Shards
internal import Synchronization

/// One open index: its metadata, its shards, and the timing of their refreshes and flushes.
final class Index: Sendable {
    /// Checkpoints are made this long after a first change: as much insertion as a crash may cost the next start.
    private static let flushInterval = Duration.seconds(30)
    private static let metadataFile = "index.json"

    let name: String
    let shards: [Shard]
    private let path: String
    private let state: Mutex<IndexMetadata>
    private let log: Logger
    private let refreshes: ScheduledMaintenance
    private let flushes: ScheduledMaintenance

    /// Makes the index's directory; it counts from the moment that its metadata is there.
    convenience init(creating metadata: IndexMetadata, in path: String, log: Logger) async throws {
        try DurableFile.createDirectory(path)
        do {
            let shards = try await Self.openShards(metadata.settings.numberOfShards, in: path, log: log)
            try metadata.write(to: path + "/" + Self.metadataFile)
            self.init(metadata, shards: shards, path: path, log: log)
        } catch {
            try? DurableFile.remove(path)
            throw error
        }
    }

    /// Opens an index that is there.
    convenience init(opening path: String, log: Logger) async throws {
        let metadata = try IndexMetadata(reading: path + "/" + Self.metadataFile)
        let shards = try await Self.openShards(metadata.settings.numberOfShards, in: path, log: log)
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
            await Self.attempt("refresh", of: name, log: log) { for shard in shards { try await shard.refresh() } }
        }
        flushes = ScheduledMaintenance(interval: Self.flushInterval) {
            await Self.attempt("flush", of: name, log: log) { for shard in shards { try await shard.flush() } }
        }
    }

    /// Makes the last checkpoints and closes the shards.
    func close() async {
        await flushes.run()
        for shard in shards {
            await Self.attempt("close", of: name, log: log) { try await shard.close() }
        }
    }

    /// Closes the shards and removes all files. The metadata goes first: without it the rest is only litter.
    func delete() async {
        await Self.attempt("delete", of: name, log: log) {
            try DurableFile.remove(path + "/" + Self.metadataFile)
            for shard in shards { try await shard.close() }
            try DurableFile.remove(path)
        }
    }

    // MARK: Metadata

    var metadata: IndexMetadata { state.withLock { $0 } }

    /// - Throws: `IndicesError.mapping` if `mapping` cannot be merged; nothing is changed.
    func checkMerging(_ mapping: Mapping) throws(IndicesError) {
        _ = try merged(mapping, into: metadata.mapping)
    }

    /// Merges `mapping` into the index's, on disk first.
    ///
    /// - Returns: the mapping from now on.
    /// - Throws: `IndicesError.mapping`, `.fileSystem`.
    @discardableResult
    func mergeMapping(_ mapping: Mapping) throws(IndicesError) -> Mapping {
        try change { metadata throws(IndicesError) in metadata.mapping = try merged(mapping, into: metadata.mapping) }
            .mapping
    }

    func updateSettings(_ body: (inout IndexSettings) throws(IndicesError) -> Void) throws(IndicesError) {
        let settings = try change { metadata throws(IndicesError) in try body(&metadata.settings) }.settings
        refreshes.setInterval(settings.refreshInterval)
    }

    private func merged(_ mapping: Mapping, into existing: Mapping) throws(IndicesError) -> Mapping {
        do {
            return try existing.merging(mapping)
        } catch {
            throw .mapping(error, index: name)
        }
    }

    private func change(
        _ body: (inout IndexMetadata) throws(IndicesError) -> Void
    ) throws(IndicesError) -> IndexMetadata {
        try state.withLock { metadata throws(IndicesError) in
            var changed = metadata
            try body(&changed)
            if changed.mapping != metadata.mapping || changed.settings != metadata.settings {
                try changed.write(to: path + "/" + Self.metadataFile)
                metadata = changed
            }
            return metadata
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

    func forceMerge() async throws {
        for shard in shards { try await shard.purge() }
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
    /// - Returns: when the writes are visible as `policy` asks.
    func noteWrites(_ policy: RefreshPolicy) async throws {
        flushes.noteChange()
        switch policy {
        case .none: refreshes.noteChange()
        case .immediate: try await refresh()
        case .waitFor: await refreshes.waitForNext()
        }
    }

    private static func openShards(_ count: Int, in path: String, log: Logger) async throws -> [Shard] {
        try await withThrowingTaskGroup(of: (Int, Shard).self) { group in
            for number in 0..<count {
                group.addTask { (number, try Shard(directory: path + "/\(number)", logger: log)) }
            }
            var shards: [Int: Shard] = [:]
            for try await (number, shard) in group { shards[number] = shard }
            return (0..<count).compactMap { shards[$0] }
        }
    }

    private static func attempt(_ what: String, of index: String, log: Logger, _ body: () async throws -> Void) async {
        do {
            try await body()
        } catch {
            log.error("Failed to \(what) index [\(index)]", metadata: ["error": "\(error)"])
        }
    }
}
