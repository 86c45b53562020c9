extension AggregationPlan {
    /// One plan of those that several indices made of one aggregation: of the first in which its fields are mapped.
    ///
    /// - Parameter all: by index, the plans of the aggregations in their order; as many for each.
    public static func merged(_ all: [[AggregationPlan]]) -> [AggregationPlan] {
        guard let first = all.first else { return [] }
        if all.allSatisfy({ $0 == first }) { return first }
        return first.indices.map { index in
            let plans = all.compactMap { index < $0.count ? $0[index] : nil }
            var merged = plans.first(where: \.isMapped) ?? first[index]
            merged.subplans = Self.merged(plans.map(\.subplans))
            if let kinds = merged.combined(plans) { merged.kind = kinds }
            return merged
        }
    }

    /// Whether all its fields are there.
    private var isMapped: Bool { sources.allSatisfy(\.isMapped) }

    /// Keys of composites and of combinations come from fields that may be mapped in different indices.
    private func combined(_ plans: [AggregationPlan]) -> Kind? {
        switch kind {
        case .composite(var composite):
            for index in composite.sources.indices where !composite.sources[index].values.isMapped {
                for case .composite(let other) in plans.map(\.kind) where other.sources[index].values.isMapped {
                    composite.sources[index] = other.sources[index]
                    break
                }
            }
            return .composite(composite)
        case .multiTerms(var multi):
            for index in multi.terms.indices where !multi.terms[index].values.isMapped {
                for case .multiTerms(let other) in plans.map(\.kind) where other.terms[index].values.isMapped {
                    multi.terms[index] = other.terms[index]
                    break
                }
            }
            return .multiTerms(multi)
        default: return nil
        }
    }

    /// Where its values come from.
    var sources: [ValuesSource] {
        switch kind {
        case .terms(let plan): [plan.source]
        case .composite(let plan): plan.sources.map(\.values)
        case .ranges(let source, _, _, _), .histogram(let source, _), .missing(let source), .cardinality(let source, _),
            .metric(_, let source, _, _), .quantiles(let source, _), .geoMetric(let source, _), .stringStatistics(let source, _, _),
            .autoDateHistogram(let source, _), .variableWidthHistogram(let source, _), .geoGrid(let source, _),
            .geoDistance(let source, _):
            [source]
        case .weightedAverage(let plan): [plan.value, plan.weight]
        case .tTest(let plan): [plan.first.source, plan.second.source]
        case .addressRanges(let plan): [plan.source]
        case .addressPrefix(let plan): [plan.source]
        case .matrixStatistics(let plan): plan.sources
        case .topMetrics(let plan): plan.metrics + [plan.sorted].compactMap(\.self)
        case .rate(let plan): [plan.values].compactMap(\.self)
        case .significantTerms(let plan): [plan.source]
        case .rareTerms(let plan): [plan.source]
        case .multiTerms(let plan): plan.terms.map(\.values)
        case .sampler(.diverse(let source, _, _)): [source]
        case .filter, .filters, .global, .nested, .reverseNested, .join, .topHits, .scriptedMetric, .sampler, .adjacencyMatrix, .pipeline: []
        }
    }
}
