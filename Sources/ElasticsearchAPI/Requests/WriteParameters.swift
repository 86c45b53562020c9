public import Indices

/// What the URL of a write may say.
public struct WriteParameters: Sendable {
    public var refresh: RefreshPolicy
    public var routing: String?
    public var ifSequenceNumber: Int64?
    public var ifPrimaryTerm: Int64?
    public var requiresAlias: Bool
    /// The ingest pipeline; nil: the index's default.
    public var pipeline: String?
    /// `op_type=create`.
    public var mustCreate: Bool

    public init(_ parameters: QueryParameters) throws(ElasticsearchError) {
        refresh = try RefreshPolicy(parameters)
        routing = parameters["routing"]
        ifSequenceNumber = try parameters.long("if_seq_no")
        ifPrimaryTerm = try parameters.long("if_primary_term")
        requiresAlias = try parameters.bool("require_alias") ?? false
        switch parameters["op_type"] {
        case nil, "index": mustCreate = false
        case "create": mustCreate = true
        case .some(let other):
            throw .illegalArgument("opType must be 'create' or 'index', found: [\(other)]")
        }
        pipeline = parameters["pipeline"]
        if let violation { throw .validation([violation]) }
    }

    private var violation: String? {
        switch (ifSequenceNumber, ifPrimaryTerm) {
        case (nil, nil): nil
        case (_?, nil): "ifSeqNo is set, but primary term is [0]"
        case (nil, let term?): "ifSeqNo is unassigned, but primary term is [\(term)]"
        case (_?, _?): mustCreate ? "create operations do not support compare and set. use index instead" : nil
        }
    }
}

extension RefreshPolicy {
    /// `refresh` of a URL; a key without a value is true.
    public init(_ parameters: QueryParameters) throws(ElasticsearchError) {
        switch parameters["refresh"] {
        case nil: self = .none
        case "": self = .immediate
        case .some(let text):
            guard let policy = RefreshPolicy(rawValue: text) else {
                throw .illegalArgument("Unknown value for refresh: [\(text)].")
            }
            self = policy
        }
    }
}
