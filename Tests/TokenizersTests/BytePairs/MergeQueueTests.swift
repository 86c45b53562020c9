import TestSupport
import Testing

@testable import Tokenizers

@Suite struct MergeQueueTests {
    @Test func yieldsByRankThenPosition() {
        var random = SeededGenerator(seed: 5)
        var queue = MergeQueue()
        let candidates = (0..<500).map { (rank: Int32.random(in: 0..<20, using: &random), position: $0) }
        for candidate in candidates.shuffled(using: &random) {
            queue.insert(MergeQueue.Candidate(rank: candidate.rank, position: candidate.position))
        }
        var found: [(Int32, Int)] = []
        while let next = queue.popFirst() { found.append((next.rank, next.position)) }
        let expected = candidates.sorted { ($0.rank, $0.position) < ($1.rank, $1.position) }
        #expect(found.elementsEqual(expected) { $0.0 == $1.rank && $0.1 == $1.position })
        #expect(queue.popFirst()?.rank == nil)
    }
}
