/// Brings clusters of numbers together until there are few: always the two whose middles are nearest.
struct ClusterReduction {
    private struct Cluster {
        var centre: Double
        var count: Int
        var bounds: ClosedRange<Double>
        var results: [[AggregationResult]]
    }

    let reduction: AggregationReduction
    let plan: AggregationPlan

    func reduce(
        _ buckets: [AggregationResult.Bucket], to wanted: Int
    ) throws(AggregationFault) -> [AggregationResult.Bucket] {
        var clusters: [Cluster] = []
        for bucket in buckets.sorted(by: { $0.key < $1.key }) {
            let centre = bucket.key.number
            let cluster = Cluster(
                centre: centre, count: bucket.count, bounds: bucket.bounds ?? centre...centre, results: [bucket.results])
            if let last = clusters.last, last.centre == centre {
                clusters[clusters.count - 1] = Self.joined(last, cluster)
            } else {
                clusters.append(cluster)
            }
        }
        while clusters.count > max(wanted, 1) {
            var nearest = 0, least = Double.infinity
            for index in 0..<(clusters.count - 1) where clusters[index + 1].centre - clusters[index].centre < least {
                least = clusters[index + 1].centre - clusters[index].centre
                nearest = index
            }
            clusters[nearest] = Self.joined(clusters[nearest], clusters[nearest + 1])
            clusters.remove(at: nearest + 1)
        }
        // Clusters of several shards may overlap: they end in the middle of what both have.
        for index in clusters.indices.dropFirst() {
            let (before, own) = (clusters[index - 1].bounds, clusters[index].bounds)
            guard before.upperBound > own.lowerBound else { continue }
            let middle = (before.upperBound + own.lowerBound) / 2
            clusters[index - 1].bounds = min(before.lowerBound, middle)...middle
            clusters[index].bounds = middle...max(own.upperBound, middle)
        }
        var found: [AggregationResult.Bucket] = []
        for cluster in clusters {
            var bucket = AggregationResult.Bucket(
                keys: [.double(cluster.centre)], count: cluster.count, results: try reduction.merge(plan.subplans, cluster.results))
            bucket.bounds = cluster.bounds
            found.append(bucket)
        }
        return found
    }

    private static func joined(_ left: Cluster, _ right: Cluster) -> Cluster {
        let count = left.count + right.count
        let sum = left.centre * Double(left.count) + right.centre * Double(right.count)
        return Cluster(
            centre: count == 0 ? left.centre : sum / Double(count), count: count,
            bounds: min(left.bounds.lowerBound, right.bounds.lowerBound)...max(left.bounds.upperBound, right.bounds.upperBound),
            results: left.results + right.results)
    }
}
