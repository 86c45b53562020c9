public import Indices

/// What the URL of a write may say.
public struct WriteParameters: Sendable {
    public var refresh: RefreshPolicy
    private let action: WriteOperation.Action
    /// Whether the endpoint, or `op_type`, says so.
    private let isCreation: Bool
    private let routing: String?
    private let ifSequenceNumber: Int64?
    private let ifPrimaryTerm: Int64?
    private let requiresAlias: Bool
    private let requiresDataStream: Bool
    private let version: WriteVersion
    /// The ingest pipeline; nil: the index's default.
    private let pipeline: String?

    /// - Parameter action: what the endpoint does; `op_type=create` makes a creation of `index`.
    /// - Throws: `ElasticsearchError`, for what no write may ask for too.
    public init(
        _ action: WriteOperation.Action, _ parameters: QueryParameters, hasID: Bool = true
    ) throws(ElasticsearchError) {
        refresh = try RefreshPolicy(parameters)
        routing = parameters["routing"]
        ifSequenceNumber = try parameters.long("if_seq_no")
        ifPrimaryTerm = try parameters.long("if_primary_term")
        requiresAlias = try parameters.bool("require_alias") ?? false
        requiresDataStream = try parameters.bool("require_data_stream") ?? false
        version = try WriteVersion(parameters)
        switch parameters["op_type"] {
        case nil:
            // What has no id yet cannot be there: data streams take it.
            self.action = action == .index && !hasID ? .create : action
            isCreation = action == .create
        case "index": (self.action, isCreation) = (action, action == .create)
        case "create": (self.action, isCreation) = (.create, true)
        case .some(let other):
            throw .illegalArgument("opType must be 'create' or 'index', found: [\(other)]")
        }
        pipeline = parameters["pipeline"]
        let violations = violations(hasID: hasID)
        if !violations.isEmpty { throw .validation(violations) }
    }

    /// The write that the URL and a body ask for. Nil as `id`: one is made.
    public func operation(index: String, id: String?, source: [UInt8]) -> WriteOperation {
        var operation = WriteOperation(
            action, index: index, id: id, routing: routing, source: source, ifSequenceNumber: ifSequenceNumber,
            ifPrimaryTerm: ifPrimaryTerm, requiresAlias: requiresAlias, pipeline: pipeline)
        operation.version = version.external
        operation.requiresDataStream = requiresDataStream
        return operation
    }

    private func violations(hasID: Bool) -> [String] {
        var violations = version.violations(
            isCreation: isCreation, hasID: hasID, isConditional: ifSequenceNumber != nil)
        if let condition = Self.conditionViolation(ifSequenceNumber, ifPrimaryTerm, isCreation: isCreation) {
            violations.append(condition)
        }
        return violations
    }

    static func conditionViolation(_ ifSequenceNumber: Int64?, _ ifPrimaryTerm: Int64?, isCreation: Bool) -> String? {
        switch (ifSequenceNumber, ifPrimaryTerm) {
        case (nil, nil): nil
        case (_?, nil): "ifSeqNo is set, but primary term is [0]"
        case (nil, let term?): "ifSeqNo is unassigned, but primary term is [\(term)]"
        case (_?, _?): isCreation ? "create operations do not support compare and set. use index instead" : nil
        }
    }
}

extension CopyRequirement {
    /// `wait_for_active_shards` and `timeout` of a URL.
    ///
    /// - Throws: `ElasticsearchError`.
    public init(_ parameters: QueryParameters) throws(ElasticsearchError) {
        self.init()
        _ = try parameters.duration("timeout")
        if let text = parameters["timeout"] { timeout = text }
        guard let text = parameters["wait_for_active_shards"] else { return }
        guard let copies = WantedCopies(parsing: text) else { throw .illegalArgument("cannot parse ActiveShardCount[\(text)]") }
        self.copies = copies
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
