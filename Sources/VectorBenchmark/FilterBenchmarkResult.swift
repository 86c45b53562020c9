public import JSON
internal import VectorIndex

/// Searches with one kind of filter.
public struct FilterBenchmarkResult: Sendable {
    public let form: VectorBenchmark.Form
    public let relation: FilterRelation
    /// Of the vectors, those that pass.
    public let share: Double
    public let recall: Double
    /// Seconds a query, and without the filter.
    public let seconds: Double
    public let unfilteredSeconds: Double
    /// Queries that were answered by each strategy.
    public let strategies: [String: Int]
    /// Means over the queries: predicted nanoseconds, and vectors compared.
    public let predictedGraph: Double
    public let predictedExact: Double
    public let visited: Double

    /// In proportion to the search without a filter.
    public var relativeTime: Double { seconds / unfilteredSeconds }

    init(
        form: VectorBenchmark.Form, relation: FilterRelation, share: Double, recall: Double, seconds: Double,
        unfilteredSeconds: Double, found: [VectorSearchResult]
    ) {
        self.form = form
        self.relation = relation
        self.share = share
        self.recall = recall
        self.seconds = seconds
        self.unfilteredSeconds = unfilteredSeconds
        strategies = found.reduce(into: [:]) { $0[$1.strategy.rawValue, default: 0] += 1 }
        let count = Double(max(1, found.count))
        predictedGraph = found.reduce(0) { $0 + ($1.predicted?.graph ?? 0) } / count
        predictedExact = found.reduce(0) { $0 + ($1.predicted?.exact ?? 0) } / count
        visited = found.reduce(0) { $0 + Double($1.visited) } / count
    }

    /// `{"form", "filter", "share", "recall", "relative_time", "microseconds", "unfiltered_microseconds",
    /// "strategies": {strategy: queries}, "predicted_graph_ns", "predicted_exact_ns", "visited"}`
    public var json: JSONValue {
        [
            "form": .string(form.rawValue), "filter": .string(relation.rawValue), "share": .double(share),
            "recall": .double(recall.rounded(digits: 4)), "relative_time": .double(relativeTime.rounded(digits: 2)),
            "microseconds": .double((seconds * 1e6).rounded(digits: 1)),
            "unfiltered_microseconds": .double((unfilteredSeconds * 1e6).rounded(digits: 1)),
            "strategies": .object(JSONMembers(strategies.sorted { $0.key < $1.key }.map { ($0.key, .int($0.value)) })),
            "predicted_graph_ns": .double(predictedGraph.rounded()),
            "predicted_exact_ns": .double(predictedExact.rounded()), "visited": .double(visited.rounded(digits: 1)),
        ]
    }
}
