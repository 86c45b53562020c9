/// Documents by what their parents, or their children, match: of a `join` field.
public struct JoinQuery: Equatable, Sendable {
    /// Which end of the join is found.
    public enum Relation: Equatable, Sendable {
        /// `has_child`: parents, with as many matching children as said.
        case children(ofType: String, minimum: Int, maximum: Int)
        /// `has_parent`: children.
        case parent(ofType: String)
        /// `parent_id`: children of a type with this parent.
        case parentID(String, type: String)
    }

    public var relation: Relation
    /// What children, or the parent, match.
    public var query: Query
    /// What the scores of children become; of a parent, `none` or not.
    public var scoreMode: NestedQuery.ScoreMode
    public var ignoresUnmapped: Bool
    /// Which of a hit's children, or whether its parent, is shown with it; nil: none.
    public var innerHits: InnerHits?

    public init(
        _ relation: Relation, query: Query = .matchAll, scoreMode: NestedQuery.ScoreMode = .none, ignoresUnmapped: Bool = false,
        innerHits: InnerHits? = nil
    ) {
        self.relation = relation
        self.query = query
        self.scoreMode = scoreMode
        self.ignoresUnmapped = ignoresUnmapped
        self.innerHits = innerHits
    }

    /// Elasticsearch's name of the query.
    public var name: String {
        switch relation {
        case .children: "has_child"
        case .parent: "has_parent"
        case .parentID: "parent_id"
        }
    }
}
