extension Planner {
    func plan(_ test: TTestAggregation) throws(PlanningError) -> TTestPlan {
        TTestPlan(
            first: try plan(test.first), second: try plan(test.second), kind: test.kind, tails: test.tails,
            format: try decimals(test.format))
    }

    private func plan(_ population: TTestAggregation.Population) throws(PlanningError) -> TTestPlan.Population {
        let source = try source(population.field, "t_test", isNumeric: true)
        return TTestPlan.Population(
            source: source, missing: try number(population.missing, source),
            filter: try population.filter.map { query throws(PlanningError) in try plan(query) })
    }
}
