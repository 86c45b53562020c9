import HummingbirdCore
import Logging
import NIOCore
import NIOEmbedded
import Testing

@testable import Server

@Suite struct EventLoopChannelTests {
    /// NIO ends the process when an active connection's channel is dropped unhandled.
    @Test(.timeLimit(.minutes(10))) func aConnectionThatNobodyHandlesIsClosed() async throws {
        let channel = NIOAsyncTestingChannel()
        try await accept(channel)
        try await channel.closeFuture.get()
    }

    /// Opens a connection and lets go of it: the future that hands it over holds it too, and ends here.
    private func accept(_ channel: NIOAsyncTestingChannel) async throws {
        let server = EventLoopChannel(base: HTTP1Channel(responder: { _, _, _ in }))
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let connection = try await channel.eventLoop.flatSubmit { server.setup(channel: channel, logger: logger) }.get()
        try await channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 80)).get()
        #expect(connection.channel.isActive)
    }
}
