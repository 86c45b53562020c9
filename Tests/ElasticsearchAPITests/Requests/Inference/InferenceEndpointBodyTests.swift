import Inference
import JSON
import Mapping
import Testing

@testable import ElasticsearchAPI

@Suite struct InferenceEndpointBodyTests {
    private func body(_ text: String, _ task: String? = "text_embedding") throws(ElasticsearchError) -> InferenceEndpointBody {
        try InferenceEndpointBody(body: Array(text.utf8), urlTask: task)
    }

    @Test func whatIsOpenIsFilledIn() throws {
        let endpoint = try body(#"{"service":"clipsearch","service_settings":{"model_id":"m"}}"#, "embedding").endpoint("e", dimensions: 384)
        #expect(
            endpoint.json == [
                "inference_id": "e", "task_type": "embedding", "service": "clipsearch",
                "service_settings": [
                    "model_id": "m", "num_allocations": 1, "num_threads": 1, "dimensions": 384, "similarity": "cosine",
                    "element_type": "float",
                ], "chunking_settings": ["strategy": "sentence", "max_chunk_size": 250, "sentence_overlap": 1],
            ])
        #expect(try body(#"{"task_type":"embedding","service":"elasticsearch","service_settings":{"model_id":"m"}}"#, nil).task == .embedding)
    }

    private static let refusals: [(String, String?, String)] = [
        (#"{}"#, "text_embedding", "status_exception: Model configuration is missing [service]"),
        (#"{"service":"x"}"#, "text_embedding", "status_exception: Unknown service [x]"),
        (#"{"service":"elasticsearch"}"#, "blah", "status_exception: Unknown task_type [blah]"),
        (#"{"service":"elasticsearch"}"#, "rerank", "status_exception: The [elasticsearch] service does not support task type [rerank]"),
        (#"{"service":"elasticsearch"}"#, nil, "status_exception: model is missing required setting [task_type]"),
        (#"{"service":"elasticsearch","task_type":"any"}"#, nil, "status_exception: task_type [any] is not valid type for inference"),
        (
            #"{"service":"elasticsearch","task_type":"embedding"}"#, "text_embedding",
            "status_exception: Cannot resolve conflicting task_type parameter in the request URL [text_embedding] and the request body [embedding]"
        ),
        (
            #"{"service":"elasticsearch","service_settings":{}}"#, "embedding",
            "illegal_argument_exception: Error parsing service settings, model_id must be provided"
        ),
        (
            #"{"service":"elasticsearch","service_settings":{"model_id":"m","num_allocations":0,"num_threads":"x"}}"#, "embedding",
            "validation_exception: Validation Failed: 1: [service_settings] Invalid value [0]. [num_allocations] must be a positive integer;2: field [num_threads] is not of the expected type. The value [x] cannot be converted to a [Integer];"
        ),
        (
            #"{"service":"elasticsearch","service_settings":{"model_id":"m","foo":{"a":1}}}"#, "embedding",
            "status_exception: Configuration contains settings [{foo={a=1}}] unknown to the [elasticsearch] service"
        ),
    ]

    @Test(arguments: refusals)
    func whatMakesNoSenseIsRefused(_ text: String, _ task: String?, _ expected: String) {
        let error = failure { () throws(ElasticsearchError) in try body(text, task) }
        #expect(error?.summary == expected && error?.status == 400)
    }

    @Test(arguments: [
        (#"{"strategy":"none"}"#, #"{"strategy":"none"}"#),
        (#"{"strategy":"word","max_chunk_size":100,"overlap":50}"#, #"{"strategy":"word","max_chunk_size":100,"overlap":50}"#),
        (#"{"strategy":"sentence","max_chunk_size":20}"#, #"{"strategy":"sentence","max_chunk_size":20,"sentence_overlap":1}"#),
        (#"{"strategy":"recursive","max_chunk_size":20}"#, #"{"strategy":"recursive","max_chunk_size":20,"separators":["\n\n","\n"]}"#),
    ])
    func chunkingIsCompleted(_ given: String, _ expected: String) throws {
        let members = try #require(try JSONValue(text: given).object)
        #expect(try JSONValue.object(ChunkingSettings(members).json).text == expected)
    }

    private static let refusedChunking: [(String, String)] = [
        (#"{"max_chunk_size":1}"#, "illegal_argument_exception: Can't generate Chunker without ChunkingStrategy provided"),
        (#"{"strategy":"x"}"#, "illegal_argument_exception: Invalid chunkingStrategy x"),
        (
            #"{"strategy":"word","max_chunk_size":10,"overlap":6}"#,
            "validation_exception: Validation Failed: 1: [chunking_settings] Invalid value [6]. [overlap] must be a less than or equal to [5];"
        ),
        (
            #"{"strategy":"sentence","max_chunk_size":19,"sentence_overlap":2,"overlap":1}"#,
            "validation_exception: Validation Failed: 1: Sentence based chunking settings can not have the following settings: [overlap];2: [chunking_settings] Invalid value [19]. [max_chunk_size] must be a greater than or equal to [20];3: sentence_overlap[2] must be either 0 or 1;"
        ),
        (
            #"{"strategy":"sentence"}"#,
            "validation_exception: Validation Failed: 1: [chunking_settings] does not contain the required setting [max_chunk_size];"
        ),
        (
            #"{"strategy":"recursive","max_chunk_size":20,"separators":["a(?=b)"]}"#,
            "validation_exception: Validation Failed: 1: [chunking_settings] separator [a(?=b)]: Look-around is not supported;"
        ),
        (
            #"{"strategy":"recursive","max_chunk_size":20,"separators":[],"separator_group":"x"}"#,
            "validation_exception: Validation Failed: 1: Recursive chunking settings can not have both separators and separator_group;2: [chunking_settings] Invalid value [x] received. [separator_group] must be one of [markdown, plaintext];"
        ),
    ]

    @Test(arguments: refusedChunking)
    func chunkingThatMakesNoSenseIsRefused(_ given: String, _ expected: String) throws {
        let members = try #require(try JSONValue(text: given).object)
        let fault = #expect(throws: ChunkingFault.self) { try ChunkingSettings(members) }
        #expect(ElasticsearchError(try #require(fault)).summary == expected)
    }

    @Test func updatesChangeWhatMayChange() throws {
        let endpoint = try body(#"{"service":"elasticsearch","service_settings":{"model_id":"m"}}"#).endpoint("e", dimensions: 3)
        func update(_ text: String, _ task: String? = "text_embedding") throws(ElasticsearchError) -> InferenceUpdateBody {
            try InferenceUpdateBody(body: Array(text.utf8), urlTask: task, of: endpoint)
        }
        let changed = try update(#"{"service_settings":{"num_allocations":2},"task_settings":{"a":1}}"#).applied(to: endpoint)
        #expect(changed.json["service_settings"]?["num_allocations"] == 2 && changed.json["task_settings"]?["a"] == 1)
        #expect(changed.modelID == "m" && changed.dimensions == 3)
        for (text, task, reason) in [
            ("{}", "text_embedding", "Request body is empty"),
            (#"{"service":"x"}"#, "text_embedding", "Request contained fields which cannot be updated, remove these fields and try again [service]"),
            (#"{"task_settings":{}}"#, "embedding", "Task type must match the task type of the existing endpoint"),
            (#"{"service_settings":{"model_id":"x"}}"#, "text_embedding", "[model_id] of [service_settings] cannot be changed: make another inference endpoint"),
        ] {
            #expect(failure { () throws(ElasticsearchError) in try update(text, task) }?.cause.reason == reason)
        }
    }
}
