/// One of several parts of what a search finds, which together are all of it.
public struct Slice: Equatable, Hashable, Sendable {
    /// By what documents are told apart.
    public enum Basis: Equatable, Hashable, Sendable {
        /// Their places, for searches of one point in time: a document that is written anew moves.
        case place
        /// Their ids, for searches that each see what is there when they begin.
        case id
        /// Their first number in a field.
        case number(of: String)
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

    /// Whether documents whose first number has these bits belong to this part. Those without one are of the first part.
    public func contains(value bits: UInt64?) -> Bool { bits.map { contains(hash: BitMixer.mixed($0)) } ?? (number == 0) }

    /// What tells an id from others: the 64-bit FNV-1a hash of its bytes, mixed.
    public static func hash(of id: String) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in id.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        return BitMixer.mixed(hash)
    }

    /// What of a shard is of this part; nil: nothing. A shard is shared only by parts that outnumber the shards, as Elasticsearch
    /// shares them (its `SliceBuilder`).
    ///
    /// - Parameters:
    ///   - position: the shard's place among all of the search, from 0.
    ///   - shards: how many they are.
    public func part(ofShardAt position: Int, of shards: Int) -> Slice? {
        guard shards > 1 else { return self }
        if count < shards { return position % count == number ? Slice(number: 0, count: 1, by: basis) : nil }
        guard number % shards == position else { return nil }
        return Slice(number: number / shards, count: count / shards + (count % shards > position ? 1 : 0), by: basis)
    }
}
