import Query
import Testing

struct SliceTests {
    @Test(arguments: [2, 3, 7])
    func placesArePartitioned(_ count: Int) {
        let sizes = (0..<count).map { number in
            let slice = Slice(number: number, count: count, by: .place)
            return (0..<UInt32(1000)).filter { slice.contains($0) }.count
        }
        #expect(sizes.reduce(0, +) == 1000)
        #expect(sizes.allSatisfy { $0 > 1000 / count / 2 })
        #expect(Slice(number: 0, count: 1, by: .place).contains(5))
    }

    @Test(arguments: [2, 3, 7])
    func idsArePartitioned(_ count: Int) {
        let sizes = (0..<count).map { number in
            let slice = Slice(number: number, count: count, by: .id)
            return (0..<1000).filter { slice.contains(hash: Slice.hash(of: "document-\($0)")) }.count
        }
        #expect(sizes.reduce(0, +) == 1000)
        #expect(sizes.allSatisfy { $0 > 1000 / count / 2 })
    }

    @Test func valuesArePartitioned() {
        for bits in [0, 1, 77, UInt64.max] {
            #expect((0..<5).filter { Slice(number: $0, count: 5, by: .number(of: "n")).contains(value: bits) }.count == 1)
        }
        // What has no value is of the first part.
        #expect((0..<5).filter { Slice(number: $0, count: 5, by: .number(of: "n")).contains(value: nil) } == [0])
    }

    /// Every document of every shard is of exactly one part, however many of both there are.
    @Test func shardsArePartitioned() {
        for shards in 1...9 {
            for count in 2...20 {
                for position in 0..<shards {
                    let parts = (0..<count).compactMap { Slice(number: $0, count: count, by: .place).part(ofShardAt: position, of: shards) }
                    for ordinal in 0..<UInt32(40) {
                        #expect(parts.filter { $0.contains(ordinal) }.count == 1, "\(shards) shards, \(count) parts")
                    }
                }
            }
        }
    }

    /// Five shards in two parts: the first has those of even numbers, whole.
    @Test func fewPartsTakeWholeShards() {
        let whole = Slice(number: 0, count: 1, by: .place)
        #expect((0..<5).map { Slice(number: 0, count: 2, by: .place).part(ofShardAt: $0, of: 5) } == [whole, nil, whole, nil, whole])
        #expect(Slice(number: 7, count: 8, by: .number(of: "f")).part(ofShardAt: 1, of: 3) == Slice(number: 2, count: 3, by: .number(of: "f")))
        #expect(Slice(number: 7, count: 8, by: .place).part(ofShardAt: 0, of: 3) == nil)
        #expect(Slice(number: 2, count: 3, by: .id).part(ofShardAt: 2, of: 3) == Slice(number: 0, count: 1, by: .id))
    }
}
