import JSON
import Testing

@testable import ElasticsearchAPI

@Suite struct AcceptedTypesTests {
    /// What browsers send, and what programs do.
    @Test(arguments: [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8", true),
        ("text/html, */*; q=0.01", true), ("TEXT/HTML", true),
        ("*/*", false), ("", false), ("application/json", false), ("text/*", false),
        ("application/json, text/html;q=0.9", false), ("text/html;q=0.5, application/*;q=0.6", false), ("text/html;q=0", false),
        ("application/vnd.elasticsearch+json; compatible-with=9", false), ("application/json, text/html", false),
    ])
    func browsersPreferPages(_ header: String, _ expected: Bool) {
        #expect(AcceptedTypes(header).prefers("text/html", to: "application/json") == expected)
    }

    @Test func picturesHaveTypesThatFormsCannotSend() throws {
        for type in ["image/jpeg", "image/png", "application/octet-stream", "Image/WebP"] {
            _ = try ContentNegotiation(contentType: type, accept: "*/*", hasBody: true, takesLines: false, takesPictures: true)
        }
        for type in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json"] {
            #expect(throws: NegotiationError.flat(.noPictureType(type))) {
                try ContentNegotiation(contentType: type, accept: nil, hasBody: true, takesLines: false, takesPictures: true)
            }
        }
        #expect(throws: NegotiationError.flat(.noPictureType(nil))) {
            try ContentNegotiation(contentType: nil, accept: nil, hasBody: true, takesLines: false, takesPictures: true)
        }
        for given in ["text/plain", nil] {
            let error = FlatError.noPictureType(given)
            #expect(error.status == 406 && error.json["error"]?.string?.contains("application/octet-stream") == true)
        }
    }
}
