/// Only the first document of each value of a field is a hit.
///
/// Source: https://www.elastic.co/docs/reference/elasticsearch/rest-apis/collapse-search-results
public struct Collapse: Equatable, Sendable {
    /// More documents of a hit's group, in an order of their own.
    public struct InnerHits: Equatable, Sendable {
        public var name: String?
        public var from = 0
        public var size = 3
        public var sort: Sort?
        public var fetch = Fetch()
        public var tracksScores = false
        /// Collapses the group's documents once more.
        public var collapseField: String?

        public init() {}
    }

    public var field: String
    public var innerHits: [InnerHits]

    public init(field: String, innerHits: [InnerHits] = []) {
        self.field = field
        self.innerHits = innerHits
    }
}
