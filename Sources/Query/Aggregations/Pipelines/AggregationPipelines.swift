/// Runs the pipelines among aggregations over what the others found: first those in buckets, then those over buckets.
struct AggregationPipelines {
    let values = AggregationValues()

    func run(_ plans: [AggregationPlan], _ results: [AggregationResult]) throws(AggregationFault) -> [AggregationResult] {
        guard plans.contains(where: \.hasPipelines) else { return results }
        var finished: [AggregationResult] = []
        for (plan, result) in zip(plans, results) { finished.append(try run(plan, result)) }
        for index in plans.inDependencyOrder() {
            guard case .pipeline(let pipeline) = plans[index].kind, case .buckets(let metric) = pipeline.pipeline.kind else { continue }
            finished[index] = .value(try SiblingPipeline(values: values, plan: pipeline, metric: metric).run(plans, finished))
        }
        return finished
    }

    /// The pipelines below one aggregation.
    private func run(_ plan: AggregationPlan, _ result: AggregationResult) throws(AggregationFault) -> AggregationResult {
        guard plan.subplans.contains(where: \.hasPipelines) else { return result }
        var rows = result.rows(plan)
        for index in rows.indices { rows[index].results = try run(plan.subplans, rows[index].results) }
        for (index, subplan) in plan.subplans.enumerated() {
            guard case .rate(let rate) = subplan.kind else { continue }
            RateReading(rate: rate, parent: plan).run(&rows, result, at: index)
        }
        for index in plan.subplans.inDependencyOrder() {
            guard case .pipeline(let pipeline) = plan.subplans[index].kind, !pipeline.pipeline.isSibling else { continue }
            try ParentPipeline(values: values, parent: plan, index: index, plan: pipeline).run(&rows)
        }
        return result.with(rows)
    }
}

extension AggregationPlan {
    /// Whether there is something that waits for the others.
    var hasPipelines: Bool {
        switch kind {
        case .pipeline, .rate: true
        default: subplans.contains(where: \.hasPipelines)
        }
    }
}

extension [AggregationPlan] {
    /// The places of all, each after those that its paths begin with.
    func inDependencyOrder() -> [Int] {
        var order: [Int] = [], seen = Set<Int>()
        func visit(_ index: Int) {
            guard seen.insert(index).inserted else { return }
            if case .pipeline(let plan) = self[index].kind {
                let names = plan.pipeline.paths.compactMap(\.path.parts.first) + plan.pipeline.sortNames
                for name in names { firstIndex { $0.name == name }.map(visit) }
            }
            order.append(index)
        }
        indices.forEach(visit)
        return order
    }
}

extension PipelineAggregation {
    /// What a `bucket_sort` sorts by.
    fileprivate var sortNames: [String] {
        guard case .bucketSort(let orders, _, _) = kind else { return [] }
        return orders.compactMap { if case .metric(let name, _) = $0.key { AggregationPath(name)?.parts.first } else { nil } }
    }
}
