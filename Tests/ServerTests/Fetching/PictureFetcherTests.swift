import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import Server

/// Fetches from a server on this machine, whose address a resolver of the tests gives to other names.
@Suite struct PictureFetcherTests {
    private static let picture: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3]

    /// Answers each request with what a path stands for, and counts them.
    private final class Host: Sendable {
        /// What was asked for: hosts and paths.
        final class Log: Sendable {
            let paths = Mutex<[String]>([])
        }

        private let log = Log()
        private let channel: any Channel

        var port: Int { channel.localAddress?.port ?? 0 }
        var paths: [String] { log.paths.withLock { $0 } }

        init(_ answers: [String: String]) async throws {
            channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .childChannelInitializer { [log] channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(Answering(answers: answers, log: log))
                    }
                }
                .bind(host: "127.0.0.1", port: 0).get()
        }

        func close() async { try? await channel.close() }
    }

    private final class Answering: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        let answers: [String: String]
        let log: Host.Log
        private var text = ""

        init(answers: [String: String], log: Host.Log) {
            self.answers = answers
            self.log = log
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            text += String(buffer: unwrapInboundIn(data))
            guard text.contains("\r\n\r\n") else { return }
            let lines = text.split(separator: "\r\n")
            let path = lines[0].split(separator: " ")[1]
            let host = lines.first { $0.lowercased().hasPrefix("host:") }?.dropFirst(5).trimmingPrefix(" ") ?? ""
            log.paths.withLock { $0.append("\(host)\(path)") }
            if path == "/drip" { drip(context) }
            guard let answer = answers[String(path)] else { return }
            var bytes = ByteBuffer(string: answer)
            if answer.hasSuffix("\r\n\r\n"), answer.hasPrefix("HTTP/1.1 200"), !answer.contains("chunked") { bytes.writeBytes(PictureFetcherTests.picture) }
            context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
        }

        /// A byte now and then, of a body that is never over.
        private func drip(_ context: ChannelHandlerContext) {
            let channel = context.channel
            channel.writeAndFlush(ByteBuffer(string: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"), promise: nil)
            let task = channel.eventLoop.scheduleRepeatedTask(initialDelay: .zero, delay: .milliseconds(20)) { _ in
                channel.writeAndFlush(ByteBuffer(string: "1\r\nx\r\n"), promise: nil)
            }
            channel.closeFuture.whenComplete { _ in task.cancel() }
        }
    }

    private static let found = "HTTP/1.1 200 OK\r\nContent-Length: 7\r\nContent-Type: image/jpeg\r\n\r\n"

    private static func redirection(_ location: String) -> String {
        "HTTP/1.1 302 Found\r\nLocation: \(location)\r\nContent-Length: 0\r\n\r\n"
    }

    /// However busy the machine is, what answers is waited for.
    private static let unhurried: PictureFetcher.Limits = {
        var limits = PictureFetcher.Limits()
        limits.time = .seconds(600)
        return limits
    }()

    private func fetcher(
        _ hosts: [String], limits: PictureFetcher.Limits = unhurried, resolve: @escaping HostResolver = { host, port in
            try? SocketAddress(ipAddress: host == "inside.test" ? "127.0.0.2" : "127.0.0.1", port: port)
        }
    ) -> PictureFetcher {
        // Of this machine, one address plays the internet, the others what is inside.
        PictureFetcher(hosts: hosts, limits: limits, resolve: resolve) { $0.ipAddress == "127.0.0.1" }
    }

    private func withHost(_ answers: [String: String], _ body: (Host) async throws -> Void) async throws {
        let host = try await Host(answers)
        do {
            try await body(host)
        } catch {
            await host.close()
            throw error
        }
        await host.close()
    }

    @Test func fetchesFromListedHosts() async throws {
        try await withHost(["/a.jpg": Self.found]) { host in
            let fetcher = fetcher(["*.pictures.test:*"])
            let fetched = try await fetcher.fetch("http://my.pictures.test:\(host.port)/a.jpg")
            #expect(fetched == Self.picture)
            // The very name goes to the host, though the address was connected to.
            #expect(host.paths == ["my.pictures.test:\(host.port)/a.jpg"])
        }
    }

    @Test func nothingIsFetchedUnlessListed() async throws {
        try await withHost(["/a.jpg": Self.found]) { host in
            await #expect(throws: PictureFetchError.off) { try await fetcher([]).fetch("http://a.test:\(host.port)/a.jpg") }
            await #expect(throws: PictureFetchError.hostNotAllowed("b.test")) {
                try await fetcher(["a.test:*"]).fetch("http://b.test:\(host.port)/a.jpg")
            }
            // A host without a port is listed for the standard ports only.
            await #expect(throws: PictureFetchError.hostNotAllowed("a.test")) {
                try await fetcher(["a.test"]).fetch("http://a.test:\(host.port)/a.jpg")
            }
            #expect(host.paths.isEmpty)
        }
    }

    @Test func addressesInsideAreNotConnectedTo() async throws {
        try await withHost(["/a.jpg": Self.found]) { host in
            await #expect(throws: PictureFetchError.addressNotPublic(host: "inside.test")) {
                try await fetcher(["*:*"]).fetch("http://inside.test:\(host.port)/a.jpg")
            }
            // The rule that holds outside of tests.
            let real = PictureFetcher(hosts: ["*:*"])
            for name in ["127.0.0.1", "[::1]", "localhost", "2130706433", "0x7f.1", "0177.0.0.1", "[::ffff:127.0.0.1]"] {
                await #expect(throws: PictureFetchError.addressNotPublic(host: name.filter { $0 != "[" && $0 != "]" })) {
                    try await real.fetch("http://\(name):\(host.port)/a.jpg")
                }
            }
            #expect(host.paths.isEmpty)
        }
    }

    /// A name server that answers differently the second time is not asked a second time.
    @Test func namesAreResolvedOnce() async throws {
        try await withHost(["/a.jpg": Self.found]) { host in
            let asked = Mutex(0)
            let fetcher = fetcher(["*:*"]) { _, port in
                let count = asked.withLock { count in
                    count += 1
                    return count
                }
                return try? SocketAddress(ipAddress: count == 1 ? "127.0.0.1" : "127.0.0.2", port: port)
            }
            let fetched = try await fetcher.fetch("http://rebinding.test:\(host.port)/a.jpg")
            #expect(fetched == Self.picture)
            #expect(asked.withLock { $0 } == 1)
        }
    }

    @Test func redirectionsFollowTheRules() async throws {
        try await withHost([
            "/once": Self.redirection("/a.jpg"), "/a.jpg": Self.found, "/inside": Self.redirection("http://inside.test/a.jpg"),
            "/other": Self.redirection("http://other.org/a.jpg"), "/file": Self.redirection("file:///etc/passwd"),
            "/loop": Self.redirection("/loop"), "/user": Self.redirection("http://u:p@a.test/"),
        ]) { host in
            let fetcher = fetcher(["*.test", "*.test:*"]), base = "http://a.test:\(host.port)"
            let fetched = try await fetcher.fetch(base + "/once")
            #expect(fetched == Self.picture)
            await #expect(throws: PictureFetchError.addressNotPublic(host: "inside.test")) { try await fetcher.fetch(base + "/inside") }
            await #expect(throws: PictureFetchError.hostNotAllowed("other.org")) { try await fetcher.fetch(base + "/other") }
            await #expect(throws: PictureFetchError.schemeNotAllowed("file")) { try await fetcher.fetch(base + "/file") }
            await #expect(throws: PictureFetchError.credentials) { try await fetcher.fetch(base + "/user") }
            await #expect(throws: PictureFetchError.tooManyRedirections(limit: 3)) { try await fetcher.fetch(base + "/loop") }
            #expect(host.paths.filter { $0.hasSuffix("/loop") }.count == 4)
        }
    }

    @Test func answersAreBounded() async throws {
        let chunk = "8\r\n12345678\r\n"
        try await withHost([
            "/long": "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n",
            "/endless": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + String(repeating: chunk, count: 50),
            "/half": "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", "/missing": "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "/nowhere": "HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n",
        ]) { host in
            var limits = Self.unhurried
            limits.bytes = 100
            let fetcher = fetcher(["*:*"], limits: limits), base = "http://a.test:\(host.port)"
            await #expect(throws: PictureFetchError.tooLong(limit: 100)) { try await fetcher.fetch(base + "/long") }
            await #expect(throws: PictureFetchError.tooLong(limit: 100)) { try await fetcher.fetch(base + "/endless") }
            await #expect(throws: PictureFetchError.badStatus(404)) { try await fetcher.fetch(base + "/missing") }
            await #expect(throws: PictureFetchError.badStatus(302)) { try await fetcher.fetch(base + "/nowhere") }
            // A host that takes the request and says nothing.
            limits.time = .milliseconds(300)
            let hasty = self.fetcher(["*:*"], limits: limits)
            await #expect(throws: PictureFetchError.timedOut) { try await hasty.fetch(base + "/silent") }
            // One whose answer begins and stops, and one whose answer never ends.
            for path in ["/half", "/drip"] {
                await #expect(throws: PictureFetchError.timedOut) { try await hasty.fetch(base + path) }
            }
        }
    }

    @Test func hostsWithoutAddressAreTold() async {
        await #expect(throws: PictureFetchError.hostNotFound("a.test")) {
            try await fetcher(["*:*"]) { _, _ in nil }.fetch("http://a.test/a.jpg")
        }
    }
}
