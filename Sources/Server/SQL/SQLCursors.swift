internal import ElasticsearchAPI
internal import Foundation
internal import Synchronization

/// The cursors that statements leave behind for the requests for their next pages.
///
/// In memory: all are gone when the node ends. What has expired goes at the next request.
final class SQLCursors: Sendable {
    typealias Clock = @Sendable () -> ContinuousClock.Instant

    private struct Entry {
        /// Nil while a page is read: two requests at once would show the same rows.
        var cursor: SQLCursor?
        var values: Int
        var expiry: ContinuousClock.Instant
    }

    private struct State {
        var entries: [String: Entry] = [:]
        /// Of all entries.
        var values = 0

        /// - Returns: whether there was room for it.
        mutating func keep(_ cursor: SQLCursor, as id: String, until expiry: ContinuousClock.Instant) -> Bool {
            let values = cursor.heldValues
            _ = remove(id)
            guard entries.count < maximumEntries, self.values + values <= maximumValues else { return false }
            entries[id] = Entry(cursor: cursor, values: values, expiry: expiry)
            self.values += values
            return true
        }

        mutating func remove(_ id: String) -> Entry? {
            guard let entry = entries.removeValue(forKey: id) else { return nil }
            values -= entry.values
            return entry
        }

        mutating func expire(at moment: ContinuousClock.Instant) {
            for (id, entry) in entries where entry.cursor != nil && entry.expiry <= moment { _ = remove(id) }
        }
    }

    static let maximumEntries = 1000
    /// Values of rows that are kept, with all cursors.
    static let maximumValues = 4_000_000

    private let state = Mutex(State())
    private let now: Clock

    /// - Parameter now: tests turn the clock.
    init(now: @escaping Clock = { .now }) {
        self.now = now
    }

    /// - Returns: the id of a new cursor.
    /// - Throws: 429 where too much is kept already.
    func keep(_ cursor: SQLCursor) throws(ElasticsearchError) -> String {
        let moment = now(), id = Self.makeID()
        let isKept = state.withLock { state in
            state.expire(at: moment)
            return state.keep(cursor, as: id, until: moment + cursor.pageTimeout)
        }
        guard isKept else { throw Self.isFull }
        return id
    }

    /// Takes out a cursor so that its page can be read; who does has to give it back.
    ///
    /// - Returns: nil where there is none, or another request reads.
    func take(_ id: String) -> SQLCursor? {
        let moment = now()
        return state.withLock { state in
            state.expire(at: moment)
            defer { state.entries[id]?.cursor = nil }
            return state.entries[id]?.cursor
        }
    }

    /// Where the rows go on, for another time.
    ///
    /// - Parameter cursor: nil at the end.
    /// - Returns: false where the cursor was closed meanwhile: what it holds has to be let go.
    /// - Throws: 429 where too much is kept already; the cursor is no more.
    func giveBack(_ cursor: SQLCursor?, as id: String) throws(ElasticsearchError) -> Bool {
        let moment = now()
        enum Outcome { case kept, closed, full }
        let outcome: Outcome = state.withLock { state in
            state.expire(at: moment)
            guard state.entries[id] != nil else { return .closed }
            guard let cursor else {
                _ = state.remove(id)
                return .kept
            }
            return state.keep(cursor, as: id, until: moment + cursor.pageTimeout) ? .kept : .full
        }
        if outcome == .full { throw Self.isFull }
        return outcome == .kept
    }

    /// - Returns: whether there was one, and what it holds unless a page is read just now.
    func close(_ id: String) -> (isKnown: Bool, cursor: SQLCursor?) {
        let moment = now()
        return state.withLock { state in
            state.expire(at: moment)
            let entry = state.remove(id)
            return (entry != nil, entry?.cursor)
        }
    }

    private static let isFull = ElasticsearchError(
        status: 429, "es_rejected_execution_exception",
        "too much is kept for SQL: at most [\(maximumEntries)] cursors with [\(maximumValues)] values")

    private static func makeID() -> String {
        Data((UUID().uuidString + UUID().uuidString).utf8).base64EncodedString()
    }
}
