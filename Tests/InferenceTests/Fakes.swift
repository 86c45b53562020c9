import Dispatch
import Encoders
import Foundation
import Logging
import Synchronization
import TestSupport
import Tokenizers

@testable import Inference

/// Holds every batch until the test lets it go, and tells the test what came in.
final class GatedEncoder: TextEncoder {
    let dimensions = 1
    /// A batch with this token is refused.
    static let poison: Int32 = 666

    private let gate = DispatchSemaphore(value: 0)
    private let arrivals: AsyncStream<[[Int32]]>.Continuation
    private let batches: Mutex<AsyncStream<[[Int32]]>.Iterator>

    init() {
        let (stream, continuation) = AsyncStream.makeStream(of: [[Int32]].self)
        arrivals = continuation
        batches = Mutex(stream.makeAsyncIterator())
    }

    /// The next batch that the encoder was given; it stays there until `open`.
    func nextBatch() async -> [[Int32]] {
        var iterator = batches.withLock { $0 }
        return await iterator.next() ?? []
    }

    func open(_ batches: Int = 1) {
        for _ in 0..<batches { gate.signal() }
    }

    func encode(_ batch: [[Int32]]) throws(EncoderError) -> [[Float]] {
        arrivals.yield(batch)
        gate.wait()
        if let index = batch.firstIndex(where: { $0.contains(Self.poison) }) {
            throw .unknownToken(index: index, token: Self.poison, vocabulary: 0)
        }
        return batch.map { [Float($0[0])] }
    }
}

/// One id for each number in the text.
struct NumberTokenizer: Tokenizer {
    func encode(_ text: String, maximumLength: Int?) -> TokenizedText {
        let ids = text.split(separator: " ").compactMap { Int32($0) }
        return TokenizedText(ids: Array(ids.prefix(maximumLength ?? ids.count)), fullLength: ids.count)
    }
}

/// Says on which thread it was last called.
final class ThreadRecordingTokenizer: Tokenizer {
    private let thread = Mutex<String?>(nil)

    var lastThread: String? { thread.withLock { $0 } }

    func encode(_ text: String, maximumLength: Int?) -> TokenizedText {
        thread.withLock { $0 = try? String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8) }
        return TokenizedText(ids: [1], fullLength: 1)
    }
}

struct ConstantEncoder: TextEncoder {
    let dimensions = 1

    func encode(_ batch: [[Int32]]) throws(EncoderError) -> [[Float]] { batch.map { _ in [1] } }
}

extension Repository {
    static let models = "\(root)/Models"
    static let small = "\(fixtures)/reference-small"
}

extension Logger {
    /// Says nothing.
    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}
