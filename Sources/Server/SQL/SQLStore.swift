internal import ElasticsearchAPI
internal import Foundation
internal import Synchronization

/// What requests for SQL leave behind for others: cursors, and answers that are kept.
///
/// In memory: all is gone when the node ends. What has expired goes at the next request.
final class SQLStore: Sendable {
    typealias Clock = @Sendable () -> ContinuousClock.Instant

    enum Content: Sendable {
        case cursor(SQLCursor)
        case answer(SQLAnswer, start: Date, expiry: Date)

        fileprivate var values: Int {
            switch self {
            case .cursor(let cursor): cursor.heldValues
            case .answer(let answer, _, _): answer.rows.reduce(1) { $0 + $1.count }
            }
        }
    }

    private struct Entry {
        var content: Content
        var values: Int
        var expiry: ContinuousClock.Instant
    }

    private struct State {
        var entries: [String: Entry] = [:]
        /// Of all entries.
        var values = 0

        mutating func remove(_ id: String) -> Content? {
            guard let entry = entries.removeValue(forKey: id) else { return nil }
            values -= entry.values
            return entry.content
        }
    }

    static let maximumEntries = 1000
    /// Values of rows that are kept, in all entries.
    static let maximumValues = 4_000_000

    private let state = Mutex(State())
    private let now: Clock

    /// - Parameter now: tests turn the clock.
    init(now: @escaping Clock = { .now }) {
        self.now = now
    }

    /// - Parameter id: of an entry that it takes the place of; nil: a new one's.
    /// - Returns: the id.
    /// - Throws: 429 where too much is kept already.
    func keep(_ content: Content, as id: String? = nil, for time: Duration) throws(ElasticsearchError) -> String {
        let moment = now(), id = id ?? Self.makeID(), values = content.values
        let isKept = state.withLock { state in
            Self.expire(&state, at: moment)
            _ = state.remove(id)
            guard state.entries.count < Self.maximumEntries, state.values + values <= Self.maximumValues else { return false }
            state.entries[id] = Entry(content: content, values: values, expiry: moment + time)
            state.values += values
            return true
        }
        guard isKept else {
            throw ElasticsearchError(
                status: 429, "es_rejected_execution_exception",
                "too much is kept for SQL: at most [\(Self.maximumEntries)] cursors and searches with [\(Self.maximumValues)] values")
        }
        return id
    }

    func find(_ id: String) -> Content? {
        let moment = now()
        return state.withLock { state in
            Self.expire(&state, at: moment)
            return state.entries[id]?.content
        }
    }

    func remove(_ id: String) -> Content? {
        let moment = now()
        return state.withLock { state in
            Self.expire(&state, at: moment)
            return state.remove(id)
        }
    }

    private static func expire(_ state: inout State, at moment: ContinuousClock.Instant) {
        for (id, entry) in state.entries where entry.expiry <= moment { _ = state.remove(id) }
    }

    private static func makeID() -> String {
        Data((UUID().uuidString + UUID().uuidString).utf8).base64EncodedString()
    }
}
