internal import Foundation
internal import Synchronization

/// Clients that each send a request, wait for the answer, and send the next.
struct ClosedLoop: Sendable {
    private struct Tally {
        var latencies: [Duration] = []
        var failure: (any Error)?
        var running: Int
    }

    let port: Int
    let connections: Int
    let duration: Duration

    /// Sends the requests in turn, each connection from a place of its own.
    ///
    /// - Throws: `LoadError` where a connection broke or an answer was no success.
    func run(_ requests: [[UInt8]]) async throws -> LatencySummary {
        let start = ContinuousClock.now
        let tally = Mutex(Tally(running: connections))
        let latencies = try await withCheckedThrowingContinuation { continuation in
            for number in 0..<connections {
                // Threads of their own: the connections block.
                Thread.detachNewThread {
                    let outcome = Result { try drive(requests, from: number * 31, until: start + duration) }
                    let finished = tally.withLock { tally -> Tally? in
                        switch outcome {
                        case .success(let latencies): tally.latencies += latencies
                        case .failure(let error): tally.failure = error
                        }
                        tally.running -= 1
                        return tally.running == 0 ? tally : nil
                    }
                    guard let finished else { return }
                    continuation.resume(with: finished.failure.map { .failure($0) } ?? .success(finished.latencies))
                }
            }
        }
        return LatencySummary(latencies, elapsed: start.duration(to: .now))
    }

    private func drive(
        _ requests: [[UInt8]], from first: Int, until end: ContinuousClock.Instant
    ) throws -> [Duration] {
        let connection = try LoadConnection(port: port)
        var latencies: [Duration] = []
        while ContinuousClock.now < end {
            let request = requests[(first + latencies.count) % requests.count]
            let asked = ContinuousClock.now
            _ = try connection.send(request)
            latencies.append(asked.duration(to: .now))
        }
        return latencies
    }
}
