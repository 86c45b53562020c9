import JSON
import Testing

@testable import ElasticsearchAPI

@Suite struct FormatsTests {
    private static let value: JSONValue = [
        "took": 3, "none": nil, "yes": true, "text": "a: \"b\"\n", "hits": ["total": ["value": 1], "hits": [["_id": "1", "tags": ["a", "b"]], [:], []]],
        "empty": [], "nothing": [:], "v": .floats([0.5, -2]), "raw": .raw(Array(#"{"x":[1,{"y":2}]}"#.utf8)),
    ]

    @Test func yaml() {
        #expect(
            String(decoding: YAMLWriter.bytes(Self.value), as: UTF8.self)
                == """
                ---
                took: 3
                none: null
                "yes": true
                text: "a: \\"b\\"\\n"
                hits:
                  total:
                    value: 1
                  hits:
                  - _id: "1"
                    tags:
                    - "a"
                    - "b"
                  - {}
                  - []
                empty: []
                nothing: {}
                v:
                - 0.5
                - -2.0
                raw:
                  x:
                  - 1
                  - "y": 2

                """)
    }

    /// What is written is read back; numbers keep their kinds.
    @Test func cbor() throws {
        let values: [JSONValue] = [
            nil, true, false, 0, 23, 24, 255, 256, 65_536, .int(.max), .int(.min), .unsigned(.max), -1, -25, 1.5, .float(0.25), "", "é", [], [1, [2]],
            ["a": ["b": nil]],
        ]
        for value in values { #expect(try CBORReader.value(CBORWriter.bytes(value)) == value) }
        #expect(CBORWriter.bytes(["a": [1, -1, "b"]]) == [0xa1, 0x61, 0x61, 0x83, 0x01, 0x20, 0x61, 0x62])
        // Lengths that are not said before, half numbers, a tag.
        #expect(try CBORReader.value([0xbf, 0x61, 0x61, 0x9f, 0xf9, 0x3c, 0x00, 0xff, 0xff]) == ["a": [1.0]])
        #expect(try CBORReader.value([0x7f, 0x61, 0x61, 0x61, 0x62, 0xff]) == "ab" && CBORReader.value([0xc1, 0x01]) == 1)
    }

    @Test(arguments: [
        [], [0x18], [0x61], [0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], [0x9f, 0x01], [0xa1, 0x01, 0x01], [0x41, 0x00], [0xff],
        [0x01, 0x01], [0x3b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], [0x62, 0xff, 0xfe], [UInt8](repeating: 0x81, count: 5000),
    ] as [[UInt8]])
    func noCBOR(bytes: [UInt8]) {
        #expect(throws: CBORReader.Malformed.self) { try CBORReader.value(bytes) }
    }

    @Test func negotiated() throws {
        let yaml = try ContentNegotiation(contentType: "application/yaml", accept: nil, hasBody: true, takesLines: false)
        #expect(yaml.body == .yaml && yaml.response.description == "application/yaml")
        let both = try ContentNegotiation(contentType: "application/json", accept: "application/cbor", hasBody: true, takesLines: false)
        #expect(both.body == .json && both.response.description == "application/cbor" && both.prefersJSON)
        #expect(throws: NegotiationError.self) {
            try ContentNegotiation(contentType: "application/yaml", accept: nil, hasBody: true, takesLines: true)
        }
    }
}
