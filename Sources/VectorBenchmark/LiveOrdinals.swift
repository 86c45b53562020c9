internal import Ordinals
internal import Synchronization
internal import VectorIndex

/// Which ordinal each row of a table has now. One thread changes it; searches on any see the set.
final class LiveOrdinals: Sendable {
    private struct State {
        var ordinals: OrdinalSet
        var ofRow: [UInt32]
        var end: UInt32
    }

    private let state: Mutex<State>

    init(count: Int) {
        let end = UInt32(count)
        state = Mutex(State(ordinals: OrdinalSet(0..<end), ofRow: Array(0..<end), end: end))
    }

    var ordinals: OrdinalSet { state.withLock { $0.ordinals } }

    /// The next fresh ordinal.
    var end: UInt32 { state.withLock { $0.end } }

    /// So many rows, other ones for another seed.
    func choose(_ count: Int, seed: UInt64) -> [Int] {
        let rows = state.withLock { $0.ofRow.count }
        let keys = (0..<rows).map { scattered(UInt64($0) &+ seed &* 0x1_0000_0000) }
        return Array((0..<rows).sorted { keys[$0] < keys[$1] }.prefix(count))
    }

    /// The rows' ordinals live no longer.
    ///
    /// - Returns: those ordinals.
    func release(_ rows: some Sequence<Int>) -> OrdinalSet {
        state.withLock { state in
            let dead = OrdinalSet(rows.map { state.ofRow[$0] })
            state.ordinals.subtract(dead)
            return dead
        }
    }

    /// Gives each row, which was released, the next fresh ordinal.
    func renew(_ rows: some Sequence<Int>) {
        state.withLock { state in
            for row in rows {
                state.ofRow[row] = state.end
                state.ordinals.insert(state.end)
                state.end += 1
            }
        }
    }
}
