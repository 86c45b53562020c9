internal import FieldIndex
internal import Ordinals
internal import Query

/// Finds the documents that have as many of some terms as they must.
struct TermsSetMatcher {
    let view: ShardView
    let plan: TermsSetPlan

    /// - Parameter matches: what each term matches.
    /// - Throws: `ShardError.script`.
    func matches(_ clauses: [Matches]) throws(ShardError) -> Matches {
        let candidates = Matches.union(clauses)
        if candidates.isEmpty { return .none }
        var counts = [Int](repeating: 0, count: candidates.last.map { Int($0) + 1 } ?? 0)
        for clause in clauses { clause.ordinals.forEach { counts[Int($0)] += 1 } }
        var found: [UInt32] = []
        func take(_ ordinal: UInt32, _ minimum: Int) {
            // One must be there whatever is asked for.
            if counts[Int(ordinal)] >= max(1, minimum) { found.append(ordinal) }
        }
        switch plan.minimum {
        case .given(let minimum): candidates.forEach { take($0, minimum) }
        case .field(let field):
            for column in view.fields.numbers(field) where !column.isFloatingPoint {
                var last: UInt32?
                column.forEachBlock(of: candidates) { ordinals, values in
                    for (ordinal, value) in zip(ordinals, values) where last != ordinal {
                        last = ordinal
                        take(ordinal, Int(clamping: value))
                    }
                }
            }
            found.sort()
        case .script(let script):
            let ordinals = Array(candidates)
            for (ordinal, number) in zip(ordinals, try ScriptFilter(view: view, plan: script).numbers(of: ordinals)) {
                take(ordinal, Int(exactly: number.rounded(.towardZero)) ?? (number < 0 ? 0 : .max))
            }
        }
        return Matches.sum(clauses, over: OrdinalSet(found))
    }
}
