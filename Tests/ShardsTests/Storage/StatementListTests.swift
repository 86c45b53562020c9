import Testing

@testable import Shards

@Suite struct StatementListTests {
    @Test(arguments: [(0, []), (1, [1]), (3, [4]), (256, [256]), (257, [256, 1]), (600, [256, 256, 128])])
    func partsAreFilledUpToPowersOfTwo(count: Int, lengths: [Int]) {
        let parts = StatementList.parts(of: Array(0..<count))
        #expect(parts.map(\.values.count) == lengths)
        #expect(parts.map { $0.marks.count { $0 == "?" } } == lengths)
        #expect(Set(parts.flatMap(\.values)) == Set(0..<count))
    }
}
