internal import Dispatch
internal import Synchronization

/// Counts how often a task comes to it: once to begin, and once more for every time it was away.
public final class CountingExecutor: TaskExecutor {
    private let queue = DispatchQueue(label: "counting")
    private let jobs = Atomic(0)

    public init() {}

    public var count: Int { jobs.load(ordering: .acquiring) }

    public func enqueue(_ job: consuming ExecutorJob) {
        jobs.add(1, ordering: .acquiringAndReleasing)
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
