import JSON
import Testing

@testable import ElasticsearchAPI

@Suite struct ContentNegotiationTests {
    private static let vendor8 = "application/vnd.elasticsearch+json; compatible-with=8"

    private func response(_ contentType: String?, _ accept: String?, takesLines: Bool = false) throws -> String {
        try ContentNegotiation(contentType: contentType, accept: accept, hasBody: contentType != nil, takesLines: takesLines)
            .response.description
    }

    @Test func answersInTheTypeAskedFor() throws {
        #expect(try response(nil, nil) == "application/json")
        #expect(try response(nil, "*/*") == "application/json")
        #expect(try response("application/json; charset=utf-8", "application/json") == "application/json")
        for version in 8...9 {
            let type = "application/vnd.elasticsearch+json;compatible-with=\(version)"
            #expect(try response(type, type) == type)
            #expect(try response("application/vnd.elasticsearch+x-ndjson;compatible-with=\(version)", type, takesLines: true) == type)
        }
    }

    @Test func refusesBodiesItCannotRead() {
        #expect(throws: NegotiationError.flat(.contentTypeMissing)) {
            try ContentNegotiation(contentType: nil, accept: nil, hasBody: true, takesLines: false)
        }
        for type in ["text/xml", "application/x-www-form-urlencoded", "application/x-ndjson"] {
            #expect(throws: NegotiationError.flat(.contentTypeNotSupported(type))) {
                try ContentNegotiation(contentType: type, accept: nil, hasBody: true, takesLines: false)
            }
        }
    }

    @Test func versionsMustMatch() throws {
        let nine = "application/vnd.elasticsearch+json;compatible-with=9"
        for (type, accept) in [(Self.vendor8, nine), (Self.vendor8, nil), ("application/json", Self.vendor8)] {
            let error = #expect(throws: NegotiationError.self) { try response(type, accept) }
            guard case .error(let error)? = error else {
                Issue.record("no error for \(type)")
                return
            }
            #expect(error.cause.type == "media_type_header_exception")
            #expect(error.cause.reason?.hasSuffix("Accept=\(accept ?? "null"), Content-Type=\(type)") == true)
        }
        // Without a body the content type does not matter.
        _ = try ContentNegotiation(contentType: Self.vendor8, accept: nine, hasBody: false, takesLines: false)
    }

    @Test func refusesOtherVersions() {
        let type = "application/vnd.elasticsearch+json;compatible-with=6"
        #expect(throws: NegotiationError.self) { try response(nil, type) }
    }

    @Test func flatErrorBodies() {
        #expect(FlatError.contentTypeMissing.json.text == #"{"error":"Content-Type header is missing","status":406}"#)
        #expect(
            FlatError.noHandler(uri: "/x", method: "GET").json.text
                == #"{"error":"no handler found for uri [/x] and method [GET]"}"#)
        #expect(
            FlatError.methodNotAllowed(uri: "/x", method: "POST", allowed: ["GET", "HEAD"]).json.text
                == #"{"error":"Incorrect HTTP method for uri [/x] and method [POST], allowed: [GET, HEAD]","status":405}"#)
    }
}
