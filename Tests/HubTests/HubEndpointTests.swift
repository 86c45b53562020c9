import Foundation
import Testing

@testable import Hub

@Suite struct HubEndpointTests {
    @Test func fromTheEnvironment() throws {
        let empty = try HubEndpoint(environment: ["HOME": "/nowhere", "HF_ENDPOINT": ""])
        #expect(empty.url == "https://huggingface.co")
        #expect(empty.token == nil)
        let own = try HubEndpoint(environment: ["HF_ENDPOINT": "http://hub.example:8080/base//", "HF_TOKEN": " hf_x\n"])
        #expect(own.url == "http://hub.example:8080/base")
        #expect(own.token == "hf_x")
        #expect(own.origin.host == "hub.example" && own.origin.port == 8080 && own.origin.scheme == "http")
    }

    @Test(arguments: [
        "ftp://hub", "hub.example", "", "https://", "http://user:password@hub", "https://hub?x=1", "https://hub#x",
    ])
    func noEndpoint(url: String) {
        #expect(throws: HubError.invalidEndpoint(url)) { try HubEndpoint(url: url) }
    }

    @Test func originsDifferInSchemeHostOrPort() throws {
        let origin = { (url: String) in HubEndpoint.Origin(try #require(URL(string: url))) }
        #expect(try origin("https://hub/a") == origin("HTTPS://Hub:443/b?c"))
        for other in ["http://hub", "https://hub:444", "https://cdn.hub", "https://hub.evil"] {
            #expect(try origin("https://hub") != origin(other))
        }
    }

    @Test(arguments: [
        ("https://hub", "https://cdn", true), ("https://hub", "http://hub", false), ("http://hub", "http://cdn", true),
        ("http://hub", "https://cdn", true),
    ])
    func redirectsStayWithTLS(endpoint: String, target: String, isFollowed: Bool) throws {
        let url = try #require(URL(string: target)), origin = try #require(HubEndpoint.Origin(url))
        #expect(try HubEndpoint(url: endpoint).mayLead(to: origin) == isFollowed)
    }

    @Test(arguments: [
        (["HOME": "$"], ".cache/huggingface/token"), (["XDG_CACHE_HOME": "$/x"], "x/huggingface/token"),
        (["HF_HOME": "$/home"], "home/token"), (["HF_TOKEN_PATH": "$/my-token"], "my-token"),
        (["HOME": "$", "HF_TOKEN_PATH": "~/mine"], "mine"),
    ])
    func tokenFiles(variables: [String: String], file: String) async throws {
        try await withTemporaryFolder { folder in
            let path = URL(fileURLWithPath: "\(folder)/\(file)")
            try FileManager.default.createDirectory(
                at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data("hf_file\n".utf8).write(to: path)
            var environment = variables.mapValues { $0.replacing("$", with: folder) }
            #expect(try HubEndpoint(environment: environment).token == "hf_file")
            environment["HUGGING_FACE_HUB_TOKEN"] = "hf_older_variable"
            #expect(try HubEndpoint(environment: environment).token == "hf_older_variable")
        }
    }

    @Test(arguments: ["a\u{7F}b", "tökén", " \n"])
    func whatFitsNoHeaderIsNoToken(text: String) throws {
        #expect(try HubEndpoint(environment: ["HF_TOKEN": text, "HOME": "/nowhere"]).token == nil)
    }
}
