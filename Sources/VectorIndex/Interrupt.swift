internal import Synchronization

/// Ends long work between two pieces of it, once and for all.
final class Interrupt: Sendable {
    private let flag = Atomic(false)

    func set() { flag.store(true, ordering: .releasing) }

    /// - Throws: `interrupted` once it is set.
    func check() throws(VectorIndexError) {
        if flag.load(ordering: .acquiring) { throw .interrupted }
    }
}
