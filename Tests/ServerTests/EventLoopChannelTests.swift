import HummingbirdCore
import Logging
import NIOCore
import NIOEmbedded
import Testing

@testable import Server

@Suite struct EventLoopChannelTests {
    /// NIO ends the process when an active connection's channel is dropped unhandled.
    @Test func aConnectionThatNobodyHandlesIsClosed() async throws {
        let channel = NIOAsyncTestingChannel()
        let server = EventLoopChannel(base: HTTP1Channel(responder: { _, _, _ in }))
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let setup = channel.eventLoop.flatSubmit { server.setup(channel: channel, logger: logger) }
        var connection: AcceptedConnection? = try await setup.get()
        try await channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 80)).get()
        #expect(connection?.channel.isActive == true)
        connection = nil
        try await channel.closeFuture.get()
    }
}
