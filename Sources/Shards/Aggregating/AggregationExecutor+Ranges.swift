internal import FieldIndex
internal import Mapping
internal import Ordinals
internal import Query

/// Buckets that are given: ranges, filters that meet, samples.
extension AggregationExecutor {
    /// - Parameter each: hands out the numbers, those of one document together.
    func ranges(
        _ ranges: [RangePlan], _ plan: AggregationPlan, _ documents: OrdinalSet, _ each: ((UInt32, Double) -> Void) -> Void
    ) throws(ShardError) -> [AggregationResult.Slot] {
        var members = [[UInt32]](repeating: [], count: ranges.count)
        each { ordinal, value in
            for (index, range) in ranges.enumerated() {
                guard value >= range.from ?? -.infinity, range.to.map({ value < $0 }) ?? true, members[index].last != ordinal else {
                    continue
                }
                members[index].append(ordinal)
            }
        }
        var slots: [AggregationResult.Slot] = []
        for found in members { slots.append(try slot(plan, OrdinalSet(found))) }
        return slots
    }

    func geoDistance(
        _ source: ValuesSource, _ distance: GeoDistancePlan, _ plan: AggregationPlan, _ documents: OrdinalSet
    ) throws(ShardError) -> [AggregationResult.Slot] {
        try ranges(distance.ranges, plan, documents) { body in
            values.eachPoint(of: source, in: documents) { ordinal, point in
                let metres = GeoCircle.distance(
                    distance.origin.latitude, distance.origin.longitude, point.latitude, point.longitude)
                body(ordinal, metres / distance.unit)
            }
        }
    }

    func adjacencyMatrix(
        _ matrix: AdjacencyMatrixPlan, _ plan: AggregationPlan, _ documents: OrdinalSet
    ) throws(ShardError) -> AggregationResult.Buckets {
        var found: [(name: String, documents: OrdinalSet)] = []
        for filter in matrix.filters {
            found.append((filter.name, try view.documents(matching: filter.plan, among: documents)))
        }
        var buckets: [AggregationResult.Bucket] = []
        func add(_ name: String, _ documents: OrdinalSet) throws(ShardError) {
            if documents.isEmpty { return }
            let slot = try slot(plan, documents)
            buckets.append(.init(keys: [.string(name)], count: slot.count, results: slot.results))
        }
        for (index, first) in found.enumerated() {
            try add(first.name, first.documents)
            for second in found[(index + 1)...] {
                try add(first.name + matrix.separator + second.name, first.documents.intersection(second.documents))
            }
        }
        return .init(buckets)
    }

    func sample(_ sampler: SamplerPlan, _ documents: OrdinalSet) -> OrdinalSet {
        switch sampler {
        case .random(let probability, let seed, let shardSeed):
            if probability >= 1 { return documents }
            var sample = RandomSample(
                probability: probability, seed: UInt64(truncatingIfNeeded: seed) ^ UInt64(truncatingIfNeeded: shardSeed ?? 0))
            return sample.of(documents)
        case .best(let size):
            if documents.count <= size { return documents }
            return OrdinalSet(scored(documents).top(size).map(\.ordinal))
        case .diverse(let source, let perValue, let size):
            var keys: [UInt32: BucketKey] = [:]
            values.eachKey(of: source, in: documents) { ordinal, key in if keys[ordinal] == nil { keys[ordinal] = key } }
            var counts: [BucketKey: Int] = [:], chosen = OrdinalSet()
            for document in scored(documents).top(documents.count) {
                if chosen.count >= size { break }
                if let key = keys[document.ordinal] {
                    guard counts[key, default: 0] < perValue else { continue }
                    counts[key, default: 0] += 1
                }
                chosen.insert(document.ordinal)
            }
            return chosen
        }
    }
}
