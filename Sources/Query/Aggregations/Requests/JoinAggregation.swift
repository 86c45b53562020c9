/// `children` and `parent`: from documents to those that a `join` field relates them to, whatever the query says of these.
public struct JoinAggregation: Equatable, Sendable {
    /// Which end of the relation the bucket has.
    public enum Wanted: String, Sendable {
        case children
        case parents = "parent"
    }

    public var wanted: Wanted
    /// The children's type.
    public var type: String

    public init(_ wanted: Wanted, type: String) {
        self.wanted = wanted
        self.type = type
    }
}
