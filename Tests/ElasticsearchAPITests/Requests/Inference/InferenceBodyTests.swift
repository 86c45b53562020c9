import Contents
import Inference
import Testing

@testable import ElasticsearchAPI

@Suite struct InferenceBodyTests {
    private func body(_ text: String, _ task: InferenceTask, _ parameters: [String: String] = [:]) throws(ElasticsearchError) -> InferenceBody {
        try InferenceBody(body: Array(text.utf8), parameters: QueryParameters(parameters), task: task)
    }

    @Test func textsAreOneOrMany() throws {
        #expect(try body(#"{"input":"a"}"#, .textEmbedding).groups == [ContentGroup(.text("a"))])
        let many = try body(#"{"input":["a","b"],"input_type":"search","task_settings":{},"timeout":"2s"}"#, .textEmbedding)
        #expect(many.groups == [ContentGroup(.text("a")), ContentGroup(.text("b"))] && many.purpose == .search)
        #expect(many.timeout == .seconds(2))
        #expect(try body(#"{"input":"a"}"#, .textEmbedding, ["timeout": "3s"]).timeout == .seconds(3))
        #expect(try body(#"{"input":"a","input_type":"ingest"}"#, .embedding).purpose == .ingest)
    }

    @Test func contentsMayBeSeveralForOneVector() throws {
        let image = #"{"type":"image","format":"base64","value":"data:image/png;base64,AAEC"}"#
        let contents = try body(
            #"{"input":[{"content":\#(image)},"a",{"content":[{"type":"text","value":"b"},\#(image)]}]}"#, .embedding)
        #expect(
            contents.groups == [
                ContentGroup(.image([0, 1, 2])), ContentGroup(.text("a")),
                ContentGroup([WeightedContent(.text("b")), WeightedContent(.image([0, 1, 2]))]),
            ])
        #expect(try body(#"{"input":{"content":\#(image)}}"#, .embedding).groups.count == 1)
    }

    private static let refusals: [(String, InferenceTask, String)] = [
        (#"{}"#, InferenceTask.textEmbedding, "action_request_validation_exception: Validation Failed: 1: Field [input] cannot be null;"),
        (#"{"input":[]}"#, .textEmbedding, "action_request_validation_exception: Validation Failed: 1: Field [input] cannot be an empty array;"),
        (#"{"input":[]}"#, .embedding, "action_request_validation_exception: Validation Failed: 1: Field [inputs] cannot be an empty array;"),
        (#"{"input":"a","query":"q"}"#, .textEmbedding, "action_request_validation_exception: Validation Failed: 1: Field [query] cannot be specified for task type [text_embedding];"),
        (#"{"input":"a","top_n":1}"#, .textEmbedding, "action_request_validation_exception: Validation Failed: 1: Field [top_n] cannot be specified for task type [text_embedding];"),
        (#"{}"#, .embedding, "illegal_argument_exception: Required [input]"),
        (
            #"{"input":{"content":{}}}"#, .textEmbedding,
            "x_content_parse_exception: [1:10] [cluster:internal/xpack/inference] input doesn't support values of type: START_OBJECT"
        ),
        (#"{"x":1}"#, .embedding, "x_content_parse_exception: [1:2] [EmbeddingRequest] unknown field [x]"),
        (
            #"{"input":[1]}"#, .embedding,
            "x_content_parse_exception: [1:10] [EmbeddingRequest] failed to parse field [input] <- x_content_parse_exception: [1:11] Unsupported token [VALUE_NUMBER]"
        ),
        (
            #"{"input":{"content":[]}}"#, .embedding,
            "x_content_parse_exception: [1:10] [EmbeddingRequest] failed to parse field [input] <- x_content_parse_exception: [1:21] [InferenceStringGroup] failed to parse field [content] <- x_content_parse_exception: Failed to build [InferenceStringGroup] after last required field arrived <- illegal_argument_exception: [content] field cannot be an empty array"
        ),
        (
            #"{"input":"a","input_type":"foo"}"#, .textEmbedding,
            "x_content_parse_exception: [1:27] [cluster:internal/xpack/inference] failed to parse field [input_type] <- illegal_argument_exception: No enum constant org.elasticsearch.inference.InputType.FOO"
        ),
        (
            #"{"input":"a","input_type":"internal_search"}"#, .textEmbedding,
            "x_content_parse_exception: [1:27] [cluster:internal/xpack/inference] failed to parse field [input_type] <- illegal_argument_exception: Unrecognized input_type [internal_search]"
        ),
    ]

    @Test(arguments: refusals)
    func whatMakesNoSenseIsRefused(_ text: String, _ task: InferenceTask, _ expected: String) {
        let error = failure { () throws(ElasticsearchError) in try body(text, task) }
        #expect(error?.summary == expected && error?.status == 400)
    }
}
