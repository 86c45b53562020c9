import Contents
import Foundation
import Query
import Testing

@testable import ElasticsearchAPI

/// `query_vector_builder`: what it asks for, and Elasticsearch's chains of causes where it makes no sense.
@Suite struct QueryVectorBuilderTests {
    private static let png = "data:image/png;base64,AAEC"

    private func vector(_ builder: String) throws -> QueryVector? {
        try search(#"{"knn":{"field":"v","query_vector_builder":\#(builder)}}"#).knn.first?.knn.vector
    }

    /// What stands in the answer below the failure of the builder's own field.
    private func causes(_ builder: String) -> [String]? {
        let error = failure { () throws(ElasticsearchError) in
            try query(#"{"knn":{"field":"v","query_vector_builder":\#(builder)}}"#)
        }
        guard let links = error?.summary.components(separatedBy: " <- "), error?.status == 400 else { return nil }
        #expect(links[0].hasSuffix("[knn] failed to parse field [query_vector_builder]"))
        return links.dropFirst().map { link in
            // Places are other tests' business.
            link.replacing(#/\[\d+:\d+\] /#, with: "")
        }
    }

    @Test func contentsOfAllForms() throws {
        #expect(
            try vector(#"{"embedding":{"inference_id":"e","input":"a","timeout":"5s"}}"#)
                == .embedding(EmbeddingQuery(inferenceID: "e", inputs: [.init(.text("a"))], timeout: .seconds(5))))
        #expect(
            try vector(#"{"embedding":{"input":{"type":"IMAGE","format":"base64","value":"\#(Self.png)"}}}"#)
                == .embedding(EmbeddingQuery(inputs: [.init(.image([0, 1, 2]))])))
        #expect(
            try vector(
                #"{"embedding":{"input":["red flower",{"type":"image","value":"\#(Self.png)","weight":0.6},{"type":"text","value":"rose","weight":-0.4}]}}"#)
                == .embedding(
                    EmbeddingQuery(inputs: [
                        .init(.text("red flower")), .init(.image([0, 1, 2]), weight: 0.6), .init(.text("rose"), weight: -0.4),
                    ])))
        #expect(
            try vector(#"{"lookup":{"index":"i","id":"1","path":"v","routing":"r"}}"#)
                == .lookup(DocumentLookup(index: "i", id: "1", path: "v", routing: "r")))
        #expect(try vector(#"{"text_embedding":{"model_id":"m","model_text":"a"}}"#) == .text(modelID: "m", text: "a"))
    }

    @Test func retrieversTakeThem() throws {
        let found = try search(
            #"{"retriever":{"rrf":{"retrievers":[{"knn":{"field":"v","k":1,"num_candidates":1,"query_vector_builder":{"embedding":{"input":"a"}}}}]}}}"#)
        guard case .fused(let fused)? = found.retriever?.kind, case .knn(let knn)? = fused.children.first?.retriever.kind
        else { return #expect(Bool(false)) }
        #expect(knn.vector == .embedding(EmbeddingQuery(inputs: [.init(.text("a"))])))
    }

    private static let inBuilder = "x_content_parse_exception: [query_vector_builder] failed to parse field [embedding]"
    private static let inInput = "x_content_parse_exception: [embedding] failed to parse field [input]"
    private static let built = "x_content_parse_exception: Failed to build [InferenceString] after last required field arrived"

    private static let refusals: [(String, [String])] = [
        (#"{"inference_id":"e"}"#, ["illegal_argument_exception: Required [input]"]),
        (#"{"input":{}}"#, [inInput, "illegal_argument_exception: Required [type, value]"]),
        (#"{"input":{"type":"text"}}"#, [inInput, "illegal_argument_exception: Required [value]"]),
        (#"{"input":[]}"#, [inInput, "x_content_parse_exception: Must provide at least one value in input"]),
        (#"{"input":3}"#, ["x_content_parse_exception: [embedding] failed to parse field [input]", "x_content_parse_exception: [embedding] input doesn't support values of type: VALUE_NUMBER"]),
        (
            #"{"input":{"type":"invalid","value":"x"}}"#,
            [
                inInput, "x_content_parse_exception: [InferenceString] failed to parse field [type]",
                "illegal_argument_exception: Unrecognized type [invalid], must be one of [text, image, audio, video, pdf]",
            ]
        ),
        (
            #"{"input":{"type":"text","format":"invalid","value":"x"}}"#,
            [
                inInput, "x_content_parse_exception: [InferenceString] failed to parse field [format]",
                "illegal_argument_exception: Unrecognized format [invalid], must be one of [text, base64]",
            ]
        ),
        (
            #"{"input":{"type":"text","format":"base64","value":"x"}}"#,
            [
                inInput, "x_content_parse_exception: [InferenceString] failed to parse field [value]", built,
                "illegal_argument_exception: Data type [text] does not support data format [base64], supported formats are [text]",
            ]
        ),
        (
            #"{"input":{"type":"image","value":"AAEC"}}"#,
            [
                inInput, built,
                "illegal_argument_exception: base64 inputs must be specified as data URIs with the format [data:{MIME-type};base64,...]",
            ]
        ),
        (
            #"{"input":{"type":"pdf","value":"data:application/pdf;base64,AAEC"}}"#,
            [
                inInput, built,
                "illegal_argument_exception: The models of this node take inputs of the types [text, image] and not of the type [pdf]",
            ]
        ),
        (
            #"{"input":{"type":"text","value":"x","weight":1e9}}"#,
            [
                inInput, "x_content_parse_exception: [InferenceString] failed to parse field [weight]",
                "illegal_argument_exception: [weight] must be between -1000 and 1000 but was [1e+09]",
            ]
        ),
    ]

    @Test(arguments: refusals)
    func embeddingsThatMakeNoSense(_ embedding: String, _ expected: [String]) {
        #expect(causes(#"{"embedding":\#(embedding)}"#) == [Self.inBuilder] + expected)
    }

    @Test(arguments: [
        (#"{"lookup":{}}"#, "Required [id, index, path]"), (#"{"lookup":{"id":"1","path":"v"}}"#, "Required [index]"),
        (#"{"text_embedding":{}}"#, "Required [model_text]"),
    ])
    func whatIsRequired(_ builder: String, _ reason: String) {
        #expect(causes(builder)?.last == "illegal_argument_exception: " + reason)
    }

    @Test func thereIsOneKind() {
        #expect(causes(#"{"lookup":{},"embedding":{}}"#)?.last?.contains("several") == true)
        #expect(causes("{}")?.last?.contains("Expected FIELD_NAME") == true)
    }
}
