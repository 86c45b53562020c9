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
                    sort: hits.sort.flatMap { $0.isDefault ? nil : $0 }, tracksScores: hits.tracksScores))
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
        case .scriptedMetric(let metric): return .scriptedMetric(try plan(metric))
        case .pipeline(let pipeline):
            return .pipeline(PipelinePlan(pipeline: pipeline, format: try decimals(pipeline.format)))
        }
    }

    private func plan(_ terms: TermsAggregation) throws(PlanningError) -> TermsPlan {
        let source = try source(terms.field, format: terms.format, "terms")
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

    // MARK: Values

    func zone(_ text: String?) throws(PlanningError) -> ZoneRule {
        guard let text else { return .utc }
        guard let zone = ZoneRule(text) else { throw .unknownTimeZone(text) }
        return zone
    }

    func source(
        _ path: String, format: String? = nil, timeZone: String? = nil, _ aggregation: String, isNumeric: Bool = false
    ) throws(PlanningError) -> ValuesSource {
        guard let field = mapping.field(path) else {
            return ValuesSource(field: path, column: .none, format: .raw)
        }
        var source = ValuesSource(field: mapping.target(of: path), column: .none, format: .raw)
        switch field.type {
        case .text: throw .textNotAggregatable(path)
        case .keyword: source.column = .keywords
        case .geoPoint: source.column = .points
        case .denseVector: source.column = .vectors
        case .boolean: (source.column, source.format) = (.longs(scale: 1), .boolean)
        case .date(let own):
            source.column = .longs(scale: 1)
            guard let wanted = try format.map({ text throws(PlanningError) in try dateFormat(text) }) ?? own as DateFormat? else { break }
            source.format = .date(wanted, zone: try zone(timeZone))
        case .served(let served):
            switch served.column {
            case .none where served.text != nil: throw .textNotAggregatable(path)
            case .none, .features:
                throw .aggregationNotSupported(field: path, type: field.type.name, aggregation: aggregation)
            case .terms:
                source.column = .keywords
                if served.coding != .plain { source.format = .coded(served.coding) }
            case .longs: source.column = .longs(scale: 1)
            case .unsigned: (source.column, source.format) = (.longs(scale: 1), .unsigned)
            case .nanoseconds(let own):
                source.column = .longs(scale: 1e-6)
                let wanted = try format.map { text throws(PlanningError) in try dateFormat(text) } ?? own
                source.format = .date(wanted, zone: try zone(timeZone))
            case .doubles: source.column = .doubles
            case .constant(let value): if let value { source.format = .constant(value) }
            }
        case .number(.unsignedLong): (source.column, source.format) = (.longs(scale: 1), .unsigned)
        case .number:
            switch field.type.numberColumn {
            case .longs(let scale)?: source.column = .longs(scale: scale)
            case .doubles?: source.column = .doubles
            case nil: break
            }
            source.format = try decimals(format)
        }
        if isNumeric {
            switch source.column {
            case .keywords, .points, .vectors:
                throw .aggregationNotSupported(field: path, type: field.type.name, aggregation: aggregation)
            case .none, .longs, .doubles: break
            }
        }
        return source
    }

    private func dateFormat(_ text: String) throws(PlanningError) -> DateFormat {
        guard let format = DateFormat(text) else { throw .invalidDateFormat(text) }
        return format
    }

    /// How numbers are written; as they are where nothing is said.
    func decimals(_ pattern: String?) throws(PlanningError) -> ValuesSource.Format {
        guard let pattern else { return .raw }
        guard let format = DecimalFormat(pattern) else { throw .invalidNumberFormat(pattern) }
        return .decimal(format)
    }

    func key(_ value: QueryValue, _ source: ValuesSource) throws(PlanningError) -> BucketKey {
        switch source.column {
        case .none:
            if case .constant = source.format { return .string(value.scalar.text) }
            switch value {
            case .integer(let number): return .long(Int64(number))
            case .double(let number): return .double(number)
            case .boolean(let flag): return .long(flag ? 1 : 0)
            case .string, .unsigned: return .string(value.scalar.text)
            }
        case .keywords, .points, .vectors:
            guard case .coded(let coding) = source.format else { return .string(value.scalar.text) }
            guard let term = coding.term(value.scalar.text) else {
                throw .malformedValue(field: source.field, type: "ip", cause: .notAnAddress(value.scalar.text))
            }
            return .string(term)
        case .longs where source.format == .unsigned:
            return .long(Int64(bitPattern: (UInt64(value.scalar.text) ?? 0) ^ 1 << 63))
        case .doubles: return .double(try number(value, source) ?? 0)
        case .longs(let scale):
            let number = try number(value, source) ?? 0
            return scale == 1 ? .long(Int64(exactly: number.rounded()) ?? 0) : .double(number)
        }
    }

    func number(
        _ value: QueryValue?, _ source: ValuesSource
    ) throws(PlanningError) -> Double? {
        guard let value else { return nil }
        if case .date(let format, let zone) = source.format {
            var context = DateContext(now: now)
            context.format = format
            context.offset = zone.seconds(at: now)
            guard let field = mapping.field(source.field) else { return nil }
            if case .served = field.type {
                guard let moment = DateMath(format: format, now: now, offset: zone.seconds(at: now)).milliseconds(value.scalar.text, roundingUp: false) else {
                    throw .malformedValue(
                        field: source.field, type: field.type.name, cause: .malformedDate(value.scalar.text, format: format.pattern))
                }
                return Double(moment)
            }
            do {
                guard case .long(let moment) = try field.term(value.scalar, dates: context) else { return nil }
                return Double(moment)
            } catch {
                throw .malformedValue(field: source.field, type: field.type.name, cause: error)
            }
        }
        switch value {
        case .boolean(let value): return value ? 1 : 0
        case .string("true"): return 1
        case .string("false"): return 0
        default: break
        }
        guard let number = Double(value.scalar.text), number.isFinite else {
            throw .malformedValue(field: source.field, type: "number", cause: .notANumber(value.scalar.text))
        }
        return number
    }
}

extension [RangePlan] {
    /// By where they begin, and then by where they end.
    var inOrder: [RangePlan] {
        sorted { ($0.from ?? -.infinity, $0.to ?? .infinity) < ($1.from ?? -.infinity, $1.to ?? .infinity) }
    }
}
