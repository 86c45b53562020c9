public import Query

/// Which terms of a field are wanted: those that begin as a text does.
public struct TermsEnumeration: Sendable {
    public var field: String
    public var prefix: String
    public var size: Int
    public var isCaseInsensitive: Bool
    /// Only terms after it.
    public var after: String?
    /// Only indices in which this finds something are looked at.
    public var filter: Query?

    public init(
        field: String, prefix: String = "", size: Int = 10, isCaseInsensitive: Bool = false, after: String? = nil, filter: Query? = nil
    ) {
        self.field = field
        self.prefix = prefix
        self.size = size
        self.isCaseInsensitive = isCaseInsensitive
        self.after = after
        self.filter = filter
    }
}
