import JSON
import Query
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

    /// Nothing holds an answer until the longest time is over that somebody would have waited for it.
    @Test func whoWaitedNeedsNoTimerAnyMore() async throws {
        let gate = Gate(), sleeping = Gate(), begun = Gate()
        let isCancelled = Mutex(false)
        let search = try AsyncSearches<Int>().start {
            await gate.pass()
            return 1
        }
        let waiting = Task {
            await search.wait {
                await withTaskCancellationHandler {
                    begun.open()
                    await sleeping.pass()
                } onCancel: {
                    isCancelled.withLock { $0 = true }
                    sleeping.open()
                }
            }
        }
        await begun.pass()
        gate.open()
        await waiting.value
        #expect(isCancelled.withLock { $0 })
        sleeping.open()
    }

    @Test func answersAreWeighed() {
        var small = response(1), large = response(1)
        small.hits = [.init(index: "i", id: "1", score: 1, source: .raw([1, 2]))]
        large.hits = [.init(index: "i", id: "1", score: 1, source: .raw([UInt8](repeating: 1, count: 100_000)))]
        #expect(small.approximateBytes < 10_000 && large.approximateBytes - small.approximateBytes == 99_998)
        var counted = response(1)
        counted.aggregations = AggregationAnswer(
            plans: [], results: [.buckets(.init((0..<1000).map { .init(keys: [.long($0)], count: 1, results: [.metric(MetricSummary())]) }))],
            hits: [:])
        #expect(counted.approximateBytes > 1000 * 200)
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
