internal import Mapping
internal import Ordinals
internal import Query
internal import Scripts

/// Finds the documents for which a script says yes.
struct ScriptFilter {
    let view: ShardView
    let plan: ScriptPlan

    /// - Throws: `ShardError.script`.
    /// - Complexity: O(documents).
    func documents(among accepted: OrdinalSet) throws(ShardError) -> OrdinalSet {
        let script = plan.script
        let gathering = ColumnGathering(accepted, view: view, mapping: plan.mapping)
        let ordinals = gathering.ordinals
        let runner = script.makeRunner()
        let loop = ScriptLoop(view, plan.mapping, script.script)
        if let inputs = script.columnInputs,
            let (flags, invalid) = script.matches(ColumnInputs(count: ordinals.count, fields: gathering.columns(inputs)))
        {
            var found: [UInt32] = []
            let places = Set(invalid)
            for (place, isFound) in flags.enumerated() where isFound && !places.contains(place) { found.append(ordinals[place]) }
            var others: [UInt32] = []
            try loop.forEach(invalid.map { ordinals[$0] }) { (document, _) throws(ShardError) in
                if try running({ () throws(ScriptError) in try runner.matches(document) }) { others.append(document.ordinal) }
            }
            return others.isEmpty ? OrdinalSet(found) : OrdinalSet((found + others).sorted())
        }
        var found: [UInt32] = []
        try loop.forEach(ordinals) { (document, _) throws(ShardError) in
            if try running({ () throws(ScriptError) in try runner.matches(document) }) { found.append(document.ordinal) }
        }
        return OrdinalSet(found)
    }

    /// A number for each of some documents, by their places.
    ///
    /// - Throws: `ShardError.script`.
    func numbers(of ordinals: [UInt32]) throws(ShardError) -> [Double] {
        let runner = plan.script.makeRunner()
        var numbers: [Double] = []
        numbers.reserveCapacity(ordinals.count)
        try ScriptLoop(view, plan.mapping, plan.script.script).forEach(ordinals) { (document, _) throws(ShardError) in
            numbers.append(try running { () throws(ScriptError) in try runner.number(document) })
        }
        return numbers
    }
}
