internal import Mapping

extension Planner {
    /// Buckets that are not found by one field's values as they are.
    func buckets(_ kind: Aggregation.Kind) throws(PlanningError) -> AggregationPlan.Kind {
        switch kind {
        case .sampler(let sampler):
            switch sampler {
            case .best(let shardSize): return .sampler(.best(shardSize: shardSize))
            case .diverse(let field, let perValue, let shardSize):
                return .sampler(.diverse(try source(field, "diversified_sampler"), perValue: perValue, shardSize: shardSize))
            case .random(let probability, let seed, let shardSeed):
                return .sampler(.random(probability: probability, seed: seed, shardSeed: shardSeed))
            }
        case .significantTerms(let terms): return .significantTerms(try plan(terms))
        case .rareTerms(let terms):
            let source = try source(terms.field, format: terms.format, "rare_terms")
            if source.column == .doubles { throw notSupported(source, "rare_terms") }
            return .rareTerms(
                RareTermsPlan(
                    source: source, maximumCount: terms.maximumCount,
                    missing: try terms.missing.map { value throws(PlanningError) in try key(value, source) },
                    include: try selection(terms.include, source), exclude: try selection(terms.exclude, source)))
        case .multiTerms(let multi):
            let terms = try multi.terms.map { term throws(PlanningError) in
                let source = try source(term.field, format: term.format, "multi_terms")
                return MultiTermsPlan.Term(
                    values: source, missing: try term.missing.map { value throws(PlanningError) in try key(value, source) })
            }
            return .multiTerms(
                MultiTermsPlan(
                    terms: terms, size: multi.size, shardSize: Self.shardSize(multi.shardSize, multi.size),
                    minimumCount: multi.minimumCount, order: multi.order, showsError: multi.showsError))
        case .autoDateHistogram(let histogram):
            let source = try source(
                histogram.field, format: histogram.format, timeZone: histogram.timeZone, "auto_date_histogram", isNumeric: true)
            guard let intervals = AutoDateIntervals(least: histogram.minimumInterval, zone: try zone(histogram.timeZone)) else {
                throw .invalidDateFormat(histogram.minimumInterval ?? "")
            }
            return .autoDateHistogram(
                source,
                AutoDateHistogramPlan(buckets: histogram.buckets, intervals: intervals, missing: try number(histogram.missing, source)))
        case .variableWidthHistogram(let histogram):
            let source = try source(histogram.field, "variable_width_histogram", isNumeric: true)
            return .variableWidthHistogram(
                source,
                VariableWidthHistogramPlan(
                    buckets: histogram.buckets, shardSize: histogram.shardSize ?? histogram.buckets * 50,
                    missing: try number(histogram.missing, source)))
        case .adjacencyMatrix(let matrix):
            return .adjacencyMatrix(
                AdjacencyMatrixPlan(
                    filters: try matrix.filters.map { filter throws(PlanningError) in
                        AdjacencyMatrixPlan.Filter(name: filter.name, plan: try plan(filter.query))
                    }, separator: matrix.separator))
        case .geoGrid(let grid):
            var name = "geotile_grid"
            if case .geohash = grid.grid { name = "geohash_grid" }
            return .geoGrid(
                try points(grid.field, name),
                GeoGridPlan(
                    grid: grid.grid, size: grid.size, shardSize: Self.shardSize(grid.shardSize, grid.size),
                    corners: grid.bounds.map { [$0.0, $0.1] } ?? []))
        case .geoDistance(let distance):
            let ranges = distance.ranges.map { range in
                let text = { (value: Double?) in value.map(JavaNumber.text) ?? "*" }
                return RangePlan(key: range.key ?? "\(text(range.from))-\(text(range.to))", from: range.from ?? 0, to: range.to)
            }
            return .geoDistance(
                try points(distance.field, "geo_distance"),
                GeoDistancePlan(origin: distance.origin, unit: distance.unit, ranges: ranges.inOrder, isKeyed: distance.isKeyed))
        default: return .global
        }
    }

    private func plan(_ terms: SignificantTermsAggregation) throws(PlanningError) -> SignificantTermsPlan {
        let source: ValuesSource
        if terms.isOfTexts, let field = mapping.field(terms.field) {
            guard field.type.valueClass == .term else {
                throw .aggregationNotSupported(field: terms.field, type: field.type.name, aggregation: "significant_text")
            }
            source = ValuesSource(field: terms.field, column: .keywords, format: .raw)
        } else {
            source = try self.source(terms.field, format: terms.format, "significant_terms")
            if source.column == .doubles || source.column == .points { throw notSupported(source, "significant_terms") }
        }
        var bound = SignificantTermsPlan(
            source: source, isOfTexts: terms.isOfTexts, size: terms.size,
            shardSize: Self.shardSize(terms.shardSize, terms.size) * 2, minimumCount: terms.minimumCount, heuristic: terms.heuristic,
            background: try terms.background.map { query throws(PlanningError) in try plan(query) },
            include: try selection(terms.include, source), exclude: try selection(terms.exclude, source), path: scope.last)
        if terms.skipsDuplicates, let field = mapping.field(terms.field) {
            bound.distinctText = DistinctTextPlan(field: field, paths: terms.sourceFields ?? [mapping.target(of: terms.field)])
        }
        return bound
    }
}
