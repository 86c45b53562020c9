internal import Synchronization

/// Counts the views that are still held, by generation: rows that one of them needs are not purged.
final class ViewLeases: Sendable {
    private let counts = Mutex<[Int: Int]>([:])

    func take(_ generation: Int) -> ViewLease {
        counts.withLock { $0[generation, default: 0] += 1 }
        return ViewLease(generation: generation, leases: self)
    }

    fileprivate func release(_ generation: Int) {
        counts.withLock { counts in
            guard let count = counts[generation] else { return }
            counts[generation] = count > 1 ? count - 1 : nil
        }
    }

    /// The oldest generation that a view shows.
    var oldest: Int? { counts.withLock { $0.keys.min() } }
}

/// Held by a view as long as it lives.
final class ViewLease: Sendable {
    private let generation: Int
    private let leases: ViewLeases

    fileprivate init(generation: Int, leases: ViewLeases) {
        self.generation = generation
        self.leases = leases
    }

    deinit { leases.release(generation) }
}
