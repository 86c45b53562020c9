/// One of several parts of what a search finds, which together are all of it.
public struct Slice: Equatable, Hashable, Sendable {
    /// By what documents are told apart.
    public enum Basis: Equatable, Hashable, Sendable {
        /// Their places, for searches of one point in time: a document that is written anew moves.
        case place
        /// Their ids, for searches that each see what is there when they begin.
        case id
    }

    /// From 0 to below `count`.
    public var number: Int
    public var count: Int
    public var basis: Basis

    public init(number: Int, count: Int, by basis: Basis) {
        self.number = number
        self.count = count
        self.basis = basis
    }

    /// Whether documents of a place belong to this part.
    public func contains(_ ordinal: UInt32) -> Bool { contains(hash: BitMixer.mixed(UInt64(ordinal))) }

    /// Whether documents whose ids have this hash belong to this part.
    public func contains(hash: UInt64) -> Bool { count <= 1 || hash % UInt64(count) == UInt64(number) }

    /// What tells an id from others: the 64-bit FNV-1a hash of its bytes, mixed.
    public static func hash(of id: String) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in id.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        return BitMixer.mixed(hash)
    }
}
