internal import Files
internal import Synchronization

/// The memory that sealed parts may hold together. What it has no room for is mapped: slower, and given back when the system
/// needs it.
final class ResidentBudget: Sendable {
    /// Of all indexes of this process.
    static let process = ResidentBudget(limit: SystemMemory.limit / 2)

    let limit: Int
    private let held = Atomic(0)

    init(limit: Int) { self.limit = limit }

    /// Holds bytes for as long as it lives.
    final class Share: Sendable {
        private let budget: ResidentBudget
        private let count: Int

        fileprivate init(_ count: Int, of budget: ResidentBudget) {
            self.budget = budget
            self.count = count
        }

        deinit { budget.held.subtract(count, ordering: .relaxed) }
    }

    /// Nil if so much is not left.
    func share(_ count: Int) -> Share? {
        let before = held.add(count, ordering: .relaxed).oldValue
        let share = Share(count, of: self)
        return before <= limit - count ? share : nil
    }
}
