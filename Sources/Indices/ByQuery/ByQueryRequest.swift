public import Query
public import Scripts

/// What `_delete_by_query`, `_update_by_query` and `_reindex` do to the documents that a search finds.
public struct ByQueryRequest: Sendable {
    /// What is done to each document.
    public enum Operation: Sendable {
        case delete
        /// Without a script, documents are indexed as they are: by the mapping as it is now.
        case update(ScriptReference?)
        case reindex(ReindexDestination, ScriptReference?)
    }

    public var operation: Operation
    public var source: IndexExpression
    public var query: Query?
    public var sort: Sort?
    public var routing: [String] = []
    /// Only this part of what is found; nil: all.
    public var slice: Slice?
    /// In how many parts it is done.
    public var slices = Slices.count(1)
    /// What of the sources is copied.
    public var fetchedSource = SourceFilter.all
    /// The ingest pipeline of what an update writes; nil: the index's default.
    public var pipeline: String?
    public var batchSize = Self.defaultBatchSize
    /// Nil: all.
    public var maximumDocuments: Int?
    /// Documents that changed meanwhile are counted and passed over; else they end the operation.
    public var proceedsOnConflict = false
    /// Nil: as many as there can be.
    public var requestsPerSecond: Double?
    /// How many copies of shards are to be there.
    public var copies = CopyRequirement()
    /// Makes what was written visible at the end.
    public var refreshes = false

    /// The parts that an operation is done in, each of which is told of in the answer: `slices`.
    public enum Slices: Equatable, Sendable {
        case count(Int)
        /// As many as the source has shards: of several indices, as the one with the fewest.
        case automatic
    }

    /// What `automatic` never exceeds.
    static let maximumAutomaticSlices = 20

    public static let defaultBatchSize = 1000
    public static let maximumBatchSize = 10_000

    public init(_ operation: Operation, source: IndexExpression) {
        self.operation = operation
        self.source = source
    }
}

/// Where `_reindex` writes to.
public struct ReindexDestination: Equatable, Sendable {
    /// Which version the copy takes, and so whether it may replace a document. Raw values are Elasticsearch's names.
    public enum VersionType: String, CaseIterable, Sendable {
        /// Versions are counted anew.
        case counted = "internal"
        case external
        case externalOrEqual = "external_gte"
    }

    /// Which routing the copy takes.
    public enum Routing: Equatable, Sendable {
        case keep, discard
        case value(String)
    }

    public var index: String
    /// Documents that are there already are conflicts.
    public var mustCreate = false
    public var versionType = VersionType.counted
    public var routing = Routing.keep
    public var requiresAlias = false
    /// The ingest pipeline; nil: the index's default.
    public var pipeline: String?

    public init(index: String) {
        self.index = index
    }
}
