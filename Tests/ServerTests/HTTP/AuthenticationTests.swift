import ElasticsearchAPI
import Testing

@testable import Server

@Suite struct AuthenticationTests {
    private let closed = Authentication(password: "secret", apiKeys: ["a2V5"])

    @Test(arguments: [nil, "Basic x", "ApiKey x", "Bearer x"])
    func openServersTakeAnything(_ header: String?) throws {
        #expect(try Authentication().identity(header, path: "/") == .anonymous)
    }

    // "elastic:secret"
    @Test(arguments: [
        ("Basic ZWxhc3RpYzpzZWNyZXQ=", ClientIdentity.user("elastic")), ("basic ZWxhc3RpYzpzZWNyZXQ=", .user("elastic")),
        // "key"
        ("ApiKey a2V5", .apiKey(id: "key", owner: "elastic")),
    ])
    func accepts(_ header: String, _ client: ClientIdentity) throws {
        #expect(try closed.identity(header, path: "/") == client)
    }

    @Test(arguments: [
        (nil, "missing authentication credentials for REST request [/i]"),
        ("Bearer x", "missing authentication credentials for REST request [/i]"),
        // "elastic:wrong"
        ("Basic ZWxhc3RpYzp3cm9uZw==", "unable to authenticate user [elastic] for REST request [/i]"),
        ("Basic !", "unable to authenticate user [] for REST request [/i]"),
        (
            "ApiKey x",
            "unable to authenticate with provided credentials and anonymous access is not allowed for this request"
        ),
    ])
    func refuses(_ header: String?, _ reason: String) {
        let error = #expect(throws: ElasticsearchError.self) { try closed.identity(header, path: "/i") }
        #expect(error?.status == 401)
        #expect(error?.cause.reason == reason)
        #expect(error?.cause.type == "security_exception")
    }
}
