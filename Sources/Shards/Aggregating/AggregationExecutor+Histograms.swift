internal import FieldIndex
internal import Mapping
internal import Ordinals
internal import Query

/// Buckets of numbers.
extension AggregationExecutor {
    func histogram(
        _ source: ValuesSource, _ histogram: HistogramPlan, _ plan: AggregationPlan, _ documents: OrdinalSet
    ) throws(ShardError) -> AggregationResult.Buckets {
        try self.histogram(source, histogram.rounding, histogram.hardBounds, histogram.missing, plan, documents)
    }

    private func histogram(
        _ source: ValuesSource, _ rounding: HistogramPlan.Rounding, _ bounds: ClosedRange<Double>?, _ missing: Double?,
        _ plan: AggregationPlan, _ documents: OrdinalSet
    ) throws(ShardError) -> AggregationResult.Buckets {
        if case .spans(let spans) = source.column {
            return try self.histogram(source, of: spans, rounding, bounds, missing, plan, documents)
        }
        var buckets: [Double: (count: Int, members: [UInt32])] = [:]
        let keepsMembers = !plan.subplans.isEmpty
        var last: (ordinal: UInt32, start: Double)?
        values.eachNumber(of: source, in: documents, missing: missing, isDistinct: true) { ordinal, value in
            if let bounds, !bounds.contains(value) { return }
            let start = rounding.start(of: value)
            // A document with several values in one bucket counts once; its values ascend.
            if let last, last == (ordinal, start) { return }
            last = (ordinal, start)
            buckets[start, default: (0, [])].count += counts.of(ordinal)
            if keepsMembers { buckets[start]?.members.append(ordinal) }
        }
        try check(buckets.count)
        var results: [AggregationResult.Bucket] = []
        for (start, bucket) in buckets {
            results.append(
                .init(
                    keys: [rounding.key(start)], count: bucket.count,
                    results: keepsMembers ? try run(plan.subplans, over: OrdinalSet(bucket.members)) : []))
        }
        return .init(results)
    }

    /// At the least interval that makes not too many buckets of this shard's dates.
    func autoDateHistogram(
        _ source: ValuesSource, _ histogram: AutoDateHistogramPlan, _ plan: AggregationPlan, _ documents: OrdinalSet
    ) throws(ShardError) -> AggregationResult.Buckets {
        var least = Int64.max, greatest = Int64.min
        values.eachNumber(of: source, in: documents, missing: histogram.missing) { _, value in
            let moment = Int64(exactly: value.rounded()) ?? 0
            least = min(least, moment)
            greatest = max(greatest, moment)
        }
        guard least <= greatest else { return .init([]) }
        let unit = histogram.intervals.unit(from: 0, spanning: least...greatest, buckets: histogram.buckets)
        var result = try self.histogram(
            source, .date(histogram.intervals.rounding(unit)), nil, histogram.missing, plan, documents)
        result.interval = unit
        return result
    }

    /// Documents in the order of their numbers, cut into groups of one size.
    func variableWidthHistogram(
        _ source: ValuesSource, _ histogram: VariableWidthHistogramPlan, _ plan: AggregationPlan, _ documents: OrdinalSet
    ) throws(ShardError) -> AggregationResult.Buckets {
        var numbers: [(value: Double, ordinal: UInt32)] = []
        values.eachNumber(of: source, in: documents, missing: histogram.missing) { numbers.append(($1, $0)) }
        numbers.sort { ($0.value, $0.ordinal) < ($1.value, $1.ordinal) }
        let groups = max(1, histogram.shardSize * 3 / 4)
        let size = max(1, (numbers.count + groups - 1) / groups)
        var buckets: [AggregationResult.Bucket] = []
        for start in stride(from: 0, to: numbers.count, by: size) {
            let group = numbers[start..<min(start + size, numbers.count)]
            guard let first = group.first, let last = group.last else { continue }
            var bucket = AggregationResult.Bucket(
                keys: [.double(group.reduce(0) { $0 + $1.value } / Double(group.count))], count: group.reduce(0) { $0 + counts.of($1.ordinal) },
                results: plan.subplans.isEmpty ? [] : try run(plan.subplans, over: OrdinalSet(group.map(\.ordinal))))
            bucket.bounds = first.value...last.value
            buckets.append(bucket)
        }
        return .init(buckets)
    }

    func geoGrid(
        _ source: ValuesSource, _ grid: GeoGridPlan, _ plan: AggregationPlan, _ documents: OrdinalSet
    ) throws(ShardError) -> AggregationResult.Buckets {
        var cells: [BucketKey: [UInt32]] = [:]
        values.eachPoint(of: source, in: documents) { ordinal, point in
            guard grid.accepts(latitude: point.latitude, longitude: point.longitude) else { return }
            let key = grid.grid.key(latitude: point.latitude, longitude: point.longitude)
            if cells[key]?.last != ordinal { cells[key, default: []].append(ordinal) }
        }
        let first = cells.sorted { ($1.value.count, $1.key) < ($0.value.count, $0.key) }.prefix(grid.shardSize)
        var buckets: [AggregationResult.Bucket] = []
        for (key, members) in first {
            // A document with several points may come to a cell twice.
            let found = OrdinalSet(members)
            buckets.append(.init(keys: [key], count: counts.of(found), results: try run(plan.subplans, over: found)))
        }
        return .init(buckets)
    }
}
