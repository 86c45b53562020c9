public import JSON

/// A document that is among the first of an order, with some of its values.
public struct TopMetric: Equatable, Sendable {
    public var document: ScoredDocument
    /// What it was sorted by, as it is shown.
    public var sort: JSONValue
    public var metrics: [BucketKey?]

    public init(document: ScoredDocument, sort: JSONValue, metrics: [BucketKey?]) {
        self.document = document
        self.sort = sort
        self.metrics = metrics
    }
}
