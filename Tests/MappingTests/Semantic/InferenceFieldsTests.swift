import JSON
import Testing
import TestSupport

@testable import Mapping

@Suite struct InferenceFieldsTests {
    private static let model = SemanticModelSettings(task: .embedding, dimensions: 2)
    private static let fields = InferenceFields([
        "f": .init(
            inferenceID: "e", model: model,
            sources: [
                .init("f", [.init(.text(0..<3), [1, 0.5]), .init(.input(1), [0, -1])]), .init("g", [.init(.text(0..<1), [0.25, 1])]),
            ])
    ])

    private func mapping(_ properties: String) throws -> Mapping {
        try Mapping(decoding: JSONDocument(parsing: #"{"properties":\#(properties)}"#).root)
    }

    @Test(arguments: [true, false]) func isWrittenAndRead(_ isCompact: Bool) throws {
        let bytes = Self.fields.json(isCompact: isCompact).serialized()
        #expect(try InferenceFields(JSONDocument(parsing: bytes).root) == Self.fields)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains(#""embeddings":[1.0,0.5]"#) == !isCompact)
        #expect(text.hasPrefix(#"{"f":{"inference":{"inference_id":"e","model_settings":{"task_type":"embedding","dimensions":2"#))
    }

    @Test(arguments: [
        "1", #"{"f":1}"#, #"{"f":{"inference":{}}}"#, #"{"f":{"inference":{"inference_id":"e"}}}"#,
        #"{"f":{"inference":{"inference_id":"e","model_settings":{"task_type":"embedding","dimensions":2}}}}"#,
        #"{"f":{"inference":{"inference_id":"e","model_settings":{"task_type":"embedding","dimensions":2},"chunks":{"f":[{}]}}}}"#,
        #"{"f":{"inference":{"inference_id":"e","model_settings":{"task_type":"embedding","dimensions":2},"chunks":{"f":[{"start_offset":3,"end_offset":1,"embeddings":[1,2]}]}}}}"#,
    ])
    func nonsenseIsRefused(_ text: String) {
        #expect(thrownCase { try InferenceFields(JSONDocument(parsing: text).root) } == "malformedInference")
    }

    @Test func chunksBecomeNestedObjects() throws {
        let mapping = try mapping(#"{"f":{"type":"semantic","inference_id":"e"},"g":{"type":"text","copy_to":"f"}}"#)
        let source = Array(#"{"f":["abc",{"type":"image","value":"x"}],"g":"d"}"#.utf8)
        let document = try DocumentParser(mapping: mapping).parse(source, inference: Self.fields)
        #expect(document.nested.map(\.path) == Array(repeating: "f.inference.chunks", count: 3))
        #expect(document.nested.map { $0.content.vectors.first?.values } == [[1, 0.5], [0, -1], [0.25, 1]])
        #expect(document.fieldNames.contains("f") && document.source == source)
        let update = try #require(document.mappingUpdate)
        let merged = try mapping.merging(update)
        #expect(merged.semanticFields["f"]?.model == Self.model)
        // Without an addition the second time.
        #expect(try DocumentParser(mapping: merged).parse(source, inference: Self.fields).mappingUpdate == nil)

        // What is kept beside the source brings all of it back but the vectors.
        let unstored = try #require(document.unstored)
        #expect(InferenceFields(unstored: unstored) == Self.fields)
        var restored = try DocumentParser(mapping: merged, isLenient: true).parse(source)
        restored.restore(unstored)
        #expect(restored.nested.map(\.path) == document.nested.map(\.path) && restored.fieldNames == document.fieldNames)
        #expect(restored.nested.allSatisfy { $0.content.fieldNames == ["f.inference.chunks.embeddings"] })
    }

    @Test func vectorsMustFitTheField() throws {
        let mapping = try mapping(
            #"{"f":{"type":"semantic","inference_id":"e","model_settings":{"task_type":"embedding","dimensions":3}}}"#)
        #expect(thrownCase {
            try DocumentParser(mapping: mapping).parse(Array(#"{"f":"abc"}"#.utf8), inference: Self.fields)
        } == "incompatibleModel")
        var zero = Self.fields
        zero.fields["f"]?.sources[0].chunks[0].embedding = [0, 0]
        let plain = try self.mapping(#"{"f":{"type":"semantic","inference_id":"e"}}"#)
        #expect(thrownCase {
            try DocumentParser(mapping: plain).parse(Array(#"{"f":"abc"}"#.utf8), inference: zero)
        } == "malformedVector")
        var limited = plain
        limited.environment.limits.nestedObjects = 2
        #expect(throws: DocumentParsingError.tooManyNestedObjects(limit: 2)) {
            try DocumentParser(mapping: limited).parse(Array(#"{"f":"abc"}"#.utf8), inference: Self.fields)
        }
    }

    @Test func multiFieldsLearnInTheirParent() throws {
        let mapping = try mapping(#"{"o":{"properties":{"t":{"type":"text","fields":{"s":{"type":"semantic_text"},"k":{"type":"keyword"}}}}}}"#)
        let fields = InferenceFields(["o.t.s": .init(inferenceID: "e", model: Self.model, sources: [.init("o.t.s", [.init(.text(0..<1), [1, 1])])])])
        let document = try DocumentParser(mapping: mapping).parse(Array(#"{"o":{"t":"a"}}"#.utf8), inference: fields)
        let merged = try mapping.merging(try #require(document.mappingUpdate))
        #expect(merged.semanticFields["o.t.s"]?.model == Self.model && merged.field("o.t.k") != nil)
    }

    @Test func valuesKnowTheirPlaces() throws {
        let mapping = try mapping(#"{"f":{"type":"semantic"}}"#)
        let root = try JSONDocument(parsing: #"{"f":["abc",{"description":"d"}," ",7,{"x":1}]}"#).root
        let values = SemanticValues(of: "f", in: root, mapping)
        let texts = values.values.compactMap { value -> (Int, String, Int)? in
            if case .text(let text, let start) = value.value { (value.index, text, start) } else { nil }
        }
        #expect(texts.map(\.0) == [0, 2, 3] && texts.map(\.1) == ["abc", " ", "7"] && texts.map(\.2) == [0, 4, 6])
        #expect(values.text(of: .text(1..<3)) == "bc" && values.text(of: .text(6..<7)) == "7" && values.text(of: .text(2..<5)) == nil)
        #expect(values.text(of: .input(1)) == "d" && values.text(of: .input(4)) == nil && values.text(of: .input(0)) == nil)
    }
}
