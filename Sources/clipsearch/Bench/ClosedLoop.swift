internal import Dispatch
internal import Foundation
internal import Synchronization

/// Clients that each send a request, wait for the answer, and send the next.
struct ClosedLoop {
    let port: Int
    let connections: Int
    let duration: Duration

    /// Sends the requests in turn, each connection from a place of its own.
    ///
    /// - Throws: `LoadError` where a connection broke or an answer was no success.
    func run(_ requests: [[UInt8]]) throws -> LatencySummary {
        let all = Mutex<(latencies: [Duration], failure: (any Error)?)>(([], nil))
        let start = ContinuousClock.now
        let group = DispatchGroup()
        for number in 0..<connections {
            group.enter()
            // Threads of their own: the connections block.
            Thread.detachNewThread { [self] in
                var latencies: [Duration] = []
                do {
                    let connection = try LoadConnection(port: port)
                    while start.duration(to: .now) < duration {
                        let request = requests[(number * 31 + latencies.count) % requests.count]
                        let asked = ContinuousClock.now
                        _ = try connection.send(request)
                        latencies.append(asked.duration(to: .now))
                    }
                } catch {
                    all.withLock { $0.failure = error }
                }
                all.withLock { $0.latencies += latencies }
                group.leave()
            }
        }
        group.wait()
        let elapsed = start.duration(to: .now)
        let (latencies, failure) = all.withLock { $0 }
        if let failure { throw failure }
        return LatencySummary(latencies, elapsed: elapsed)
    }
}
