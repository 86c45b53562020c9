/// What a processor did, for those who want to see each step.
public struct ProcessorResult: Sendable {
    /// What became of the document. Raw values are Elasticsearch's names.
    public enum Status: String, Sendable {
        case success, error, skipped, dropped
        case errorIgnored = "error_ignored"
    }

    public var processor: String
    public var tag: String?
    public var description: String?
    public var status: Status
    /// The document after the step; nil where there is none.
    public var document: IngestDocument?
    public var error: (any Error)?
    /// The source of the condition, and what it said.
    public var condition: (source: String, holds: Bool)?
}
