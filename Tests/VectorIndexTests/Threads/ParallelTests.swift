import Synchronization
import Testing

@testable import VectorIndex

@Suite struct ParallelTests {
    @Test(arguments: [0, 1, 7, 100], [1, 3])
    func eachPieceIsDoneOnce(count: Int, threads: Int) throws {
        let done = Mutex([Int](repeating: 0, count: count))
        try Parallel.forEach(count, grain: 8, threads: threads, makeScratch: {}) { range, _ in
            done.withLock { done in for index in range { done[index] += 1 } }
        }
        #expect(done.withLock { $0 } == [Int](repeating: 1, count: count))
    }

    @Test func theFirstErrorIsThrown() {
        let done = Atomic(0)
        #expect(throws: VectorIndexError.outOfMemory) {
            try Parallel.forEach(1000, grain: 1, threads: 2, makeScratch: {}) { range, _ throws(VectorIndexError) in
                done.add(1, ordering: .relaxed)
                if range.lowerBound == 3 { throw .outOfMemory }
            }
        }
        #expect(done.load(ordering: .relaxed) < 1000)
        #expect(throws: VectorIndexError.outOfMemory) {
            try Parallel.forEach(
                1, grain: 1, threads: 1, makeScratch: { () throws(VectorIndexError) -> Int in throw .outOfMemory }
            ) { _, _ in }
        }
    }
}
