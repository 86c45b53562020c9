internal import Synchronization

/// Ends long work between two pieces of it.
final class Interrupt: Sendable {
    private let reasons = Atomic(0)
    private let outer: Interrupt?

    /// - Parameter outer: ends what this one ends, too.
    init(within outer: Interrupt? = nil) { self.outer = outer }

    func set() { reasons.add(1, ordering: .acquiringAndReleasing) }

    /// Takes one `set` back.
    func lift() { reasons.subtract(1, ordering: .acquiringAndReleasing) }

    /// - Throws: `interrupted` while it is set.
    func check() throws(VectorIndexError) {
        if reasons.load(ordering: .acquiring) > 0 { throw .interrupted }
        try outer?.check()
    }
}
