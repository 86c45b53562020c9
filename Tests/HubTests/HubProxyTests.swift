import Foundation
import Testing

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
        try await FakeHub.serving(FakeHub.Repository()) { hub in
            let endpoint = try HubEndpoint(environment: [
                "HF_ENDPOINT": "https://hub.invalid", "HF_TOKEN": "hf_x", "HTTPS_PROXY": hub.url,
            ])
            await #expect(throws: HubError.self) {
                try await HubClient(endpoint: endpoint, model: try RepositoryName("acme/model"), revision: "main").get("/api")
            }
            #expect(hub.seen.count == 1 && hub.seen.first?.token == nil)
        }
    }
}
