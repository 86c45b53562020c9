/// A query of parents or children, bound to a mapping.
public struct JoinPlan: Hashable, Sendable {
    /// Which end of the join is found.
    public enum Wanted: Hashable, Sendable {
        /// Parents of matching children.
        case parents(minimum: Int, maximum: Int)
        /// Children of matching parents.
        case children
    }

    public var wanted: Wanted
    /// The field that holds children's parents' ids.
    public var parentField: String
    /// What the others match, their being of the right type included.
    public var query: QueryPlan
    /// What those that are wanted match: their type.
    public var own: QueryPlan
    public var scoreMode: NestedQuery.ScoreMode
}
