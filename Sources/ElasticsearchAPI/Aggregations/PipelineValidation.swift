internal import JSON
internal import Query

/// What is wrong with pipelines before any shard is asked: paths that lead nowhere, and places where they cannot stand.
struct PipelineValidation {
    func check(_ aggregations: [Aggregation], at path: JSONPath) throws(ParseError) {
        var problems: [String] = []
        check(aggregations, parent: nil, &problems)
        guard problems.isEmpty else {
            let list = problems.enumerated().map { "\($0.offset + 1): \($0.element);" }.joined()
            throw ParseError(.other("action_request_validation_exception", [:]), "Validation Failed: \(list)", at: path)
        }
        try checkPaths(aggregations, at: path)
    }

    private func check(_ aggregations: [Aggregation], parent: Aggregation?, _ problems: inout [String]) {
        for aggregation in aggregations {
            if case .pipeline(let pipeline) = aggregation.kind {
                if pipeline.isSibling {
                    checkSibling(aggregation, pipeline, aggregations, &problems)
                } else {
                    checkParent(aggregation, pipeline, parent, &problems)
                }
            }
            if case .sampler(.random) = aggregation.kind { checkSampler(aggregation, parent, &problems) }
            if case .global = aggregation.kind, let parent {
                problems.append("Aggregation [\(parent.name)] cannot have a global sub-aggregation [\(aggregation.name)]. Global aggregations can only be defined as top level aggregations")
            }
            check(aggregation.subaggregations, parent: aggregation, &problems)
        }
    }

    private func checkSampler(_ aggregation: Aggregation, _ parent: Aggregation?, _ problems: inout [String]) {
        if parent != nil { problems.append("[random_sampler] aggregation [\(aggregation.name)] cannot have a parent aggregation") }
        if aggregation.subaggregations.isEmpty { problems.append("[random_sampler] aggregation [\(aggregation.name)] must have sub-aggregations") }
        for inner in aggregation.subaggregations {
            if case .sampler = inner.kind {
                problems.append(
                    "[random_sampler] aggregation [\(aggregation.name)] does not support sampling [sampler] aggregation [\(inner.name)]")
            }
        }
    }

    private func checkSibling(
        _ aggregation: Aggregation, _ pipeline: PipelineAggregation, _ siblings: [Aggregation], _ problems: inout [String]
    ) {
        guard pipeline.paths.count == 1, let path = pipeline.paths.first?.path, let first = path.parts.first else {
            problems.append("buckets_path must contain a single entry for aggregation [\(aggregation.name)]")
            return
        }
        guard let target = siblings.first(where: { $0.name == first }) else {
            problems.append("buckets_path aggregation does not exist for aggregation [\(aggregation.name)]: \(path.text)")
            return
        }
        var current = target
        for part in path.parts.dropFirst() {
            if part.hasPrefix("_") || part.hasPrefix("'") || current.subaggregations.isEmpty && !current.makesBuckets { break }
            guard let next = current.subaggregations.first(where: { $0.name == part }) else {
                problems.append("No aggregation [\(part)] found for path [\(path.text)]")
                return
            }
            current = next
        }
    }

    private func checkParent(
        _ aggregation: Aggregation, _ pipeline: PipelineAggregation, _ parent: Aggregation?, _ problems: inout [String]
    ) {
        let type = pipeline.kind.typeName
        guard let parent else {
            problems.append("\(type) aggregation [\(aggregation.name)] must be declared inside of another aggregation")
            return
        }
        guard pipeline.kind.needsOrder else { return }
        switch parent.kind {
        case .histogram(let histogram) where histogram.minimumCount != 0:
            problems.append("parent histogram of \(type) aggregation [\(aggregation.name)] must have min_doc_count of 0")
        case .dateHistogram(let histogram) where histogram.minimumCount != 0:
            problems.append("parent histogram of \(type) aggregation [\(aggregation.name)] must have min_doc_count of 0")
        case .histogram, .dateHistogram, .autoDateHistogram: break
        default:
            problems.append("\(type) aggregation [\(aggregation.name)] must have a histogram, date_histogram or auto_date_histogram as parent")
        }
    }

    /// Paths of what stands in buckets begin with what stands beside it.
    private func checkPaths(_ aggregations: [Aggregation], at place: JSONPath) throws(ParseError) {
        for aggregation in aggregations {
            if case .pipeline(let pipeline) = aggregation.kind, !pipeline.isSibling {
                for path in pipeline.paths.map(\.path) {
                    guard let first = path.parts.first, !["_count", "_key", "_bucket_count"].contains(first) else { continue }
                    guard aggregations.contains(where: { $0.name == first }) else {
                        throw .argument("No aggregation found for path [\(path.text)]", at: place)
                    }
                }
            }
            try checkPaths(aggregation.subaggregations, at: place)
        }
    }
}

extension Aggregation {
    fileprivate var makesBuckets: Bool {
        switch kind {
        case .terms, .composite, .range, .histogram, .dateHistogram, .filter, .filters, .missing, .global, .sampler, .significantTerms,
            .rareTerms, .multiTerms, .autoDateHistogram, .variableWidthHistogram, .adjacencyMatrix, .geoGrid, .geoDistance, .nested,
            .reverseNested, .join:
            true
        default: false
        }
    }
}

extension PipelineAggregation.Kind {
    /// Elasticsearch's name of it.
    var typeName: String {
        switch self {
        case .buckets: "bucket_metric_value"
        case .derivative: "derivative"
        case .cumulativeSum: "cumulative_sum"
        case .cumulativeCardinality: "cumulative_cardinality"
        case .movingFunction: "moving_fn"
        case .movingPercentiles: "moving_percentiles"
        case .serialDifference: "serial_diff"
        case .normalize: "normalize"
        case .bucketScript: "bucket_script"
        case .bucketSelector: "bucket_selector"
        case .bucketSort: "bucket_sort"
        }
    }

    /// Whether it goes from one bucket to the next.
    fileprivate var needsOrder: Bool {
        switch self {
        case .derivative, .cumulativeSum, .cumulativeCardinality, .movingFunction, .movingPercentiles, .serialDifference: true
        case .buckets, .normalize, .bucketScript, .bucketSelector, .bucketSort: false
        }
    }
}
