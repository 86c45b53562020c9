internal import Query

/// What `_stats` tells of a data stream.
public struct DataStreamStatistics: Sendable {
    public var stream: DataStream
    /// The greatest time of its documents, in milliseconds since 1970; 0 where there is none.
    public var latestTimestamp: Int
}

extension IndexRegistry {
    /// What there is to tell of data streams, by the indices that are open.
    ///
    /// - Throws: as `search`.
    public func dataStreamStatistics(_ streams: [DataStream]) async throws -> [DataStreamStatistics] {
        var statistics: [DataStreamStatistics] = []
        for stream in streams {
            let open = stream.indices.filter { $0.state == .open }.map(\.name)
            statistics.append(.init(stream: stream, latestTimestamp: open.isEmpty ? 0 : try await latestTimestamp(of: open)))
        }
        return statistics
    }

    private func latestTimestamp(of indices: [String]) async throws -> Int {
        let times = Aggregation("latest", .metric(.max, field: DataStreamMembership.timestampField, missing: nil))
        let found = try await search(Search(size: 0, aggregations: [times]), in: IndexExpression(indices, ignoresUnavailable: true))
        guard case .metric(let summary)? = found.aggregations?.results.first, let value = summary.value("max") else { return 0 }
        return Int(exactly: value.rounded()) ?? 0
    }
}
