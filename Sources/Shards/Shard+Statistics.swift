internal import Files
internal import Ordinals
internal import Synchronization
internal import VectorIndex

extension Shard {
    /// What the shard holds and did.
    ///
    /// - Complexity: O(files).
    public var statistics: ShardStatistics {
        let (dead, next) = state.withLock { ($0.dead.count, $0.nextSequenceNumber) }
        var statistics = ShardStatistics(
            documents: view.documentCount + view.nestedObjects.count, deletedDocuments: dead,
            storeBytes: Directory.allocatedBytes(directory),
            maximumSequenceNumber: next - 1, indexed: counters.indexed.load(ordering: .relaxed),
            deleted: counters.deleted.load(ordering: .relaxed), searches: counters.searches.load(ordering: .relaxed),
            fetches: counters.fetches.load(ordering: .relaxed), gets: counters.gets.load(ordering: .relaxed),
            refreshes: counters.refreshes.load(ordering: .relaxed), flushes: counters.flushes.load(ordering: .relaxed))
        statistics.vectors = state.withLock { $0.vectorFields }.sorted { $0.key < $1.key }.map { VectorFieldStatistics($0.value) }
        return statistics
    }

    /// Whether so many vectors wait to be sealed that a later flush should look again.
    public var hasUnsealedVectors: Bool {
        state.withLock { $0.vectorFields }.values.contains { $0.index.unsealedCount >= configuration.quietSealThreshold }
    }
}

extension VectorFieldStatistics {
    fileprivate init(_ field: VectorField) {
        let statistics = field.index.statistics, definition = field.definition
        let codeBits =
            switch definition.quantization {
            case .none: 0
            case .int8: 8
            case .int4: 4
            case .bit: 1
            }
        self.init(
            field: definition.field, count: statistics.count, rawBytes: statistics.count * statistics.rawBytesPerVector,
            residentBytes: Int(statistics.residentBytesPerVector * Double(statistics.count)), codeBits: codeBits,
            dimensions: definition.dimensions, hasGraph: definition.graph != nil)
    }
}
