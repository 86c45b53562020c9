import Query
import Synchronization
import Testing
import TestSupport

@testable import Indices

@Suite struct SearchContextsTests {
    /// A clock that tests turn.
    private final class Clock: Sendable {
        private let moment = Mutex(ContinuousClock.now)

        var now: ContinuousClock.Instant { moment.withLock { $0 } }
        func turn(_ duration: Duration) { moment.withLock { $0 += duration } }
    }

    private let clock = Clock()

    private func contexts(limit: Int = 3) -> SearchContexts {
        SearchContexts(limit: limit, now: { [clock] in clock.now })
    }

    @Test func staysAsLongAsItIsUsed() throws {
        let contexts = contexts()
        let id = try contexts.open(.pointInTime([]), keepAlive: .seconds(60))
        clock.turn(.seconds(50))
        _ = try contexts.find(id, kind: .pointInTime, keepAlive: nil)
        clock.turn(.seconds(50))
        _ = try contexts.find(id, kind: .pointInTime, keepAlive: .seconds(5))
        clock.turn(.seconds(9))
        // A shorter time does not take away what was granted.
        _ = try contexts.find(id, kind: .pointInTime, keepAlive: nil)
        clock.turn(.seconds(6))
        #expect(thrownCase { try contexts.find(id, kind: .pointInTime, keepAlive: nil) } == "searchContextMissing")
        #expect(contexts.count == 0)
    }

    @Test func closing() throws {
        let contexts = contexts()
        let ids = try (0..<3).map { _ in try contexts.open(.pointInTime([]), keepAlive: .seconds(60)) }
        #expect(Set(ids).count == 3)
        #expect(try contexts.close([ids[0], ids[0]], kind: .pointInTime) == 1)
        #expect(thrownCase { try contexts.close(["nonsense"], kind: .pointInTime) } == "malformedContextID")
        #expect(thrownCase { try contexts.find(ids[1], kind: .scroll, keepAlive: nil) } == "malformedContextID")
        #expect(contexts.closeAll(.scroll) == 0)
        #expect(contexts.closeAll(.pointInTime) == 2)
    }

    @Test func limits() throws {
        let contexts = contexts(limit: 2)
        _ = try contexts.open(.pointInTime([]), keepAlive: .seconds(1))
        _ = try contexts.open(.pointInTime([]), keepAlive: .seconds(60))
        #expect(thrownCase { try contexts.open(.pointInTime([]), keepAlive: .seconds(1)) } == "tooManySearchContexts")
        clock.turn(.seconds(2))
        // What has expired makes room.
        _ = try contexts.open(.pointInTime([]), keepAlive: .seconds(24 * 3600))
        #expect(thrownCase {
            try contexts.open(.pointInTime([]), keepAlive: .seconds(24 * 3600 + 1))
        } == "keepAliveTooLong")
        contexts.expire()
        #expect(contexts.count == 2)
    }

    @Test(arguments: ["", "x", "46ToAwMDaWR5BXV1aWQy", "46ToAwMDaWR5BXV1aWQy-0-s", "46ToAwMDaWR5BXV1aWQy-1-", "46ToAwMDaWR5BXV1aWQy-!-s"])
    func malformedIDs(_ text: String) {
        #expect(SearchContextID(text, kind: .pointInTime) == nil)
        #expect(SearchContextID(text, kind: .scroll) == nil)
    }

    @Test func idsReadBack() {
        for kind in [SearchContextKind.scroll, .pointInTime] {
            let id = SearchContextID(kind: kind, number: 1234, secret: "a-b_c")
            #expect(SearchContextID(id.text, kind: kind) == id)
        }
    }
}
