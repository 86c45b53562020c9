import Inference
import Testing

@testable import ElasticsearchAPI

@Suite struct UploadBodyTests {
    private func part(_ number: String, _ body: String) throws(ElasticsearchError) -> DefinitionPart {
        try DefinitionPart(number: number, body: Array(body.utf8))
    }

    @Test func aPart() throws {
        #expect(
            try part("1", #"{"definition":"aGVsbG8=","total_definition_length":10,"total_parts":2}"#)
                == DefinitionPart(number: 1, count: 2, totalLength: 10, bytes: Array("hello".utf8)))
    }

    @Test(arguments: [
        ("x", "{}", "For input string: \"x\""), ("0", "{}", "[definition] must not be null."),
        (
            "0", #"{"definition":"?"}"#, "[1:15] [put_trained_model_part_action] failed to parse field [definition]"
        ),
        (
            "-1", #"{"definition":""}"#,
            "Validation Failed: 1: [part] must be greater or equal to 0;2: [total_parts] must be greater than 0;"
                + "3: [total_definition_length] must be greater than 0;"
        ),
        (
            "2", #"{"definition":"","total_definition_length":1,"total_parts":2}"#,
            "Validation Failed: 1: [part] must be less than total_parts;"
        ),
        (
            "0", #"{"definition":"","total_definition_length":1,"total_parts":10001}"#,
            "Validation Failed: 1: [total_parts] must be less than or equal to 10000;"
        ),
    ])
    func refusesParts(_ number: String, _ body: String, _ reason: String) {
        #expect(failure { () throws(ElasticsearchError) in try part(number, body) }?.cause.reason == reason)
    }

    @Test func aVocabulary() throws {
        let text = #"{"vocabulary":["a","b"],"merges":["a b"],"scores":[0.5,-1]}"#
        #expect(try VocabularyBody(body: Array(text.utf8)).content == Array(text.utf8))
    }

    @Test(arguments: [
        (#"{}"#, "Validation Failed: 1: [vocabulary] must not be empty;"),
        (#"{"vocabulary":["a"],"scores":[1,2]}"#, "Validation Failed: 1: [scores] must have same length as [vocabulary];"),
        (
            #"{"vocabulary":[1]}"#,
            "[1:15] [put_trained_model_vocabulary_action] vocabulary doesn't support values of type: START_ARRAY"
        ),
    ])
    func refusesVocabularies(_ text: String, _ reason: String) {
        let error = failure { () throws(ElasticsearchError) in try VocabularyBody(body: Array(text.utf8)) }
        #expect(error?.cause.reason == reason)
    }
}
