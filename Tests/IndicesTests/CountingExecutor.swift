import Dispatch
import Synchronization

/// Counts how often a task comes to it: once to begin, and once more for every time it was away.
final class CountingExecutor: TaskExecutor {
    private let queue = DispatchQueue(label: "counting")
    private let jobs = Atomic(0)

    var count: Int { jobs.load(ordering: .acquiring) }

    func enqueue(_ job: consuming ExecutorJob) {
        jobs.add(1, ordering: .acquiringAndReleasing)
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
