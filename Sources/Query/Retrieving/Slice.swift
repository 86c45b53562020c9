/// One of several parts of what a search finds, which together are all of it.
public struct Slice: Equatable, Hashable, Sendable {
    /// From 0 to below `count`.
    public var number: Int
    public var count: Int

    public init(number: Int, count: Int) {
        self.number = number
        self.count = count
    }

    /// Whether a document belongs to this part: the same for as long as the document is not written anew.
    public func contains(_ ordinal: UInt32) -> Bool {
        guard count > 1 else { return true }
        return BitMixer.mixed(UInt64(ordinal)) % UInt64(count) == UInt64(number)
    }
}
