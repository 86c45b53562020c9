internal import FieldIndex
internal import Mapping
public import Query

extension ShardView {
    /// Whether a plan could match any document here, as far as the bounds of columns tell.
    ///
    /// - Complexity: O(clauses · segments).
    public func mayMatch(_ plan: QueryPlan) -> Bool {
        switch plan {
        case .matchNone: return false
        case .range(let field, .longs(let range)):
            return fields.numbers(field).contains { $0.isFloatingPoint || ($0.bounds.map { $0.overlaps(range) } ?? false) }
        case .bool(let bool):
            guard (bool.must + bool.filter).allSatisfy(mayMatch) else { return false }
            return bool.minimumShouldMatch == 0 || bool.should.contains(where: mayMatch)
        case .disMax(let plans, _): return plans.contains(where: mayMatch)
        case .constantScore(let plan), .boosted(let plan, _), .named(let plan, _): return mayMatch(plan)
        default: return true
        }
    }
}
