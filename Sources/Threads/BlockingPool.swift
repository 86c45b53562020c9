internal import Dispatch
internal import Foundation
internal import Synchronization

/// A few threads for work that would hold up Swift's cooperative pool, such as decoding pictures.
public final class BlockingPool: Sendable {
    private typealias Job = @Sendable () -> Void

    /// What the threads share; they do not keep the pool itself alive.
    private final class Shared: Sendable {
        let jobs = Mutex<[Job]>([])
        let arrivals = DispatchSemaphore(value: 0)

        func work() {
            while true {
                arrivals.wait()
                let job: Job? = jobs.withLock { $0.isEmpty ? nil : $0.removeFirst() }
                guard let job else { return }
                job()
            }
        }
    }

    public let threads: Int
    private let shared = Shared()

    /// - Parameter threads: nil takes one a processor, and two at least.
    public init(threads: Int?, name: String) {
        self.threads = max(1, threads ?? max(2, ProcessInfo.processInfo.activeProcessorCount))
        for number in 0..<self.threads {
            Thread.start(named: "\(name)-\(number)") { [shared] in shared.work() }
        }
    }

    deinit {
        // Each thread ends at the first signal that finds no job.
        for _ in 0..<threads { shared.arrivals.signal() }
    }

    /// Runs `body` on one of the threads.
    public func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            shared.jobs.withLock { $0.append { continuation.resume(returning: body()) } }
            shared.arrivals.signal()
        }
    }
}
