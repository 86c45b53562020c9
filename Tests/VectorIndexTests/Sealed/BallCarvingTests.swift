import Testing

@testable import VectorIndex

@Suite struct BallCarvingTests {
    @Test func smallGroupsAreJoined() {
        let first = Array(0..<50 as Range<UInt32>), second = Array(50..<100 as Range<UInt32>)
        let large = Array(100..<300 as Range<UInt32>)
        #expect(BallCarving.joined([first, [], large, second]) == [large, first + second])
        let many = (0..<20 as Range<UInt32>).map { Array($0 * 90..<$0 * 90 + 90) }
        let joined = BallCarving.joined(many)
        #expect(joined.flatMap { $0 } == Array(0..<1800) && joined.allSatisfy { $0.count <= BallCarving.leafTarget + 100 })
        #expect(BallCarving.joined([]).isEmpty)
    }

    @Test func choppedPiecesAreLeaves() {
        let points = Array(0..<3100 as Range<UInt32>)
        let pieces = BallCarving.chopped(points)
        #expect(pieces.map(\.count) == [1500, 1500, 100] && pieces.flatMap { $0 } == points)
    }

    @Test(arguments: [1501, 10_000, 1_000_000, 100_000_000])
    func leadersAreFewerThanPoints(count: Int) {
        for depth in 0...1 {
            let fanout = BallCarving.fanout(depth: depth, count: count)
            let leaders = BallCarving.leaderCount(count, fanout: fanout)
            #expect(leaders >= 2 && leaders <= BallCarving.mostLeaders && leaders < count / 10)
        }
    }
}
