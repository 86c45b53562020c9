internal import JSON
internal import Ordinals
internal import Query
internal import Scripts

extension AggregationExecutor {
    /// What the scripts gather of some documents.
    ///
    /// - Throws: `ShardError.script`.
    func scripted(_ plan: ScriptedMetricPlan, _ documents: OrdinalSet) throws(ShardError) -> JSONValue {
        let run = try running { () throws(ScriptError) in try plan.metric.begin() }
        let scored = self.scored(documents).eachScore
        try ScriptLoop(view, plan.mapping, readsSource: plan.metric.readsSource).forEach(Array(documents)) {
            (document, place) throws(ShardError) in
            try running { () throws(ScriptError) in
                try run.add(document, score: scored.indices.contains(place) ? scored[place] : 0)
            }
        }
        return try running { () throws(ScriptError) in try run.finish() }
    }
}
