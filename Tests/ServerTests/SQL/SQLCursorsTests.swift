import ElasticsearchAPI
import JSON
import Synchronization
import Testing

@testable import Server

@Suite struct SQLCursorsTests {
    /// A clock that tests turn.
    private final class Clock: Sendable {
        private let offset = Mutex(Duration.zero)
        private let start = ContinuousClock.now

        var now: ContinuousClock.Instant { start + offset.withLock { $0 } }
        func turn(_ duration: Duration) { offset.withLock { $0 += duration } }
    }

    /// - Parameter values: one a row, beside one for the cursor itself.
    private func cursor(values: Int = 1) throws -> SQLCursor {
        let request = try SQLRequest(Array(#"{"query":"SELECT 1","page_timeout":"10s"}"#.utf8))
        var cursor = SQLCursor(try request.plan(try request.statement(), [], catalog: "c"), request)
        cursor.held = [Array(repeating: .null, count: values - 1)]
        cursor.rest = .nothing
        return cursor
    }

    private func isFull(_ body: () throws -> Void) -> Bool {
        do {
            try body()
            return false
        } catch {
            return (error as? ElasticsearchError)?.status == 429
        }
    }

    @Test func keepsForATime() throws {
        let clock = Clock(), cursors = SQLCursors { clock.now }
        let first = try cursors.keep(try cursor()), second = try cursors.keep(try cursor())
        #expect(first != second && first.count > 60)
        clock.turn(.seconds(9))
        let taken = try #require(cursors.take(first))
        // It does not expire while it is read, and has another time then.
        clock.turn(.seconds(2))
        #expect(cursors.take(second) == nil)
        #expect(try cursors.giveBack(taken, as: first))
        clock.turn(.seconds(9))
        #expect(cursors.take(first) != nil)
        #expect(cursors.take("other") == nil && !cursors.close("other").isKnown)
    }

    @Test func onlyOneReads() throws {
        let cursors = SQLCursors(), id = try cursors.keep(try cursor())
        let taken = try #require(cursors.take(id))
        #expect(cursors.take(id) == nil)
        #expect(try cursors.giveBack(taken, as: id))
        #expect(cursors.take(id) != nil)
        #expect(try cursors.giveBack(nil, as: id))
        #expect(cursors.take(id) == nil && !cursors.close(id).isKnown)
    }

    @Test func whatIsClosedStaysClosed() throws {
        let cursors = SQLCursors(), id = try cursors.keep(try cursor())
        let taken = try #require(cursors.take(id))
        let closed = cursors.close(id)
        // Who reads has what it holds.
        #expect(closed.isKnown && closed.cursor == nil)
        #expect(try !cursors.giveBack(taken, as: id))
        #expect(cursors.take(id) == nil)
        let other = try cursors.keep(try cursor())
        #expect(cursors.close(other).cursor != nil && !cursors.close(other).isKnown)
    }

    @Test func isBounded() throws {
        let clock = Clock(), cursors = SQLCursors { clock.now }
        for _ in 0..<SQLCursors.maximumEntries { _ = try cursors.keep(try cursor()) }
        #expect(isFull { _ = try cursors.keep(try cursor()) })
        clock.turn(.seconds(11))
        let large = try cursors.keep(try cursor(values: SQLCursors.maximumValues))
        #expect(isFull { _ = try cursors.keep(try cursor()) })
        // Its own place is free for what it becomes.
        let taken = try #require(cursors.take(large))
        #expect(try cursors.giveBack(taken, as: large))
        _ = cursors.close(large)
        _ = try cursors.keep(try cursor())
    }
}
