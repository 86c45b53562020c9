import Testing

@testable import Inference

@Suite struct DataURITests {
    @Test(arguments: [
        ("data:image/jpeg;base64,AAEC", [0, 1, 2]), ("data:image/png;base64,", []),
        ("data:image/svg+xml;charset=utf-8;base64,/+8=", [255, 239]),
    ] as [(String, [UInt8])])
    func reads(_ text: String, _ bytes: [UInt8]) throws {
        #expect(try DataURI(text).bytes == bytes)
    }

    @Test(arguments: [
        "", "AAEC", "data:,x", "data:image/jpeg,AAEC", "data:image;base64,AAEC", "data:/jpeg;base64,AAEC",
        "data:image/;base64,AAEC", "http://host/a.jpg", "data:image/\(String(repeating: "x", count: 300));base64,AAEC",
    ])
    func refusesOtherForms(_ text: String) {
        #expect(throws: DataURIError.notBase64DataURI) { try DataURI(text) }
    }

    @Test(arguments: ["!!!!", "A", "AA C", "AAEC=A"]) func refusesBadContent(_ content: String) {
        #expect(throws: DataURIError.invalidBase64) { try DataURI("data:image/png;base64,\(content)") }
    }
}
