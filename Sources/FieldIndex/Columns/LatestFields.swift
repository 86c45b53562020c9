internal import Synchronization

/// What was made of the fields that were last asked for: of an object's keys, of which a document's author chooses how many there
/// are, so that it is not kept for all.
public final class LatestFields<Value: Sendable>: Sendable {
    private let limit: Int
    private let values = Mutex<[(field: String, value: Value)]>([])

    /// - Parameter limit: as many are kept.
    public init(limit: Int = 16) {
        self.limit = limit
    }

    public var count: Int { values.withLock(\.count) }

    /// - Returns: nil where `make` makes none.
    public func value(_ field: String, _ make: () -> Value?) -> Value? {
        if let known = known(field) { return known }
        guard let made = make() else { return nil }
        values.withLock { values in
            values.removeAll { $0.field == field }
            if values.count >= limit { values.removeFirst() }
            values.append((field, made))
        }
        return made
    }

    /// Moves it behind those that go first.
    private func known(_ field: String) -> Value? {
        values.withLock { values in
            guard let index = values.firstIndex(where: { $0.field == field }) else { return nil }
            let known = values.remove(at: index)
            values.append(known)
            return known.value
        }
    }
}
