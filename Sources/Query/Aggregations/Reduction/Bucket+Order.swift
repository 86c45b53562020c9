extension [AggregationResult.Bucket] {
    /// Sorts by the orders, and by the key among equals.
    public mutating func sort(by orders: [BucketOrder], _ plan: AggregationPlan) {
        let values = AggregationValues()
        // Looked up once for each bucket, not for each comparison.
        let metrics = orders.map { order -> [Double]? in
            guard case .metric(let name, let value) = order.key else { return nil }
            let path = AggregationPath(value.map { "\(name)[\($0)]" } ?? name)
            return map { bucket in path.flatMap { values.number(at: $0.parts[...], in: bucket.results, plan.subplans) } ?? .nan }
        }
        let sorted = indices.sorted { left, right in
            for (order, values) in zip(orders, metrics) {
                switch order.key {
                case .count where self[left].count != self[right].count:
                    return (self[left].count < self[right].count) == order.isAscending
                case .key where self[left].keys != self[right].keys:
                    return self[left].keysPrecede(self[right]) == order.isAscending
                case .metric:
                    let a = values?[left] ?? .nan, b = values?[right] ?? .nan
                    if a == b || (a.isNaN && b.isNaN) { continue }
                    // Without a value comes last.
                    if a.isNaN || b.isNaN { return b.isNaN }
                    return (a < b) == order.isAscending
                case .count, .key: continue
                }
            }
            return self[left].keysPrecede(self[right])
        }
        self = sorted.map { self[$0] }
    }
}

extension AggregationResult.Bucket {
    func keysPrecede(_ other: Self) -> Bool {
        for (left, right) in zip(keys, other.keys) where left != right {
            guard let left else { return true }
            guard let right else { return false }
            return left < right
        }
        return false
    }
}
