internal import FieldIndex
internal import Mapping
internal import Ordinals
internal import Query

extension AggregationExecutor {
    func addressPrefix(
        _ prefix: AddressPrefixPlan, _ plan: AggregationPlan, _ documents: OrdinalSet
    ) throws(ShardError) -> AggregationResult.Buckets {
        guard let keywords = view.keywords(prefix.source.field), prefix.source.column == .keywords else { return .init([]) }
        var networks: [Int: String] = [:]
        var members: [String: [UInt32]] = [:]
        values.eachKeyword(keywords, in: documents) { ordinal, rank in
            guard let network = networks[rank] ?? prefix.network(of: keywords.term(rank)) else { return }
            networks[rank] = network
            if members[network]?.last != ordinal { members[network, default: []].append(ordinal) }
        }
        try check(members.count)
        var buckets: [AggregationResult.Bucket] = []
        for (network, ordinals) in members {
            let slot = try slot(plan, OrdinalSet(ordinals))
            buckets.append(.init(keys: [.string(network)], count: slot.count, results: slot.results))
        }
        return .init(buckets)
    }

    /// Of the documents that have a number in every field.
    func matrix(_ matrix: MatrixStatisticsPlan, _ documents: OrdinalSet) -> MatrixSummary {
        var columns: [[UInt32: Double]] = []
        for (source, missing) in zip(matrix.sources, matrix.missing) {
            var several: [UInt32: [Double]] = [:]
            values.eachNumber(of: source, in: documents, missing: missing) { several[$0, default: []].append($1) }
            columns.append(several.mapValues { matrix.mode.one(of: $0) })
        }
        var summary = MatrixSummary(variables: columns.count)
        for ordinal in documents {
            let row = columns.compactMap { $0[ordinal] }
            if row.count == columns.count { summary.add(row) }
        }
        return summary
    }
}

extension MatrixStatisticsAggregation.Mode {
    /// - Parameter values: ascending, at least one.
    fileprivate func one(of values: [Double]) -> Double {
        switch self {
        case .avg: values.reduce(0, +) / Double(values.count)
        case .min: values.first ?? 0
        case .max: values.last ?? 0
        case .sum: values.reduce(0, +)
        case .median: (values[(values.count - 1) / 2] + values[values.count / 2]) / 2
        }
    }
}
