import Foundation
import JSON
import Page
import Testing

@testable import Server

/// The page for browsers, and what protects those who open it.
extension HTTPServerTests {
    private static let browser = ["Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"]

    @Test func browsersGetThePageAndProgramsTheirData() async throws {
        try await withServer { client in
            let page = try await client.raw("GET", "/", headers: Self.browser)
            #expect(page.status == 200 && page.data == Data(Page.index.bytes))
            #expect(page.headers["Content-Type"] as? String == "text/html; charset=utf-8")
            #expect(page.headers["Vary"] as? String == "Accept")
            for accept in ["*/*", "application/json", "application/vnd.elasticsearch+json; compatible-with=9"] {
                #expect(try await client.raw("GET", "/", headers: ["Accept": accept]).json["tagline"]?.string == "You Know, for Search")
            }
            let kept = try await client.raw("GET", "/?q=a+bird&index=photos", headers: Self.browser)
            #expect(kept.status == 200 && kept.data == page.data)
            #expect(try await client.raw("GET", "/?q=a+bird").status == 400)
            // Only there: what else a browser opens is data.
            #expect(try await client.raw("GET", "/_cluster/health", headers: Self.browser).json["status"] != nil)
        }
    }

    @Test func nothingFromElsewhereIsLoadedOrFramesIt() async throws {
        try await withServer { client in
            for path in ["/", "/_app/app.js", "/_app/app.css", "/_app/icon.svg"] {
                let answer = try await client.raw("GET", path, headers: Self.browser)
                let policy = answer.headers["Content-Security-Policy"] as? String ?? ""
                #expect(policy.hasPrefix("default-src 'none'; ") && !policy.contains("unsafe") && !policy.contains("http"))
                #expect(policy.contains("frame-ancestors 'none'"))
                #expect(answer.headers["X-Content-Type-Options"] as? String == "nosniff")
                #expect(answer.headers["Referrer-Policy"] as? String == "no-referrer")
            }
        }
    }

    /// The client follows to where the page is.
    @Test func thePagesFolderLeadsToThePage() async throws {
        try await withServer { client in
            for path in ["/_app", "/_app/"] {
                let answer = try await client.raw("GET", path, headers: Self.browser)
                #expect(answer.status == 200 && answer.data == Data(Page.index.bytes), "\(path)")
            }
        }
    }

    /// What the page names is there, and of its own folder.
    @Test func everyFileThatIsNamedIsServed() async throws {
        try await withServer { client in
            let text = String(decoding: Page.index.bytes, as: UTF8.self)
            let names = text.matches(of: /(?:src|href)="_app\/([^"]+)"/).map { String($0.1) }
            #expect(names.count > 8)
            for name in names {
                let answer = try await client.raw("GET", "/_app/\(name)")
                #expect(answer.status == 200, "\(name)")
                let source = String(decoding: answer.data, as: UTF8.self)
                for link in source.matches(of: /from "\.\/([^"]+)"/) { #expect(Page.file(String(link.1)) != nil, "\(link.1)") }
                #expect(!source.contains("https://"), "\(name)")
            }
            #expect(!text.contains("<style") && !text.contains(" style=") && !text.contains("http://"))
            for name in ["none.js", "..%2Findex.html", "index.html"] {
                #expect(try await client.raw("GET", "/_app/\(name)").status == 404)
            }
            let script = try await client.raw("GET", "/_app/app.js")
            let tag = try #require(script.headers["Etag"] as? String ?? script.headers["ETag"] as? String)
            #expect(try await client.raw("GET", "/_app/app.js", headers: ["If-None-Match": tag]).status == 304)
        }
    }
}
