internal import Synchronization

/// The columns of an object's keys that were last asked for: a document's author chooses how many keys there are, so that they are
/// not kept for all.
final class KeyedColumns: Sendable {
    /// As many are kept.
    static let limit = 16

    private let columns = Mutex<[(field: String, column: KeywordColumn)]>([])

    var count: Int { columns.withLock(\.count) }

    func column(_ field: String, _ make: () -> KeywordColumn?) -> KeywordColumn? {
        if let known = columns.withLock({ $0.first { $0.field == field }?.column }) { return known }
        guard let made = make() else { return nil }
        columns.withLock { columns in
            columns.removeAll { $0.field == field }
            if columns.count == Self.limit { columns.removeFirst() }
            columns.append((field, made))
        }
        return made
    }
}
