internal import FieldIndex
internal import Mapping

extension Planner {
    /// - Throws: `PlanningError`.
    public func plan(_ aggregations: [Aggregation]) throws(PlanningError) -> [AggregationPlan] {
        try aggregations.map { aggregation throws(PlanningError) in
            AggregationPlan(
                name: aggregation.name, kind: try plan(aggregation),
                subplans: try inside(aggregation).plan(aggregation.subaggregations),
                meta: aggregation.meta)
        }
    }

    /// What plans the aggregations below one.
    private func inside(_ aggregation: Aggregation) -> Planner {
        var planner = self
        switch aggregation.kind {
        case .nested(let path): planner.scope.append(path)
        case .reverseNested(let path): planner.scope = path.map { mapping.nestedPaths(on: $0) } ?? []
        case .global: planner.scope = []
        default: break
        }
        return planner
    }

    private func plan(_ aggregation: Aggregation) throws(PlanningError) -> AggregationPlan.Kind {
        switch aggregation.kind {
        case .terms(let terms): return .terms(try plan(terms))
        case .composite(let composite): return .composite(try plan(composite))
        case .range(let range):
            let source = try source(range.field, format: range.format, timeZone: range.timeZone, "range", isNumeric: true)
            let ranges = try range.ranges.map { part throws(PlanningError) in
                RangePlan(
                    key: part.key, from: try number(part.from, source),
                    to: try number(part.to, source))
            }
            return .ranges(source, ranges.inOrder, isKeyed: range.isKeyed, missing: try number(range.missing, source))
        case .histogram(let histogram):
            let source = try source(histogram.field, format: histogram.format, "histogram", isNumeric: true)
            return .histogram(
                source,
                HistogramPlan(
                    rounding: .interval(histogram.interval, offset: histogram.offset), minimumCount: histogram.minimumCount,
                    extendedBounds: histogram.extendedBounds, hardBounds: histogram.hardBounds, isKeyed: histogram.isKeyed,
                    order: histogram.order, missing: try number(histogram.missing, source)))
        case .dateHistogram(let histogram): return try plan(histogram)
        case .filter(let query): return .filter(try plan(query))
        case .filters(let filters):
            return .filters(
                FiltersPlan(
                    filters: try filters.filters.map { filter throws(PlanningError) in
                        FiltersPlan.Filter(name: filter.name, plan: try plan(filter.query))
                    },
                    otherName: filters.otherName, isKeyed: filters.isKeyed && filters.filters.first?.name != nil))
        case .missing(let field): return .missing(try source(field, "missing"))
        case .global: return .global
        case .cardinality(let field, let missing):
            let source = try source(field, "cardinality")
            return .cardinality(source, missing: try missing.map { value throws(PlanningError) in try key(value, source) })
        case .metric(.valueCount, let field, let missing, let format, _):
            return .metric(.valueCount, try source(field, format: format, "value_count"), missing: missing == nil ? nil : 0, sigma: 0)
        case .metric(let metric, let field, let missing, let format, let sigma):
            let source = try source(field, format: format, metric.rawValue, isNumeric: true)
            return .metric(metric, source, missing: try number(missing, source), sigma: sigma)
        case .topHits(let hits):
            var order = DocumentOrder.best
            if let sort = hits.sort { order = try self.order(sort) }
            return .topHits(
                TopHitsPlan(
                    size: hits.size, from: hits.from, fetch: hits.fetch, order: order,
                    sort: hits.sort.flatMap { $0.isDefault ? nil : $0 }, tracksScores: hits.tracksScores,
                    scriptFields: try plan(hits.fetch.scriptFields)))
        case .quantiles, .weightedAverage, .geoMetric, .stringStatistics, .topMetrics, .rate: return try metric(aggregation.kind)
        case .sampler, .significantTerms, .rareTerms, .multiTerms, .autoDateHistogram, .variableWidthHistogram, .adjacencyMatrix,
            .geoGrid, .geoDistance:
            return try buckets(aggregation.kind)
        case .addressRange, .addressPrefix: return try addresses(aggregation.kind)
        case .matrixStatistics(let matrix):
            let sources = try matrix.fields.map { field throws(PlanningError) in try source(field, "matrix_stats", isNumeric: true) }
            return .matrixStatistics(
                MatrixStatisticsPlan(
                    sources: sources, mode: matrix.mode,
                    missing: try zip(matrix.fields, sources).map { field, source throws(PlanningError) in
                        try number(matrix.missing[field], source)
                    }))
        case .nested(let path): return .nested(try level(path, ignoringUnmapped: true))
        case .reverseNested(let path):
            guard let current = scope.last else { throw .reverseNestedOutside(aggregation.name) }
            if let path, !mapping.isNested(path) { throw .pathNotNested(path) }
            return .reverseNested(NestedLevel(path: current, parent: path))
        case .join(let join): return .join(join.wanted, try plan(join))
        case .tTest(let test): return .tTest(try plan(test))
        case .scriptedMetric(let metric): return .scriptedMetric(try plan(metric))
        case .pipeline(let pipeline):
            return .pipeline(PipelinePlan(pipeline: pipeline, format: try decimals(pipeline.format)))
        }
    }

