import Testing

@testable import Server

@Suite struct AllowedHostTests {
    @Test(arguments: [
        ("example.org", "http://example.org/", true), ("example.org", "https://EXAMPLE.org/", true), ("example.org", "http://example.org:443/", false),
        ("example.org", "https://example.org:80/", false), ("example.org", "http://a.example.org/", false),
        ("example.org", "http://example.org.evil.test/", false), ("*.Example.org", "http://a.example.org/", true),
        ("*.example.org", "http://example.org/", false), ("*.example.org", "http://a.example.org:8080/", false),
        // What a pattern ends in is of the host, and no port.
        ("example.*", "http://example.org/", true), ("example.*", "http://example.org:8080/", false), ("*", "http://example.org:8080/", false),
        ("*", "https://example.org/", true), ("*:*", "http://example.org:8080/", true), ("example.org:*", "http://example.org:22/", true),
        ("example.org:8080", "http://example.org:8080/", true), ("example.org:8080", "http://example.org/", false),
        ("example.org:80*", "http://example.org:8081/", true), ("2001:db8::1", "http://[2001:db8::1]/", true),
        ("2001:db8::1", "http://[2001:db8::1]:81/", false), ("[2001:db8::1]:81", "http://[2001:db8::1]:81/", true),
        ("[2001:db8::1]", "http://[2001:db8::1]:81/", false),
    ])
    func hostsAndPorts(_ entry: String, _ url: String, _ isAllowed: Bool) throws {
        #expect(AllowedHost(entry).allows(try PictureURL(url)) == isAllowed, "\(entry) \(url)")
    }
}
