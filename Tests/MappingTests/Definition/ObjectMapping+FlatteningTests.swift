import JSON
import Mapping
import Testing

@Suite struct ObjectMappingFlatteningTests {
    @Test func objectsAreOnlyAnotherWayToWriteNames() throws {
        let flat = try mapping(
            """
            {"subobjects":false,"properties":{"x":{"properties":{"y":{"type":"keyword"},"z":{"properties":{"w":{"type":"long"}}}}},
             "x.y.q":{"type":"long"}}}
            """)
        #expect(
            flat.encoded.text
                == #"{"subobjects":false,"properties":{"x.y":{"type":"keyword"},"x.y.q":{"type":"long"},"x.z.w":{"type":"long"}}}"#)
        #expect(flat.field("x.y.q")?.type == .number(.long))
    }

    @Test func anObjectOfItsOwn() throws {
        let mixed = try mapping(
            properties: #"{"m":{"properties":{"t":{"type":"long"},"t.max":{"type":"long"}},"subobjects":false},"o.p":{"type":"long"}}"#)
        #expect(
            mixed.encoded.text
                == #"{"properties":{"m":{"subobjects":false,"properties":{"t":{"type":"long"},"t.max":{"type":"long"}}},"o":{"properties":{"p":{"type":"long"}}}}}"#)
        #expect(mixed.object("m")?.isFlat == true)
    }

    @Test(arguments: [
        (#"{"subobjects":"auto"}"#, MappingError.unknownSubobjects("auto")),
        (#"{"properties":{"m":{"subobjects":false,"properties":{"n":{"type":"nested"}}}}}"#, .nestedInFlat(name: "n", object: "m")),
        (
            #"{"subobjects":false,"properties":{"x":{"dynamic":"strict","properties":{}}}}"#,
            .cannotFlatten(name: "x", .dynamic(.strict, outer: .adding))
        ),
        (#"{"subobjects":false,"properties":{"x":{"enabled":false}}}"#, .cannotFlatten(name: "x", .disabled)),
        (#"{"subobjects":false,"properties":{"x":{"subobjects":true,"properties":{}}}}"#, .cannotFlatten(name: "x", .subobjects)),
    ])
    func refuses(_ json: String, _ expected: MappingError) {
        #expect(error(MappingError.self) { try mapping(json) } == expected)
    }

    @Test func merging() throws {
        let flat = try mapping(#"{"subobjects":false,"properties":{"a.b":{"type":"long"}}}"#)
        let merged = try flat.merging(try mapping(properties: #"{"a":{"properties":{"c":{"type":"keyword"},"b":{"type":"long","meta":{"x":"y"}}}}}"#))
        #expect(merged.root.properties.keys.sorted() == ["a.b", "a.c"])
        #expect(merged.field("a.b")?.parameters["meta"] != nil)
        #expect(
            error(MappingError.self) { try flat.merging(try mapping(#"{"subobjects":true}"#)) }
                == .objectParameterConflict("subobjects", object: "_doc"))
        #expect(throws: MappingError.self) { try flat.merging(try mapping(properties: #"{"a":{"properties":{"b":{"type":"keyword"}}}}"#)) }
        // What does not say otherwise is as it was.
        #expect(try flat.merging(flat) == flat)
    }
}
