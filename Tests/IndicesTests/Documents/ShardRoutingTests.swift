import Testing

@testable import Indices

@Suite struct ShardRoutingTests {
    /// Values that Elasticsearch computes.
    @Test(arguments: [
        ("hell", 0x5a0c_b7c3), ("hello", 0xd7c3_1989), ("hello w", 0x22ab_2984), ("hello wo", 0xdf0c_a123),
        ("hello wor", 0xe774_4d61), ("The quick brown fox jumps over the lazy dog", 0xe07d_b09c),
    ] as [(String, UInt32)])
    func hashesAsElasticsearch(_ key: String, _ hash: UInt32) {
        #expect(ShardRouting.hash(key) == Int32(bitPattern: hash))
    }

    @Test func spreadsOverAllShards() {
        let shards = (0..<1000).map { ShardRouting.shard(for: "document-\($0)", of: 4) }
        #expect(Set(shards) == [0, 1, 2, 3])
        #expect(shards.allSatisfy { shard in shards.count { $0 == shard } > 200 })
    }
}
