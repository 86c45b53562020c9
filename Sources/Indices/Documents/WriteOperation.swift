public import JSON
public import Shards

/// One document write, as `_doc`, `_create`, `_update` and each line of `_bulk` ask for it.
public struct WriteOperation: Sendable {
    /// What is done. Raw values are a bulk's names.
    public enum Action: String, Sendable {
        /// Creates or replaces.
        case index
        /// Refused if the document exists.
        case create
        case delete
        /// Changes what is there.
        case update
    }

    public var action: Action
    public var index: String
    /// Nil: the node makes one.
    public var id: String?
    public var routing: String?
    /// The document as the client sent it; empty for a delete and an update.
    public var source: [UInt8]
    /// What an update does.
    public var update: DocumentUpdate?
    /// The version that the document gets, where the client keeps count.
    public var version: ExternalVersion?
    /// Dynamic templates by the paths of the fields that shall have them.
    public var dynamicTemplates: [String: String] = [:]
    public var requiresDataStream = false
    /// The write is refused unless the stored document has this sequence number and primary term.
    public var ifSequenceNumber: Int64?
    public var ifPrimaryTerm: Int64?
    public var requiresAlias: Bool
    /// The ingest pipeline that the document goes through before it is written, `_none` for none; nil: the index's default.
    public var pipeline: String?
    /// The pipelines that the document went through.
    public var executedPipelines: [String] = []

    public init(
        _ action: Action, index: String, id: String? = nil, routing: String? = nil, source: [UInt8] = [],
        ifSequenceNumber: Int64? = nil, ifPrimaryTerm: Int64? = nil, requiresAlias: Bool = false, pipeline: String? = nil
    ) {
        self.action = action
        self.index = index
        self.id = id
        self.routing = routing
        self.source = source
        self.ifSequenceNumber = ifSequenceNumber
        self.ifPrimaryTerm = ifPrimaryTerm
        self.requiresAlias = requiresAlias
        self.pipeline = pipeline
    }
}

/// What became of a write that was carried out. A delete of nothing is carried out too: `notFound`.
public struct WriteResult: Sendable, Equatable {
    /// What was done. Raw values are what `result` says.
    public enum Outcome: String, Sendable {
        case created, updated, deleted
        case notFound = "not_found"
        /// An update that changes nothing.
        case noop

        init(_ outcome: ShardWriteResult.Outcome) {
            switch outcome {
            case .created: self = .created
            case .updated: self = .updated
            case .deleted: self = .deleted
            case .notFound: self = .notFound
            }
        }
    }

    public var index: String
    public var id: String
    public var outcome: Outcome
    public var version: Int64
    public var sequenceNumber: Int64
    public var primaryTerm: Int64
    /// Whether the request itself made the write visible to searches (`refresh=true`).
    public var forcedRefresh: Bool
    /// The new source as far as an update was asked to show it.
    public var shownSource: JSONValue?

    public init(
        index: String, id: String, outcome: Outcome, version: Int64, sequenceNumber: Int64, primaryTerm: Int64,
        forcedRefresh: Bool
    ) {
        self.index = index
        self.id = id
        self.outcome = outcome
        self.version = version
        self.sequenceNumber = sequenceNumber
        self.primaryTerm = primaryTerm
        self.forcedRefresh = forcedRefresh
    }
}

/// When a write becomes visible to searches, seen from its request.
public enum RefreshPolicy: String, Sendable {
    /// At the next scheduled refresh.
    case none = "false"
    /// At once, before the answer.
    case immediate = "true"
    /// The answer waits for the next refresh.
    case waitFor = "wait_for"
}

extension WriteOperation {
    /// The version that the document is to have, and its type: `external` or `external_gte`.
    public var givenVersion: (number: Int64, type: String)? {
        get { version.map { ($0.number, $0.allowsEqual ? "external_gte" : "external") } }
        set { version = newValue.map { ExternalVersion($0.number, allowsEqual: $0.type == "external_gte") } }
    }
}
