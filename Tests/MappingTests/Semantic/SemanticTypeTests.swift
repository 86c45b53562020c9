import JSON
import Testing
import TestSupport

@testable import Mapping

@Suite struct SemanticTypeTests {
    private func mapping(_ properties: String) throws -> Mapping {
        try Mapping(decoding: JSONDocument(parsing: #"{"properties":\#(properties)}"#).root)
    }

    private static let settings = #""model_settings":{"task_type":"text_embedding","dimensions":4,"similarity":"cosine","element_type":"float"}"#

    @Test func theEndpointAlwaysShows() throws {
        let shown = try mapping(#"{"f":{"type":"semantic_text"},"g":{"type":"semantic","inference_id":"e","chunking_settings":{},"search_inference_id":null}}"#)
        #expect(
            String(decoding: shown.encoded.serialized(), as: UTF8.self)
                == #"{"properties":{"f":{"type":"semantic_text","inference_id":".compact-clipsearch"},"g":{"type":"semantic","inference_id":"e"}}}"#)
        #expect(shown.semanticFields["g"]?.content == .any && shown.semanticFields["g"]?.retainsBinary == true)
    }

    /// The vectors of chunks can be asked for, and no list of fields has them.
    @Test func chunksAreHiddenFields() throws {
        let mapping = try mapping(#"{"f":{"type":"semantic_text",\#(Self.settings)},"k":{"type":"keyword","fields":{"s":{"type":"semantic_text"}}}}"#)
        #expect(mapping.fields.map(\.path) == ["f", "k", "k.s"])
        #expect(mapping.isNested("f.inference.chunks") && mapping.isNested("k.s.inference.chunks"))
        guard case .denseVector(let options)? = mapping.field("f.inference.chunks.embeddings")?.type else {
            Issue.record("no vectors")
            return
        }
        #expect(options.dimensions == 4 && options.similarity == .cosine && options.indexOptions.type == .int8HNSW)
        #expect(mapping.field("k.s.inference.chunks.embeddings") == nil)
        #expect(mapping.nestedPath(around: "f.inference.chunks.embeddings") == "f.inference.chunks")
        #expect(mapping.sources(ofSemantic: "f") == ["f"])
    }

    @Test func longVectorsAreKeptAsBits() throws {
        let model = SemanticModelSettings(task: .embedding, dimensions: 64)
        let options = SemanticOptions(content: .any, inferenceID: "e").vectorOptions(of: model)
        #expect(options.indexOptions == VectorIndexOptions(type: .bbqHNSW, oversample: 3))
        let own = try mapping(#"{"f":{"type":"semantic_text","index_options":{"dense_vector":{"type":"int8_hnsw","m":20}}}}"#)
        #expect(own.semanticFields["f"]?.vectorOptions(of: model).indexOptions == VectorIndexOptions(type: .int8HNSW, links: 20))
    }

    @Test(arguments: [
        (#"{"f":{"type":"semantic_text","inference_id":""}}"#, SemanticProblem.emptyID(parameter: "inference_id", type: "semantic_text")),
        (#"{"f":{"type":"semantic_text","copy_to":"g"}}"#, .copyTo(type: "semantic_text")),
        (#"{"f":{"type":"semantic","model_settings":{"task_type":"rerank"}}}"#, .unsupportedTask("rerank")),
        (#"{"f":{"type":"semantic_text","model_settings":{}}}"#, .missingModelSetting("task_type")),
        (#"{"f":{"type":"semantic_text","model_settings":{"task_type":"text_embedding"}}}"#, .missingModelSetting("dimensions")),
        (#"{"f":{"type":"semantic_text","model_settings":{"x":1}}}"#, .unknownModelSetting("x")),
        (#"{"f":{"type":"semantic_text","model_settings":{"task_type":"text_embedding","dimensions":0}}}"#, .malformedModelSetting("dimensions", "0")),
        (#"{"f":{"type":"semantic_text","index_options":{"sparse_vector":{}}}}"#, .unknownIndexOptions("sparse_vector")),
        (#"{"f":{"type":"semantic_text","chunking_settings":{"strategy":"x"}}}"#, .chunking(.unknownStrategy("x"))),
        (#"{"f":{"type":"semantic_text","chunking_settings":{"strategy":"word"}}}"#, .chunking(.invalid([.missing("max_chunk_size")]))),
        (
            #"{"f":{"type":"semantic_text","chunking_settings":{"strategy":"word","max_chunk_size":10,"overlap":1,"extra":1}}}"#,
            .chunking(.invalid([.unknownSettings(["extra"], strategy: .word)]))
        ),
        (
            #"{"f":{"type":"semantic_text","chunking_settings":{"strategy":"word","max_chunk_size":10,"overlap":6}}}"#,
            .chunking(.invalid([.outOfRange("overlap", 6, allowed: 0...5)]))
        ),
    ])
    func definitionsAreChecked(_ properties: String, _ problem: SemanticProblem) {
        #expect(throws: MappingError.semantic(problem, field: "f")) { try mapping(properties) }
    }

    @Test func nestedObjectsHaveNone() {
        let properties = #"{"o":{"type":"nested","properties":{"p":{"properties":{"f":{"type":"semantic_text"}}}}}}"#
        #expect(throws: MappingError.semantic(.nested(type: "semantic_text"), field: "o.p.f")) { try mapping(properties) }
        #expect(throws: MappingError.unknownParameter(name: "retain_binary", field: "f", type: "semantic_text")) {
            try mapping(#"{"f":{"type":"semantic_text","retain_binary":true}}"#)
        }
    }

    @Test func whatIsKnownOfAModelStays() throws {
        let known = try mapping(#"{"f":{"type":"semantic_text","inference_id":"a",\#(Self.settings)}}"#)
        let merged = try known.merging(mapping(#"{"f":{"type":"semantic_text","inference_id":"b"}}"#))
        #expect(merged.semanticFields["f"]?.inferenceID == "b" && merged.semanticFields["f"]?.model?.dimensions == 4)
        #expect(merged.field("f.inference.chunks.embeddings") != nil)
        #expect(thrownCase {
            try known.merging(mapping(#"{"f":{"type":"semantic_text","model_settings":{"task_type":"text_embedding","dimensions":5}}}"#))
        } == "parameterConflict")
    }
}
