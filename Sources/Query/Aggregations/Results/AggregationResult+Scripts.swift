internal import JSON
public import Scripts

extension [AggregationResult] {
    /// The same with one value where scripts gave one for each shard.
    ///
    /// - Parameter plans: as many.
    /// - Throws: `ScriptError`.
    public func reducingScripts(_ plans: [AggregationPlan]) throws(ScriptError) -> [AggregationResult] {
        guard plans.contains(where: \.hasScripts) else { return self }
        var reduced: [AggregationResult] = []
        for (plan, result) in zip(plans, self) { reduced.append(try result.reducingScripts(plan)) }
        return reduced
    }
}

extension AggregationPlan {
    fileprivate var hasScripts: Bool {
        if case .scriptedMetric = kind { return true }
        return subplans.contains(where: \.hasScripts)
    }
}

extension AggregationResult {
    fileprivate func reducingScripts(_ plan: AggregationPlan) throws(ScriptError) -> AggregationResult {
        switch (self, plan.kind) {
        case (.scripted(let states), .scriptedMetric(let scripted)): return .scripted([try scripted.metric.reduce(states)])
        case (.buckets(var buckets), _):
            for index in buckets.buckets.indices {
                buckets.buckets[index].results = try buckets.buckets[index].results.reducingScripts(plan.subplans)
            }
            return .buckets(buckets)
        case (.slots(var slots), _):
            for index in slots.indices { slots[index].results = try slots[index].results.reducingScripts(plan.subplans) }
            return .slots(slots)
        default: return self
        }
    }
}
