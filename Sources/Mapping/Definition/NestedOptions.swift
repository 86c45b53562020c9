/// Options of `nested`: whether what is indexed of an object is indexed of documents around it, too.
public struct NestedOptions: Equatable, Sendable {
    /// The next nested object around it, or the root.
    public var isIncludedInParent: Bool
    public var isIncludedInRoot: Bool

    public init(isIncludedInParent: Bool = false, isIncludedInRoot: Bool = false) {
        self.isIncludedInParent = isIncludedInParent
        self.isIncludedInRoot = isIncludedInRoot
    }
}
