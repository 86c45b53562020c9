internal import Foundation

/// Processor time, which other processes' load on a shared machine does not lengthen.
enum ProcessorTime {
    /// Of all threads of this process.
    static var ofProcess: Duration { read(CLOCK_PROCESS_CPUTIME_ID) }
    /// Of the calling thread.
    static var ofThread: Duration { read(CLOCK_THREAD_CPUTIME_ID) }

    private static func read(_ clock: clockid_t) -> Duration {
        var time = timespec()
        clock_gettime(clock, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
