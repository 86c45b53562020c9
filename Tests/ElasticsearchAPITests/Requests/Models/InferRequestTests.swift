import Inference
import JSON
import Testing

@testable import ElasticsearchAPI

@Suite struct InferRequestTests {
    private func request(_ body: String, _ parameters: [String: String] = [:]) throws(ElasticsearchError) -> InferRequest {
        try InferRequest(body: Array(body.utf8), parameters: QueryParameters(parameters))
    }

    @Test func articleBody() throws {
        let request = try request(#"{"docs":[{"text_field":"a cat"}]}"#)
        #expect(request.documents.map { $0["text_field"]?.string } == ["a cat"])
        #expect(request.timeout == .seconds(10))
        #expect(request.resultsField == nil)
        #expect(request.task == nil)
    }

    @Test func singleObject() throws {
        #expect(try request(#"{"docs":{"x":"y"}}"#).documents.count == 1)
    }

    @Test func configuration() throws {
        let request = try request(
            #"{"docs":[],"timeout":"3s","inference_config":{"text_embedding":{"results_field":"v"}}}"#, ["timeout": "2s"])
        #expect(request.timeout == .seconds(2))
        #expect(request.resultsField == "v")
        #expect(request.task == "text_embedding")
    }

    @Test func truncation() throws {
        let body = #"{"docs":[],"inference_config":{"text_embedding":{"tokenization":{"bert":{"truncate":"none","span":-1}}}}}"#
        #expect(try request(body).truncation == .never)
        #expect(try request(body.replacing("none", with: "second")).truncation == .end)
        #expect(try request(#"{"docs":[]}"#).truncation == nil)
    }

    @Test(arguments: [
        (#"{"text_field":"a"}"#, InferenceInput.text("a")), (#"{"image_field":"data:","x":1}"#, .image("data:")),
    ])
    func inputs(_ document: String, _ input: InferenceInput) throws {
        let document = try #require(try request(#"{"docs":[\#(document)]}"#).documents.first)
        #expect(try InferenceInput(document, textField: "text_field", takesText: true) == input)
    }

    @Test(arguments: [
        (#"{"x":"y"}"#, "no value could be found for input field [text_field]"),
        (#"{"text_field":1}"#, "input value [1] for field [text_field] is not a string"),
        (#"{"text_field":"a","image_field":"b"}"#, "a document has either [text_field] or [image_field]"),
    ])
    func refusesInputs(_ document: String, _ reason: String) throws {
        let document = try #require(try request(#"{"docs":[\#(document)]}"#).documents.first)
        let error = failure { () throws(ElasticsearchError) in try InferenceInput(document, textField: "text_field", takesText: true) }
        #expect(error?.cause.reason == reason)
        #expect(error?.status == 400)
    }

    @Test(arguments: [
        (#"{}"#, "Required [docs]"), (#"{"docs":[1]}"#, "[1:10] [docs] Expected START_OBJECT but was: VALUE_NUMBER"),
        (#"{"doc":[]}"#, "[1:2] [infer_model_action_request] unknown field [doc] did you mean [docs]?"),
        (
            #"{"docs":[],"timeout":"x"}"#,
            "failed to parse setting [timeout] with value [x] as a time value: unit is missing or unrecognized"
        ),
    ])
    func refuses(_ body: String, _ reason: String) {
        #expect(failure { () throws(ElasticsearchError) in try request(body) }?.cause.reason == reason)
    }
}
