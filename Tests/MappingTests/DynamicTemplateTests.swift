import JSON
import Mapping
import Testing

struct DynamicTemplateTests {
    private let stringsAsKeywords = """
        {"dynamic_templates":[{"strings":{"path_match":"*","match_mapping_type":"string","mapping":{"type":"keyword"}}}],
         "properties":{"content":{"type":"text"}}}
        """

    @Test func stringsBecomeKeywords() throws {
        let mapping = try mapping(stringsAsKeywords)
        let parsed = try parse(#"{"content":"A cat","name":"A Cat","meta":{"page":1}}"#, mapping)
        #expect(parsed.values("name") == [.term("A Cat")])
        #expect(parsed.mappingUpdate?.field("name")?.type.name == "keyword")
        #expect(parsed.mappingUpdate?.field("meta.page")?.type.name == "long")
        #expect(parsed.mappingUpdate?.field("content") == nil)
    }

    @Test(arguments: [
        (#""match":"img_*""#, "img_a", "other"), (#""match":["x","y*"]"#, "y2", "z"),
        (#""unmatch":"*_text""#, "plain", "a_text"), (#""path_match":"o.*""#, "o.f", "f"),
        (#""path_unmatch":"o.*""#, "f", "o.f"),
        (#""match_pattern":"regex","match":"^n\\d+$""#, "n12", "n12x"),
    ])
    func patternsChoose(condition: String, matching: String, other: String) throws {
        let mapping = try mapping(
            #"{"dynamic_templates":[{"t":{\#(condition),"match_mapping_type":"long","mapping":{"type":"integer"}}}]}"#)
        let parsed = try parse(#"{"\#(matching)":1,"\#(other)":1}"#, mapping)
        #expect(parsed.mappingUpdate?.field(matching)?.type == .number(.integer))
        #expect(parsed.mappingUpdate?.field(other)?.type == .number(.long))
    }

    @Test func placeholdersAreFilledIn() throws {
        let mapping = try mapping(
            #"{"dynamic_templates":[{"t":{"match_mapping_type":"*","mapping":{"type":"{dynamic_type}","index":false}}}]}"#
        )
        let update = try parse(#"{"d":1.5,"n":2}"#, mapping).mappingUpdate
        #expect(update?.field("d")?.type == .number(.float))
        #expect(update?.field("n")?.isIndexed == false)
    }

    @Test(arguments: [
        (#"[{"t":{"match":"a"}}]"#, MappingError.DynamicTemplateProblem.missingMapping),
        (#"[{"t":{"mapping":{},"what":1}}]"#, .unknownParameter("what")),
        (#"[{"t":{"match_mapping_type":"text","mapping":{}}}]"#, .unknownMappingType("text")),
        (#"[{"t":{"match_pattern":"glob","match":"^a$","mapping":{}}}]"#, .unsupportedPatternSyntax("glob")),
        (#"[{"t":{"match_pattern":"regex","match":"(a","mapping":{}}}]"#, .malformedPattern("(a")),
        (#"[{"t":{"mapping":{"type":"nonsense"}}}]"#, .invalidMapping(.unknownType("nonsense", field: "__dynamic__t"))),
    ])
    func badTemplatesAreRefused(templates: String, problem: MappingError.DynamicTemplateProblem) {
        #expect(
            error(MappingError.self) { try mapping(#"{"dynamic_templates":\#(templates)}"#) }
                == .invalidDynamicTemplate(name: "t", problem: problem))
    }

    /// Documents name them.
    @Test func withoutAConditionItMapsNothingByItself() throws {
        let mapping = try mapping(#"{"dynamic_templates":[{"s":{"mapping":{"type":"keyword"}}}]}"#)
        #expect(try parse(#"{"a.b":"x"}"#, mapping).mappingUpdate?.field("a.b")?.type == .text)
        let named = try DocumentParser(mapping: mapping, templates: ["a.b": "s"]).parse(Array(#"{"a.b":"x"}"#.utf8))
        #expect(named.mappingUpdate?.field("a.b")?.type.name == "keyword")
    }
}
