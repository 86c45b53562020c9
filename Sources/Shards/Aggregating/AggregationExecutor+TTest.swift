internal import Ordinals
internal import Query

extension AggregationExecutor {
    /// - Throws: `ShardError.severalPairedValues`.
    func tTest(_ test: TTestPlan, _ documents: OrdinalSet) throws(ShardError) -> TTestSummary {
        var summary = TTestSummary()
        guard test.kind == .paired else {
            eachNumber(of: test.first, try accepted(test.first, documents)) { summary.first.add($1) }
            eachNumber(of: test.second, try accepted(test.second, documents)) { summary.second.add($1) }
            return summary
        }
        var first: [UInt32: Double] = [:], second: [UInt32: Double] = [:], hasSeveral = false
        eachNumber(of: test.first, documents) { if first.updateValue($1, forKey: $0) != nil { hasSeveral = true } }
        eachNumber(of: test.second, documents) { if second.updateValue($1, forKey: $0) != nil { hasSeveral = true } }
        if hasSeveral { throw .severalPairedValues }
        // In order, so that sums are the same whenever they are made.
        for ordinal in documents {
            if let a = first[ordinal], let b = second[ordinal] { summary.first.add(a - b) }
        }
        return summary
    }

    private func accepted(_ population: TTestPlan.Population, _ documents: OrdinalSet) throws(ShardError) -> OrdinalSet {
        guard let filter = population.filter else { return documents }
        return try view.documents(matching: filter, among: documents)
    }

    private func eachNumber(of population: TTestPlan.Population, _ documents: OrdinalSet, _ body: (UInt32, Double) -> Void) {
        values.eachNumber(of: population.source, in: documents, missing: population.missing, body)
    }
}
