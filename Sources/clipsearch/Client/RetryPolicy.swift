/// How often, and after which pauses, a request is sent again that a busy node refused or did not answer.
struct RetryPolicy: Sendable {
    /// Statuses that pass: too many requests, and what stands before a node that is away for a moment.
    static let passing: Set<Int> = [429, 502, 503, 504]

    static let none = RetryPolicy(attempts: 1)
    /// About two minutes in all.
    static let patient = RetryPolicy(attempts: 14)

    /// All of them, the first included.
    var attempts: Int
    var firstPause = Duration.milliseconds(250)
    var longestPause = Duration.seconds(15)
    var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

    /// - Parameters:
    ///   - attempt: how many there were.
    ///   - asked: what the node asked for.
    /// - Returns: nil if there is to be no other attempt.
    func pause(after attempt: Int, asked: Duration?) -> Duration? {
        guard attempt < attempts else { return nil }
        let doubled = firstPause * (1 << min(attempt - 1, 16))
        return min(max(asked ?? .zero, doubled), max(longestPause, min(asked ?? .zero, .seconds(60))))
    }
}
