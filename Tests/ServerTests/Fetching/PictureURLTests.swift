import Testing
import TestSupport

@testable import Server

@Suite struct PictureURLTests {
    @Test func isWrittenAnew() throws {
        #expect(try PictureURL("HTTP://Example.ORG/a%20b.jpg?x=1#part").text == "http://example.org/a%20b.jpg?x=1")
        #expect(try PictureURL("https://example.org.:443").text == "https://example.org/")
        #expect(try PictureURL("https://example.org:8443/x").port == 8443)
        #expect(try PictureURL("http://[2001:db8::1]:81/x").host == "2001:db8::1")
        #expect(try PictureURL("http://[2001:db8::1]:81/x").text == "http://[2001:db8::1]:81/x")
    }

    /// What is checked is what is connected to, however it was written.
    @Test func escapesOfHostsAreRead() throws {
        #expect(try PictureURL("http://ex%61mple.org/").text == "http://example.org/")
    }

    @Test(arguments: [
        ("ftp://example.org/a", PictureFetchError.schemeNotAllowed("ftp")), ("file:///etc/passwd", .schemeNotAllowed("file")),
        ("gopher://example.org/", .schemeNotAllowed("gopher")), ("http://user@example.org/", .credentials),
        ("http://user:secret@example.org/", .credentials), ("http:///a", .malformedURL), ("http://", .malformedURL),
        ("http://exa mple.org/", .malformedURL), ("http://example.org\\@127.0.0.1/", .malformedURL), ("http://example.org/\r\nHost: x", .malformedURL),
        ("http://example.org:0/", .malformedURL), ("http://example.org:99999/", .malformedURL),
        ("http://127.0.0.1%2f@example.org/", .credentials), ("http://bücher.example/", .malformedURL), ("//example.org/a", .malformedURL),
        ("http://.../", .malformedURL), ("http://exa,mple.org/", .malformedURL), ("http://exa%252fmple.org/", .malformedURL),
    ])
    func othersAreRefused(_ text: String, _ error: PictureFetchError) {
        #expect(throws: error, "\(text)") { try PictureURL(text) }
    }

    @Test func longTextsAreNone() {
        #expect(throws: PictureFetchError.malformedURL) { try PictureURL("http://example.org/" + String(repeating: "a", count: 3000)) }
    }

    @Test func redirectionsAreResolved() throws {
        let url = try PictureURL("https://example.org/a/b.jpg?x=1")
        #expect(try url.following("c.jpg").text == "https://example.org/a/c.jpg")
        #expect(try url.following("/c.jpg").text == "https://example.org/c.jpg")
        #expect(try url.following("//other.org/c.jpg").text == "https://other.org/c.jpg")
        #expect(try url.following("http://other.org/c.jpg").text == "http://other.org/c.jpg")
        #expect(throws: PictureFetchError.schemeNotAllowed("file")) { try url.following("file:///etc/passwd") }
    }
}