    private func plan(_ terms: TermsAggregation) throws(PlanningError) -> TermsPlan {
        let source = try source(terms.field, format: terms.format, "terms")
        if source.column == .vectors { throw .aggregationNotSupported(field: terms.field, type: "dense_vector", aggregation: "terms") }
        return TermsPlan(
            source: source, size: terms.size, shardSize: Self.shardSize(terms.shardSize, terms.size), minimumCount: terms.minimumCount,
            order: terms.order, missing: try terms.missing.map { value throws(PlanningError) in try key(value, source) },
            include: try selection(terms.include, source), exclude: try selection(terms.exclude, source), showsError: terms.showsError)
    }

    /// As many as make the answer good enough where it is not said.
    static func shardSize(_ given: Int?, _ size: Int) -> Int {
        let wide = size.multipliedReportingOverflow(by: 3)
        return max(given ?? (wide.overflow ? .max : wide.partialValue / 2 + 10), size)
    }

    func selection(
        _ selection: TermsAggregation.Selection?, _ source: ValuesSource
    ) throws(PlanningError) -> TermSelection? {
        switch selection {
        case nil: return nil
        case .partition(let part, let count): return .partition(part, of: count)
        case .values(let values):
            var keys: Set<BucketKey> = []
            for value in values { keys.insert(try key(value, source)) }
            return .keys(keys)
        case .pattern(let pattern):
            if source.isMapped, source.column != .keywords { throw .patternOfNumbers }
            do {
                return .pattern(try .regexp(pattern))
            } catch {
                throw .malformedPattern(field: source.field, error)
            }
        }
    }

    private func plan(_ composite: CompositeAggregation) throws(PlanningError) -> CompositePlan {
        var sources: [CompositePlan.Source] = []
        var after: [BucketKey?] = []
        for source in composite.sources {
            var zone: String?
            if case .dateHistogram(_, _, let timeZone) = source.kind { zone = timeZone }
            let values = try self.source(
                source.field, format: source.format, timeZone: zone, "composite", isNumeric: source.kind != .terms)
            let rounding: CompositePlan.Source.Rounding =
                switch source.kind {
                case .terms: .none
                case .histogram(let interval): .interval(interval)
                case .dateHistogram(let interval, let offset, let zone):
                    .date(DateRounding(interval: interval, offset: offset, zone: try self.zone(zone)))
                }
            sources.append(
                CompositePlan.Source(
                    name: source.name, values: values, rounding: rounding, isAscending: source.isAscending,
                    hasMissingBucket: source.hasMissingBucket, missingIsFirst: source.missingIsFirst, isFormatted: source.format != nil))
            guard let given = composite.after else { continue }
            guard let value = given[source.name] else { throw .compositeAfterLacks(source.name) }
            if let value {
                if case .terms = source.kind {
                    after.append(try key(value, values))
                } else {
                    let number = try number(value, values) ?? 0
                    if case .date = rounding { after.append(.long(Int64(clamping: number))) } else { after.append(.double(number)) }
                }
            } else {
                after.append(nil)
            }
        }
        if let given = composite.after, given.count != sources.count { throw .compositeAfterLacks("") }
        return CompositePlan(sources: sources, size: composite.size, after: composite.after == nil ? nil : after)
    }

    private func plan(_ histogram: DateHistogramAggregation) throws(PlanningError) -> AggregationPlan.Kind {
        if case .boolean? = mapping.field(histogram.field)?.type {
            throw .aggregationNotSupported(field: histogram.field, type: "boolean", aggregation: "date_histogram")
        }
        let source = try source(
            histogram.field, format: histogram.format, timeZone: histogram.timeZone, "date_histogram", isNumeric: true)
        var bounds: ClosedRange<Double>?
        if let given = histogram.extendedBounds, let lower = try number(given.lower, source),
            let upper = try number(given.upper, source), lower <= upper {
            bounds = lower...upper
        }
        var hard: ClosedRange<Double>?
        if let given = histogram.hardBounds {
            let (lower, upper) = (try number(given.lower, source) ?? -.infinity, try number(given.upper, source) ?? .infinity)
            if lower <= upper { hard = lower...upper }
        }
        let rounding = DateRounding(interval: histogram.interval, offset: histogram.offset, zone: try zone(histogram.timeZone))
        return .histogram(
            source,
            HistogramPlan(
                rounding: .date(rounding), minimumCount: histogram.minimumCount, extendedBounds: bounds, hardBounds: hard,
                isKeyed: histogram.isKeyed, order: histogram.order,
                missing: try number(histogram.missing, source)))
    }
}

extension [RangePlan] {
    /// By where they begin, and then by where they end.
    var inOrder: [RangePlan] {
        sorted { ($0.from ?? -.infinity, $0.to ?? .infinity) < ($1.from ?? -.infinity, $1.to ?? .infinity) }
    }
}
