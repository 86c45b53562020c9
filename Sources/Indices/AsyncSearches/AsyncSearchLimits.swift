internal import Files

/// How long searches that go on by themselves are kept, and how many of them.
public enum AsyncSearchLimits {
    /// How long a search may be asked for; from 1 minute.
    public static let defaultKeepAlive = Duration.seconds(5 * 24 * 60 * 60)
    public static let minimumKeepAlive = Duration.seconds(60)
    /// The oldest that have ended go first.
    static let maximumKept = 1000
    /// More at the same time only take the memory of each other's results.
    static let maximumRunning = 100
    /// Of all answers that are kept, about.
    static let maximumBytes = min(1 << 28, SystemMemory.limit / 8)
}
