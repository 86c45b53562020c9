import ElasticsearchAPI
import Foundation
import JSON
import Synchronization
import Testing

@testable import Server

@Suite struct SQLStoreTests {
    /// A clock that tests turn.
    private final class Clock: Sendable {
        private let offset = Mutex(Duration.zero)
        private let start = ContinuousClock.now

        var now: ContinuousClock.Instant { start + offset.withLock { $0 } }
        func turn(_ duration: Duration) { offset.withLock { $0 += duration } }
    }

    private func answer(values: Int) -> SQLStore.Content {
        .answer(SQLAnswer(nil, [Array(repeating: .null, count: values)], cursor: nil), start: Date(), expiry: Date())
    }

    private func isThere(_ content: SQLStore.Content?) -> Bool { content != nil }

    @Test func keepsForATime() throws {
        let clock = Clock(), store = SQLStore { clock.now }
        let first = try store.keep(answer(values: 1), for: .seconds(10)), second = try store.keep(answer(values: 1), for: .seconds(30))
        #expect(first != second && first.count > 60)
        clock.turn(.seconds(9))
        #expect(isThere(store.find(first)))
        #expect(try store.keep(answer(values: 1), as: first, for: .seconds(10)) == first)
        clock.turn(.seconds(9))
        #expect(isThere(store.find(first)))
        clock.turn(.seconds(2))
        #expect(!isThere(store.find(first)) && isThere(store.find(second)))
        #expect(isThere(store.remove(second)) && !isThere(store.remove(second)) && !isThere(store.find("other")))
    }

    @Test func isBounded() throws {
        let clock = Clock(), store = SQLStore { clock.now }
        for _ in 0..<SQLStore.maximumEntries { _ = try store.keep(answer(values: 1), for: .seconds(10)) }
        #expect(throws: ElasticsearchError.self) { try store.keep(self.answer(values: 1), for: .seconds(10)) }
        clock.turn(.seconds(11))
        let large = try store.keep(answer(values: SQLStore.maximumValues - 1), for: .seconds(10))
        #expect(throws: ElasticsearchError.self) { try store.keep(self.answer(values: 1), for: .seconds(10)) }
        // Its own place is free for what it becomes.
        #expect(try store.keep(answer(values: SQLStore.maximumValues - 1), as: large, for: .seconds(10)) == large)
        _ = store.remove(large)
        _ = try store.keep(answer(values: 1), for: .seconds(10))
    }
}
