internal import Synchronization

/// How often something of a pipeline ran, and for how long.
public struct IngestCounts: Equatable, Sendable {
    public var count = 0
    public var failed = 0
    public var nanoseconds: Int64 = 0

    public init(count: Int = 0, failed: Int = 0, nanoseconds: Int64 = 0) {
        self.count = count
        self.failed = failed
        self.nanoseconds = nanoseconds
    }

    /// Counts what another has counted.
    public mutating func add(_ other: IngestCounts) {
        count += other.count
        failed += other.failed
        nanoseconds &+= other.nanoseconds
    }
}

/// What went through pipelines since the node started.
public struct IngestStatistics: Sendable {
    /// A pipeline's own counts, and those of its processors in order.
    public struct Pipeline: Sendable {
        /// By Elasticsearch's names: `set:tag`, and the type that does the work.
        public struct Processor: Sendable {
            public var name: String
            public var type: String
            public var counts: IngestCounts
        }

        public var id: String
        public var counts: IngestCounts
        public var processors: [Processor]
    }

    /// Of documents, whatever pipelines they went through.
    public var total: IngestCounts
    /// By id.
    public var pipelines: [Pipeline]
}

/// Counts while documents go through pipelines.
final class IngestCounter: Sendable {
    private struct Entry {
        var counts = IngestCounts()
        var processors: [IngestCounts] = []
    }

    private let state = Mutex<(total: IngestCounts, entries: [String: Entry])>((IngestCounts(), [:]))

    func add(document counts: IngestCounts) { state.withLock { $0.total.add(counts) } }

    func add(_ id: String, _ counts: IngestCounts, processors: [IngestCounts]) {
        state.withLock { state in
            var entry = state.entries[id] ?? Entry()
            entry.counts.add(counts)
            // Put anew with others, it counts them from there.
            if entry.processors.count != processors.count { entry.processors = processors.map { _ in IngestCounts() } }
            for (place, counts) in processors.enumerated() { entry.processors[place].add(counts) }
            state.entries[id] = entry
        }
    }

    func statistics(of pipelines: [Pipeline]) -> IngestStatistics {
        state.withLock { state in
            IngestStatistics(
                total: state.total,
                pipelines: pipelines.map { pipeline in
                    let entry = state.entries[pipeline.id] ?? Entry()
                    let processors = pipeline.processors.enumerated().map { place, processor in
                        IngestStatistics.Pipeline.Processor(
                            name: processor.statisticsName, type: processor.condition == nil ? processor.name : "conditional",
                            counts: entry.processors.indices.contains(place) ? entry.processors[place] : IngestCounts())
                    }
                    return IngestStatistics.Pipeline(id: pipeline.id, counts: entry.counts, processors: processors)
                })
        }
    }
}

extension Processor {
    /// As Elasticsearch calls it: one with a condition that also deals with its failure is a group of processors to it.
    fileprivate var statisticsName: String {
        if condition != nil, ignoresFailure || !onFailure.isEmpty {
            return "compound:CompoundProcessor-" + ([self] + onFailure).map { $0.tag ?? "null" }.joined(separator: "-")
        }
        var name = name
        if case .pipeline(let id, _) = kind { name += ":" + id.source }
        return tag.map { name + ":" + $0 } ?? name
    }
}
