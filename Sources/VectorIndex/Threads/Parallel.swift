internal import Dispatch
internal import Synchronization

/// Work on many things by several threads, each taking the next piece when it is done with one.
enum Parallel {
    /// Calls `body` with pieces of `0..<count`, each of `grain` at most, on `threads` threads.
    ///
    /// - Parameters:
    ///   - interrupt: is looked at before each piece.
    ///   - makeScratch: what a thread works with, once for each.
    /// - Throws: the first error of any; pieces that were not begun are left out.
    static func forEach<Scratch>(
        _ count: Int, grain: Int, threads: Int, until interrupt: Interrupt? = nil,
        makeScratch: @Sendable () throws(VectorIndexError) -> Scratch,
        _ body: @Sendable (Range<Int>, Scratch) throws(VectorIndexError) -> Void
    ) throws(VectorIndexError) {
        let pieces = (count + grain - 1) / grain
        let next = Atomic(0)
        let failure = Mutex<VectorIndexError?>(nil)
        DispatchQueue.concurrentPerform(iterations: max(1, min(threads, pieces))) { _ in
            do throws(VectorIndexError) {
                let scratch = try makeScratch()
                while failure.withLock({ $0 == nil }) {
                    let piece = next.add(1, ordering: .relaxed).oldValue
                    guard piece < pieces else { return }
                    try interrupt?.check()
                    try body(piece * grain..<min(count, (piece + 1) * grain), scratch)
                }
            } catch {
                failure.withLock { $0 = $0 ?? error }
            }
        }
        if let failure = failure.withLock({ $0 }) { throw failure }
    }
}
