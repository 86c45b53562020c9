internal import HummingbirdCore
internal import NIOCore
internal import Synchronization

/// A connection between being accepted and being handled.
///
/// A server that stops drops those it has not come to, and NIO traps on a channel that is dropped: they are closed here.
final class AcceptedConnection: ServerChildChannelValue {
    private let connection: HTTP1Channel.Value
    private let isTaken = Atomic(false)

    init(_ connection: HTTP1Channel.Value) {
        self.connection = connection
    }

    deinit {
        guard !isTaken.load(ordering: .acquiring) else { return }
        Task { [connection] in try await connection.executeThenClose { _, _ in } }
    }

    var channel: any Channel { connection.channel }

    /// Hands over the connection, and the duty to close it.
    func take() -> HTTP1Channel.Value {
        isTaken.store(true, ordering: .releasing)
        return connection
    }
}
