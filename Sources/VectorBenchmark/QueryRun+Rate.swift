internal import Dispatch
internal import Synchronization
internal import VectorIndex

extension QueryRun {
    /// Queries a second that one more thread answers while `body` runs.
    func rate(
        _ search: @escaping Search, during body: () throws(VectorIndexError) -> Void
    ) throws(VectorIndexError) -> Double {
        let state = RateState()
        let group = DispatchGroup()
        DispatchQueue(label: "searches").async(group: group) {
            do throws(VectorIndexError) {
                var number = 0
                while !state.stopped.load(ordering: .relaxed), !queries.isEmpty {
                    _ = try search(number, queries[number])
                    number = (number + 1) % queries.count
                    state.answered.add(1, ordering: .relaxed)
                }
            } catch {
                state.failure.withLock { $0 = error }
            }
        }
        let start = ContinuousClock.now
        var failure: VectorIndexError?
        do throws(VectorIndexError) { try body() } catch { failure = error }
        let answered = state.answered.load(ordering: .relaxed)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        state.stopped.store(true, ordering: .relaxed)
        group.wait()
        if let failure = failure ?? state.failure.withLock({ $0 }) { throw failure }
        return Double(answered) / seconds
    }
}

private final class RateState: Sendable {
    let stopped = Atomic(false)
    let answered = Atomic(0)
    let failure = Mutex<VectorIndexError?>(nil)
}
