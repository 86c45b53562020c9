import JSON
import Mapping
import Testing

struct MappingMergingTests {
    private func merged(_ old: String, _ new: String) throws -> Mapping {
        try mapping(properties: old).merging(try mapping(properties: new))
    }

    @Test func additionsJoin() throws {
        let merged = try merged(
            #"{"a":{"type":"long"},"o":{"properties":{"x":{"type":"text"}}}}"#,
            #"{"b":{"type":"keyword"},"o":{"properties":{"y":{"type":"date"}}},"a":{"type":"long","fields":{"k":{"type":"keyword"}}}}"#
        )
        #expect(merged.fields.map(\.path) == ["a", "a.k", "b", "o.x", "o.y"])
    }

    @Test(arguments: [
        (
            #"{"f":{"type":"long"}}"#, #"{"f":{"type":"keyword"}}"#,
            MappingError.typeConflict(field: "f", old: "long", new: "keyword")
        ),
        (
            #"{"o":{"properties":{"f":{"type":"long"}}}}"#, #"{"o":{"properties":{"f":{"type":"text"}}}}"#,
            .typeConflict(field: "o.f", old: "long", new: "text")
        ),
        (
            #"{"f":{"type":"long"}}"#, #"{"f":{"properties":{"g":{"type":"long"}}}}"#,
            .objectConflict(field: "f", wasObject: false)
        ),
        (
            #"{"f":{"properties":{"g":{"type":"long"}}}}"#, #"{"f":{"type":"long"}}"#,
            .objectConflict(field: "f", wasObject: true)
        ),
        (
            #"{"f":{"type":"keyword"}}"#, #"{"f":{"type":"keyword","doc_values":false}}"#,
            .parameterConflict(
                field: "f", conflicts: [.init(parameter: "doc_values", old: true, new: false)])
        ),
        (
            #"{"v":{"type":"dense_vector","dims":3}}"#, #"{"v":{"type":"dense_vector","dims":4}}"#,
            .parameterConflict(field: "v", conflicts: [.init(parameter: "dims", old: 3, new: 4)])
        ),
        (
            #"{"v":{"type":"dense_vector","dims":3}}"#, #"{"v":{"type":"dense_vector","similarity":"l2_norm"}}"#,
            .parameterConflict(
                field: "v", conflicts: [.init(parameter: "similarity", old: "cosine", new: "l2_norm")])
        ),
    ])
    func conflictsAreNamed(old: String, new: String, expected: MappingError) {
        #expect(error(MappingError.self) { try merged(old, new) } == expected)
    }

    @Test func updatableParametersChange() throws {
        let merged = try merged(
            #"{"f":{"type":"keyword","ignore_above":10}}"#, #"{"f":{"type":"keyword","ignore_above":20}}"#)
        #expect(merged.field("f")?.type == .keyword(KeywordOptions(ignoreAbove: 20)))
    }

    @Test(arguments: [
        ("flat", "int8_hnsw", true), ("hnsw", "bbq_hnsw", true), ("int8_hnsw", "hnsw", false), ("hnsw", "flat", false),
    ])
    func indexTypesMoveOneWay(old: String, new: String, isAllowed: Bool) {
        func field(_ type: String) -> String {
            #"{"v":{"type":"dense_vector","dims":64,"index_options":{"type":"\#(type)"}}}"#
        }
        #expect((error(MappingError.self) { try merged(field(old), field(new)) } == nil) == isAllowed)
    }

    @Test func linksOnlyGrow() {
        func field(_ m: Int) -> String {
            #"{"v":{"type":"dense_vector","dims":64,"index_options":{"type":"hnsw","m":\#(m)}}}"#
        }
        #expect(error(MappingError.self) { try merged(field(16), field(32)) } == nil)
        #expect(error(MappingError.self) { try merged(field(32), field(16)) } != nil)
    }

    @Test func mergingWithItselfChangesNothing() throws {
        let mapping = try mapping(
            """
            {"dynamic":"strict","_meta":{"v":1},"dynamic_templates":[{"s":{"match_mapping_type":"string","mapping":{"type":"keyword"}}}],
             "properties":{"a":{"type":"text","fields":{"k":{"type":"keyword"}}},"v":{"type":"dense_vector","dims":4}}}
            """)
        #expect(try mapping.merging(mapping) == mapping)
    }
}
