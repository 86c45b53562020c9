public import Mapping

/// One write to a shard.
public struct ShardOperation: Sendable {
    /// What is done.
    public enum Action: Sendable {
        /// Writes the document, whether there is one of this id or not.
        case index(ParsedDocument)
        /// Writes the document if there is none of this id.
        case create(ParsedDocument)
        case delete
    }

    public var id: String
    public var routing: String?
    public var action: Action
    /// The write is refused unless the document's last change has this number (`if_seq_no`).
    public var requiredSequenceNumber: Int64?
    /// The write is refused unless the document's last change was in this term (`if_primary_term`).
    public var requiredPrimaryTerm: Int64?
    /// The version that the document gets, where the client keeps count; it must be newer.
    public var version: ExternalVersion?
    /// The number that the document's last change had in the shard that it is copied from; nil: the next one.
    public var sequenceNumber: Int64?

    public init(
        id: String, routing: String? = nil, action: Action, requiredSequenceNumber: Int64? = nil,
        requiredPrimaryTerm: Int64? = nil, version: ExternalVersion? = nil, sequenceNumber: Int64? = nil
    ) {
        self.id = id
        self.routing = routing
        self.action = action
        self.requiredSequenceNumber = requiredSequenceNumber
        self.requiredPrimaryTerm = requiredPrimaryTerm
        self.version = version
        self.sequenceNumber = sequenceNumber
    }
}

/// A version that a client keeps count of (`version_type: external`).
public struct ExternalVersion: Equatable, Sendable {
    public var number: Int64
    /// Whether the document may have this version already (`external_gte`).
    public var allowsEqual: Bool

    public init(_ number: Int64, allowsEqual: Bool = false) {
        self.number = number
        self.allowsEqual = allowsEqual
    }

    /// Whether the write is refused because of what is there.
    func conflicts(with current: Int64) -> Bool { allowsEqual ? current > number : current >= number }
}

/// What a write did.
public struct ShardWriteResult: Equatable, Sendable {
    /// Raw values are Elasticsearch's names.
    public enum Outcome: String, Equatable, Sendable {
        case created, updated, deleted
        /// A delete of what was not there.
        case notFound = "not_found"
    }

    public var outcome: Outcome
    /// Counts the changes of this id.
    public var version: Int64
    /// Counts the changes of this shard, from 0.
    public var sequenceNumber: Int64
    public var primaryTerm: Int64 { Shard.primaryTerm }

    public init(outcome: Outcome, version: Int64, sequenceNumber: Int64) {
        self.outcome = outcome
        self.version = version
        self.sequenceNumber = sequenceNumber
    }
}

/// Why a write was refused. It left nothing behind.
public enum WriteRefusal: Error, Equatable, Sendable {
    /// `create` of an id that is there:
    /// `[id]: version conflict, document already exists (current version [v])`
    case alreadyExists(id: String, currentVersion: Int64)
    /// `[id]: version conflict, required seqNo [s], primary term [t]. current document has seqNo [c] and primary term
    /// [1]`, or without a document `… but no document was found`
    case sequenceNumberConflict(id: String, requiredSequenceNumber: Int64, requiredPrimaryTerm: Int64, current: Int64?)
    /// `[id]: version conflict, current version [c] is higher or equal to the one provided [p]`
    case versionConflict(id: String, current: Int64, provided: ExternalVersion)
    /// The shard's files cannot take the write.
    case storage(ShardError)
}
