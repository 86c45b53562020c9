/// Some fields of the documents that come first in an order.
public struct TopMetricsAggregation: Equatable, Sendable {
    public var metrics: [String]
    public var sort: Sort
    public var size: Int

    public init(metrics: [String], sort: Sort, size: Int = 1) {
        self.metrics = metrics
        self.sort = sort
        self.size = size
    }
}
