/// What became of a write on its way through pipelines.
public enum IngestedWrite: Sendable {
    case write(WriteOperation)
    case dropped
    case failed(any Error)
}

/// Sends the documents of writes through their pipelines; one result a write, in order.
public typealias IngestPhase = @Sendable ([WriteOperation]) async -> [IngestedWrite]

extension IngestedWrite {
    /// Whether the document went into pipelines.
    public var ranPipelines: Bool {
        if case .write(let operation) = self { !operation.executedPipelines.isEmpty } else { true }
    }
}
