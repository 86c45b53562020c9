import JSON
import Testing

@testable import ElasticsearchAPI

@Suite struct PutModelBodyTests {
    private func body(_ text: String, id: String = "m") throws(ElasticsearchError) -> JSONValue {
        try PutModelBody(body: Array(text.utf8), modelID: id, creationTime: 1).configuration
    }

    @Test func whatElandSends() throws {
        let configuration = try body(
            #"""
            {"description":"Model x","model_type":"pytorch","input":{"field_names":["text_field"]},
             "inference_config":{"text_embedding":{"tokenization":{"bert":{"do_lower_case":true,"max_sequence_length":128}},
             "embedding_size":512}},"metadata":{"per_deployment_memory_bytes":1},"prefix_strings":{"search":"q: "}}
            """#)
        #expect(
            configuration.text
                == #"{"model_type":"pytorch","create_time":1,"tags":[],"input":{"field_names":["text_field"]},"description":"Model x","inference_config":{"text_embedding":{"tokenization":{"bert":{"do_lower_case":true,"with_special_tokens":true,"max_sequence_length":128,"truncate":"first","span":-1}},"embedding_size":512}},"metadata":{"per_deployment_memory_bytes":1},"prefix_strings":{"search":"q: "}}"#)
    }

    @Test func defaults() throws {
        let configuration = try body(#"{"inference_config":{"text_embedding":{}}}"#)
        #expect(configuration["input"]?["field_names"]?.array?.first == "input")
        let bert = configuration["inference_config"]?["text_embedding"]?["tokenization"]?["bert"]
        #expect(bert?["max_sequence_length"] == 512 && bert?["truncate"] == "first")
    }

    @Test(arguments: [
        (#"{}"#, "Validation Failed: 1: [inference_config] must not be null;"),
        (
            #"{"inference_config":{"regression":{}}}"#,
            "[inference_config] of task [regression] is not supported; use [text_embedding]"
        ),
        (
            #"{"inference_config":{"text_embedding":{"tokenization":{"bert_ja":{}}}}}"#,
            "[tokenization] of kind [bert_ja] is not supported; use one of [bert, mpnet, roberta, xlm_roberta, clip]"
        ),
        (
            #"{"inference_config":{"text_embedding":{"tokenization":{"bert":{"truncate":"x"}}}}}"#, "Unknown truncate [x]"
        ),
        (
            #"{"inference_config":{"text_embedding":{}},"model_type":"tree_ensemble"}"#,
            "[model_type] must be [pytorch] but was [tree_ensemble]"
        ),
        (
            #"{"model_id":"n"}"#,
            "Inconsistent model_id; 'n' specified in the body differs from 'm' specified as a URL argument"
        ),
        (#"{"definition":{}}"#, "[definition] is not supported: a pytorch model's definition comes in parts"),
        (#"{"input":{"field_names":["a","b"]}}"#, "[field_names] must hold one name"),
        (
            #"{"input":{"field_names":["image_field"]}}"#,
            "[field_names] cannot be [image_field], which is the field of pictures"
        ),
        (#"{"colour":1}"#, "[1:2] [trained_model_config] unknown field [colour]"),
    ])
    func refuses(_ text: String, _ reason: String) {
        #expect(failure { () throws(ElasticsearchError) in try body(text) }?.cause.reason == reason)
    }

    @Test(arguments: ["A", "a/b", "-a", "a-", "", String(repeating: "a", count: 65)])
    func refusesNames(_ id: String) {
        let error = failure { () throws(ElasticsearchError) in try body(#"{"inference_config":{"text_embedding":{}}}"#, id: id) }
        #expect(error?.cause.type == "action_request_validation_exception")
    }
}
