import Foundation
import Synchronization
import Testing

@testable import Inference

@Suite struct BatchQueueTests {
    private func text(_ tokens: Int = 1) -> EncoderInput { .text([Int32](repeating: 0, count: tokens)) }
    private let image = EncoderInput.image([])

    private func sizes(_ batch: [BatchQueue.Entry]?) -> [Int]? { batch?.map(\.input.tokenCount) }

    @Test func takesEverythingThatWaitsInOrder() throws {
        let queue = BatchQueue(capacity: 10, limits: BatchLimits())
        try queue.append(PendingRequest([text(1), text(2)]))
        try queue.append(PendingRequest([text(3)]))
        #expect(queue.depth == 3)
        #expect(sizes(queue.takeBatch()) == [1, 2, 3])
        #expect(queue.depth == 0)
    }

    @Test func limitsCountItemsAndTokens() throws {
        let queue = BatchQueue(capacity: 100, limits: BatchLimits(images: 2, texts: 3, tokens: 10))
        try queue.append(PendingRequest([text(1), text(1), text(1), text(1)]))
        #expect(sizes(queue.takeBatch()) == [1, 1, 1])
        #expect(sizes(queue.takeBatch()) == [1])
        // The short text behind the long one does not overtake it; the longest goes alone.
        try queue.append(PendingRequest([text(6), text(5), text(1), text(40), text(1)]))
        #expect(sizes(queue.takeBatch()) == [6])
        #expect(sizes(queue.takeBatch()) == [5, 1])
        #expect(sizes(queue.takeBatch()) == [40])
        #expect(sizes(queue.takeBatch()) == [1])
        try queue.append(PendingRequest([image, image, image]))
        #expect(queue.takeBatch()?.count == 2)
        #expect(queue.takeBatch()?.count == 1)
    }

    @Test func aBatchIsOfOneKindAndTheOldestGoesFirst() throws {
        let queue = BatchQueue(capacity: 10, limits: BatchLimits())
        try queue.append(PendingRequest([text(1)]))
        try queue.append(PendingRequest([image]))
        try queue.append(PendingRequest([text(2)]))
        #expect(sizes(queue.takeBatch()) == [1, 2])
        #expect(queue.takeBatch()?.first?.input.isText == false)
    }

    @Test func aRequestFitsAsAWholeOrNotAtAll() throws {
        let queue = BatchQueue(capacity: 3, limits: BatchLimits())
        try queue.append(PendingRequest([text(), text()]))
        #expect(throws: BatchQueue.Refusal.full) { try queue.append(PendingRequest([text(), text()])) }
        #expect(queue.depth == 2)
        try queue.append(PendingRequest([text()]))
    }

    @Test func settledRequestsAreSkipped() throws {
        let queue = BatchQueue(capacity: 10, limits: BatchLimits())
        let cancelled = PendingRequest([text(1)])
        try queue.append(cancelled)
        try queue.append(PendingRequest([text(2)]))
        cancelled.fail(.cancelled)
        #expect(sizes(queue.takeBatch()) == [2])
    }

    @Test func removedRequestsMakeRoom() throws {
        let queue = BatchQueue(capacity: 1, limits: BatchLimits())
        let first = PendingRequest([text()])
        try queue.append(first)
        queue.remove(first)
        try queue.append(PendingRequest([text()]))
    }

    /// Consumers on threads of their own, all asleep, and what each takes.
    private func sleepers(
        _ count: Int, of queue: BatchQueue, while isWanted: @escaping @Sendable (Int) -> Bool = { _ in true }
    ) async -> AsyncStream<Int?> {
        let (stream, continuation) = AsyncStream.makeStream(of: Int?.self)
        for number in 0..<count {
            Thread.detachNewThread { continuation.yield(queue.next { isWanted(number) }?.count) }
        }
        while queue.sleepers < count { await Task.yield() }
        return stream
    }

    @Test func whatDoesNotFitWakesTheNextConsumer() async throws {
        let queue = BatchQueue(capacity: 10, limits: BatchLimits(texts: 1))
        var batches = await sleepers(2, of: queue).makeAsyncIterator()
        // One signal for both items: the second consumer would sleep for ever without another.
        try queue.append(PendingRequest([text(), text()]))
        #expect(await batches.next() == 1)
        #expect(await batches.next() == 1)
    }

    @Test func aConsumerThatIsNotWantedPassesItsSignalOn() async throws {
        let queue = BatchQueue(capacity: 10, limits: BatchLimits())
        let isOver = Mutex(false)
        // All but one turn away when the signal comes, whoever gets it.
        var batches = await sleepers(4, of: queue) { number in number == 3 || isOver.withLock { !$0 } }.makeAsyncIterator()
        isOver.withLock { $0 = true }
        try queue.append(PendingRequest([text()]))
        var taken: [Int] = []
        while taken.isEmpty { if let count = await batches.next() ?? nil { taken.append(count) } }
        #expect(taken == [1])
        _ = queue.close()
    }

    @Test func closingWakesAll() async throws {
        let queue = BatchQueue(capacity: 10, limits: BatchLimits())
        var batches = await sleepers(3, of: queue).makeAsyncIterator()
        _ = queue.close()
        for _ in 0..<3 { #expect(await batches.next() == .some(nil)) }
    }

    @Test func closingReturnsWhatWaitsAndEndsTheConsumer() throws {
        let queue = BatchQueue(capacity: 10, limits: BatchLimits())
        try queue.append(PendingRequest([text(), text()]))
        #expect(queue.close().count == 2)
        #expect(queue.takeBatch()?.count == nil)
        #expect(queue.next(while: { true })?.count == nil)
        #expect(throws: BatchQueue.Refusal.closed) { try queue.append(PendingRequest([text()])) }
    }
}
