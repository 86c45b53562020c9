extension [AggregationResult.Bucket] {
    /// Sorts by the orders, and by the key among equals.
    public mutating func sort(by orders: [BucketOrder], _ plan: AggregationPlan) {
        sort { left, right in
            for order in orders {
                switch order.key {
                case .count where left.count != right.count: return (left.count < right.count) == order.isAscending
                case .key where left.key != right.key: return (left.key < right.key) == order.isAscending
                case .metric(let name, let value):
                    let a = left.value(of: name, value, plan), b = right.value(of: name, value, plan)
                    if a == b || (a.isNaN && b.isNaN) { continue }
                    // Without a value comes last.
                    if a.isNaN || b.isNaN { return b.isNaN }
                    return (a < b) == order.isAscending
                case .count, .key: continue
                }
            }
            return left.key < right.key
        }
    }
}

extension AggregationResult.Bucket {
    /// A metric below the bucket; not a number where there is none.
    fileprivate func value(of name: String, _ value: String?, _ plan: AggregationPlan) -> Double {
        guard let index = plan.subplans.firstIndex(where: { $0.name == name }), index < results.count else { return .nan }
        switch (results[index], plan.subplans[index].kind) {
        case (.metric(let summary), .metric(let metric, _, _)): return summary.value(value ?? metric.rawValue) ?? .nan
        case (.distinct(let count), _): return Double(count.value)
        case (.slots(let slots), _): return Double(slots.first?.count ?? 0)
        default: return .nan
        }
    }
}
