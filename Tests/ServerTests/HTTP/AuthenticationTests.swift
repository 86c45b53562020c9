import ElasticsearchAPI
import Testing

@testable import Server

@Suite struct AuthenticationTests {
    private let closed = Authentication(password: "secret", apiKeys: ["a2V5"])

    @Test(arguments: [nil, "Basic x", "ApiKey x", "Bearer x"])
    func openServersTakeAnything(_ header: String?) throws {
        try Authentication().check(header, path: "/")
    }

    // "elastic:secret"
    @Test(arguments: ["Basic ZWxhc3RpYzpzZWNyZXQ=", "basic ZWxhc3RpYzpzZWNyZXQ=", "ApiKey a2V5"])
    func accepts(_ header: String) throws {
        try closed.check(header, path: "/")
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
        let error = #expect(throws: ElasticsearchError.self) { try closed.check(header, path: "/i") }
        #expect(error?.status == 401)
        #expect(error?.cause.reason == reason)
        #expect(error?.cause.type == "security_exception")
    }
}
