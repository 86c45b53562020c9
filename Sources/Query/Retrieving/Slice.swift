/// One of several parts of what a search finds, which together are all of it.
public struct Slice: Equatable, Hashable, Sendable {
    /// From 0 to below `count`.
    public var number: Int
    public var count: Int
    /// The numbers by which documents of one shard are told apart; nil: by their places, as `_id` does, too.
    public var field: String?

    public init(number: Int, count: Int, field: String? = nil) {
        self.number = number
        self.count = count
        self.field = field
    }

    /// Whether a document belongs to this part: the same for as long as the document is not written anew.
    public func contains(_ ordinal: UInt32) -> Bool { holds(UInt64(ordinal)) }

    /// Whether documents whose first value has these bits belong to this part. Those without a value are of the first part.
    public func contains(value bits: UInt64?) -> Bool { bits.map(holds) ?? (number == 0) }

    private func holds(_ bits: UInt64) -> Bool {
        guard count > 1 else { return true }
        return BitMixer.mixed(bits) % UInt64(count) == UInt64(number)
    }

    /// What of a shard is of this part; nil: nothing. A shard is shared only by parts that outnumber the shards, as Elasticsearch
    /// shares them (its `SliceBuilder`).
    ///
    /// - Parameters:
    ///   - position: the shard's place among all of the search, from 0.
    ///   - shards: how many they are.
    public func part(ofShardAt position: Int, of shards: Int) -> Slice? {
        guard shards > 1 else { return self }
        if count < shards { return position % count == number ? Slice(number: 0, count: 1) : nil }
        guard number % shards == position else { return nil }
        return Slice(number: number / shards, count: count / shards + (count % shards > position ? 1 : 0), field: field)
    }
}
