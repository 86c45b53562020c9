import Foundation
import Testing
import TestSupport

@testable import Hub

@Suite struct HubProxyTests {
    private func origin(_ url: String) throws -> HubEndpoint.Origin {
        let url = try #require(URL(string: url))
        return try #require(HubEndpoint.Origin(url))
    }

    @Test func fromTheEnvironment() throws {
        let proxy = try #require(HubProxy(environment: ["HTTPS_PROXY": "http://me:p%40ss@proxy.example:3128/"]))
        #expect(proxy.host == "proxy.example" && proxy.port == 3128 && proxy.credentials == "me:p@ss")
        let plain = try #require(HubProxy(environment: ["https_proxy": "proxy:8080", "HTTPS_PROXY": "http://other"]))
        #expect(plain.host == "proxy" && plain.port == 8080 && plain.credentials == nil)
        #expect(HubProxy(environment: ["ALL_PROXY": "http://proxy"])?.port == 80)
    }

    @Test(arguments: [[:], ["HTTPS_PROXY": ""], ["HTTPS_PROXY": "socks5://proxy:1080"], ["HTTP_PROXY": "http://proxy:1"]])
    func none(environment: [String: String]) {
        #expect(HubProxy(environment: environment) == nil)
    }

    @Test func exceptions() throws {
        let proxy = try #require(
            HubProxy(environment: ["HTTPS_PROXY": "http://proxy", "NO_PROXY": "localhost, .corp.example,hub.other:8443"]))
        for url in ["https://huggingface.co", "https://corp.example.org", "https://hub.other", "https://notlocalhost"] {
            #expect(proxy.serves(try origin(url)), "\(url)")
        }
        for url in ["http://huggingface.co", "https://localhost:9", "https://a.corp.example", "https://Corp.example", "https://hub.other:8443"] {
            #expect(!proxy.serves(try origin(url)), "\(url)")
        }
        let never = try #require(HubProxy(environment: ["HTTPS_PROXY": "http://proxy", "NO_PROXY": "*"]))
        #expect(!never.serves(try origin("https://huggingface.co")))
    }

    /// The proxy is asked for a tunnel to the hub, and gets no token.
    @Test func requestsGoThroughIt() async throws {
        let proxy = try ListeningSocket()
        let endpoint = try HubEndpoint(environment: [
            "HF_ENDPOINT": "https://hub.invalid", "HF_TOKEN": "hf_x", "HTTPS_PROXY": "http://127.0.0.1:\(proxy.port)",
        ])
        async let asked = proxy.firstBytes()
        #expect(await thrownCase {
            try await HubClient(endpoint: endpoint, model: try RepositoryName("acme/model"), revision: "main").get("https://hub.invalid/api")
        } == "unreachable")
        let request = await asked
        #expect(request.hasPrefix("CONNECT hub.invalid:443 ") && !request.contains("hf_x"), "\(request)")
    }
}

/// Takes one connection on this machine, reads what comes first, and hangs up.
private struct ListeningSocket: Sendable {
    let port: Int
    private let descriptor: CInt

    init() throws {
        let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        // Nobody waits for a client that never comes.
        var patience = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let (bound, named) = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                (bind(descriptor, address, length), getsockname(descriptor, address, &length))
            }
        }
        try #require(bound == 0 && named == 0 && listen(descriptor, 1) == 0)
        self.descriptor = descriptor
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    func firstBytes() async -> String {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                let connection = accept(descriptor, nil, nil)
                var bytes = [UInt8](repeating: 0, count: 4096)
                let count = max(0, recv(connection, &bytes, bytes.count, 0))
                close(connection)
                close(descriptor)
                continuation.resume(returning: String(decoding: bytes[..<count], as: UTF8.self))
            }
        }
    }
}
