import Synchronization
import Testing

@testable import Indices

@Suite struct AsyncSearchesTests {
    private func response(_ took: Int) -> SearchResponse {
        SearchResponse(took: took, shards: ShardCounts(total: 1), total: nil, maximumScore: nil, hits: [])
    }

    private enum Trouble: Error { case any }

    /// Lets a search go on when the test says so.
    private final class Gate: Sendable {
        private let state = Mutex<(isOpen: Bool, waiter: CheckedContinuation<Void, Never>?)>((false, nil))

        func pass() async {
            await withCheckedContinuation { continuation in
                let isOpen = state.withLock { state in
                    if !state.isOpen { state.waiter = continuation }
                    return state.isOpen
                }
                if isOpen { continuation.resume() }
            }
        }

        func open() {
            let waiter = state.withLock { state in
                state.isOpen = true
                defer { state.waiter = nil }
                return state.waiter
            }
            waiter?.resume()
        }
    }

    @Test func aSearchGoesOnAndIsFoundAgain() async throws {
        let searches = AsyncSearches<SearchResponse>()
        let gate = Gate()
        let search = try searches.start { [response = response(7)] in
            await gate.pass()
            return response
        }
        await search.wait(.zero)
        #expect(search.status.completion == nil && search.status.outcome == nil)
        gate.open()
        await search.wait(.seconds(600))
        #expect(try search.status.outcome?.get().took == 7 && search.status.completion ?? 0 >= search.start)
        #expect(try searches.find(search.id) === search)
        let before = search.status.expiry
        #expect(try searches.find(search.id, keepAlive: .seconds(60)).status.expiry < before)
        try searches.delete(search.id)
        for call in [{ _ = try searches.find(search.id) }, { try searches.delete(search.id) }] {
            #expect { try call() } throws: { if case IndicesError.asyncSearchMissing(search.id) = $0 { true } else { false } }
        }
    }

    @Test func anErrorIsAnOutcome() async throws {
        let search = try AsyncSearches<SearchResponse>().start { throw Trouble.any }
        await search.wait(.seconds(600))
        #expect(throws: Trouble.any) { try search.status.outcome?.get() }
    }

    @Test func whatHasExpiredIsGone() async throws {
        let searches = AsyncSearches<SearchResponse>()
        let search = try searches.start(keepAlive: .zero) { [response = response(1)] in response }
        await search.wait(.seconds(600))
        #expect { try searches.find(search.id) } throws: { if case IndicesError.asyncSearchMissing(search.id) = $0 { true } else { false } }
    }

    @Test func soManyAndNoMoreRunAtOnce() async throws {
        let searches = AsyncSearches<SearchResponse>()
        let gates = (0..<AsyncSearchLimits.maximumRunning).map { _ in Gate() }
        let running = try gates.map { gate in
            try searches.start { [response = response(1)] in
                await gate.pass()
                return response
            }
        }
        #expect { try searches.start { [response = response(1)] in response } } throws: {
            if case IndicesError.tooManyAsyncSearches = $0 { true } else { false }
        }
        for gate in gates { gate.open() }
        for search in running { await search.wait(.seconds(600)) }
        _ = try searches.start { [response = response(1)] in response }
    }

    @Test func theNewestAnswersAreKept() async throws {
        let searches = AsyncSearches<Int>(maximumWeight: 10) { $0 }
        let old = try searches.start { 4 }
        await old.wait(.seconds(600))
        let heavy = try searches.start { 11 }
        await heavy.wait(.seconds(600))
        // No answer alone may be heavier than all, and what is older goes first.
        #expect { try searches.find(heavy.id) } throws: { if case IndicesError.asyncSearchMissing = $0 { true } else { false } }
        let new = try searches.start { 6 }
        await new.wait(.seconds(600))
        #expect(try searches.find(new.id).status.outcome?.get() == 6)
    }
}
