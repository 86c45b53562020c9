import Analysis
import Encoders
import Files
import ImagePreprocessing
import Indices
import Inference
import Ingest
import JSON
import Mapping
import MatrixKernels
import Query
import Shards
import Testing
import VectorIndex

@testable import ElasticsearchAPI

@Suite struct ErrorTableTests {
    private struct Unforeseen: Error {}

    @Test(arguments: [
        (IndicesError.indexNotFound("i") as any Error, 404, "index_not_found_exception: no such index [i]"),
        (
            IndicesError.indexAlreadyExists(name: "i", uuid: "u"), 400,
            "resource_already_exists_exception: index [i/u] already exists"
        ),
        (
            IndicesError.invalidIndexName("I", reason: "must be lowercase"), 400,
            "invalid_index_name_exception: Invalid index name [I], must be lowercase"
        ),
        (
            IndicesError.aliasRequired("i"), 404,
            "index_not_found_exception: no such index [i] and [require_alias] request flag is [true] and [i] is not an alias"
        ),
        (
            IndicesError.mapping(.unknownType("t", field: "f"), index: "i"), 400,
            "mapper_parsing_exception: Failed to parse mapping: No handler for type [t] declared on field [f] "
                + "<- mapper_parsing_exception: No handler for type [t] declared on field [f]"
        ),
        (
            MappingError.typeConflict(field: "f", old: "long", new: "keyword"), 400,
            "illegal_argument_exception: mapper [f] cannot be changed from type [long] to [keyword]"
        ),
        (
            MappingError.dimensionsOutOfRange(5000, field: "v"), 400,
            "mapper_parsing_exception: Failed to parse mapping: The number of dimensions should be in the range [1, 4096] but "
                + "was [5000] <- mapper_parsing_exception: The number of dimensions should be in the range [1, 4096] but was "
                + "[5000]"
        ),
        (
            MappingError.dimensionsOutOfRange(4, .bit, field: "v"), 400,
            "mapper_parsing_exception: Failed to parse mapping: The number of dimensions should be in the range [8, 32768] but "
                + "was [4] <- mapper_parsing_exception: The number of dimensions should be in the range [8, 32768] but was [4]"
        ),
        (
            MappingError.unsupportedElementType(.byte, indexType: "int8_hnsw", field: "v"), 400,
            "mapper_parsing_exception: Failed to parse mapping: [element_type] cannot be [byte] when using index type "
                + "[int8_hnsw] <- illegal_argument_exception: [element_type] cannot be [byte] when using index type [int8_hnsw]"
        ),
        (
            MappingError.invalidOversample(.tooSmall, field: "v"), 400,
            "mapper_parsing_exception: Failed to parse mapping: oversample must be greater than 1 or exactly 0 <- "
                + "illegal_argument_exception: oversample must be greater than 1 or exactly 0"
        ),
        (
            IndicesError.document(
                .malformedVector(field: "v", problem: .notAByte(dimension: 1, value: 1.5, preview: [0, 1.5], .byte)),
                id: "1"), 400,
            "document_parsing_exception: failed to parse: element_type [byte] vectors only support non-decimal values but found "
                + "decimal value [1.5] at dim [1]; <- illegal_argument_exception: element_type [byte] vectors only support "
                + "non-decimal values but found decimal value [1.5] at dim [1];"
        ),
        (
            IndicesError.document(
                .malformedVector(field: "v", problem: .notAByte(dimension: 0, value: 128, preview: [128], .bit)), id: "1"),
            400,
            "document_parsing_exception: failed to parse: element_type [bit] vectors only support integers between [-128, 127] "
                + "but found [128] at dim [0]; <- illegal_argument_exception: element_type [bit] vectors only support integers "
                + "between [-128, 127] but found [128] at dim [0];"
        ),
        (
            IndicesError.planning(
                .unusableVector(
                    field: "v", problem: .notAByte(dimension: 0, value: 128, preview: [128], .byte), similarity: .cosine),
                index: "i", uuid: "u"), 400,
            "search_phase_execution_exception: all shards failed <- query_shard_exception: failed to create query: element_type "
                + "[byte] vectors only support integers between [-128, 127] but found [128.0] at dim [0]; Preview of invalid "
                + "vector: [128.0] <- illegal_argument_exception: element_type [byte] vectors only support integers between "
                + "[-128, 127] but found [128.0] at dim [0]; Preview of invalid vector: [128.0]"
        ),
        (
            IndicesError.planning(.vectorNotEncoded(field: "v"), index: "i", uuid: "u"), 400,
            "search_phase_execution_exception: all shards failed <- query_shard_exception: failed to create query: failed to "
                + "parse field [query_vector]: [query_vector] must be a valid base64 or hex string <- illegal_argument_exception: "
                + "failed to parse field [query_vector]: [query_vector] must be a valid base64 or hex string"
        ),
        (
            IndicesError.document(
                .malformedValue(field: "n", type: "long", preview: "x", cause: .notANumber("x")), id: "1"), 400,
            "document_parsing_exception: failed to parse field [n] of type [long] in document with id '1'. Preview of field's "
                + "value: 'x' <- number_format_exception: For input string: \"x\""
        ),
        (
            IndicesError.document(
                .malformedVector(field: "v", problem: .zeroMagnitude(preview: [0, 0, 0, 0, 0])), id: "1"), 400,
            "document_parsing_exception: failed to parse: The [cosine] similarity does not support vectors with zero magnitude. "
                + "Preview of invalid vector: [0.0, 0.0, 0.0, 0.0, 0.0, ...] <- illegal_argument_exception: The [cosine] "
                + "similarity does not support vectors with zero magnitude. Preview of invalid vector: [0.0, 0.0, 0.0, 0.0, 0.0, "
                + "...]"
        ),
        (
            IndicesError.write(.alreadyExists(id: "1", currentVersion: 2), index: "i", uuid: "u"), 409,
            "version_conflict_engine_exception: [1]: version conflict, document already exists (current version [2])"
        ),
        (
            IndicesError.planning(.notAVectorField(field: "f", type: "keyword"), index: "i", uuid: "u"), 400,
            "search_phase_execution_exception: all shards failed <- query_shard_exception: failed to create query: [knn] "
                + "queries are only supported on [dense_vector] fields <- illegal_argument_exception: [knn] queries are only "
                + "supported on [dense_vector] fields"
        ),
        (
            InferenceError.unknownModel(id: "m"), 404, "resource_not_found_exception: Could not find trained model [m]"
        ),
        (
            InferenceError.notDeployed(id: "m"), 409,
            "status_exception: Model [m] must be deployed to use. Please deploy with the start trained model deployment API."
        ),
        (
            IndicesError.file(FileError(.write, path: "/d/index.json.new", code: 28)), 500,
            "i_o_exception: cannot write [/d/index.json.new]: No space left on device"
        ),
        (
            ShardError.file(FileError(.createDirectory, path: "/d/0", code: 13)), 500,
            "i_o_exception: cannot create directory [/d/0]: Permission denied"
        ),
        (
            ShardError.vectors(field: "v", .file(FileError(.map, path: "/d/vectors.f32", code: 12))), 500,
            "i_o_exception: vectors of field [v]: cannot map [/d/vectors.f32]: Cannot allocate memory"
        ),
        (FileError(.open, path: "/x", code: 2), 500, "i_o_exception: cannot open [/x]: No such file or directory"),
        (InferenceError.timedOut(.seconds(10)), 408, "status_exception: timeout [10s] waiting for inference result"),
        (
            InferenceError.image(index: 0, .unknownFormat), 400,
            "illegal_argument_exception: the image is in none of the formats JPEG, PNG, WebP and GIF"
        ),
        (
            DataURIError.notBase64DataURI, 400,
            "illegal_argument_exception: base64 inputs must be specified as data URIs with the format "
                + "[data:{MIME-type};base64,...]"
        ),
        (
            MappingError.unknownAnalyzer("a", field: "f"), 400,
            "mapper_parsing_exception: Failed to parse mapping: analyzer [a] has not been configured in mappings <- "
                + "illegal_argument_exception: analyzer [a] has not been configured in mappings"
        ),
        (
            MappingError.unknownNormalizer("n", field: "f"), 400,
            "mapper_parsing_exception: Failed to parse mapping: normalizer [n] not found for field [f] <- "
                + "mapper_parsing_exception: normalizer [n] not found for field [f]"
        ),
        (
            IndicesError.analysis(.unknownComponent(.tokenizer, name: "t", of: .analyzer, owner: "a")), 400,
            "illegal_argument_exception: Custom Analyzer [a] failed to find tokenizer under name [t]"
        ),
        (
            AnalysisError.unknownType(.filter, type: "t", name: "f"), 400,
            "illegal_argument_exception: Unknown filter type [t] for [f]"
        ),
        (
            AnalysisError.invalidSynonymRule(line: 2, reason: "r"), 400,
            "illegal_argument_exception: failed to build synonyms <- parse_exception: Invalid synonym rule at line 2 <- "
                + "illegal_argument_exception: r"
        ),
        (
            AnalysisError.notFound(.charFilter, name: "c", isGlobal: true), 400,
            "illegal_argument_exception: failed to find global char_filter under [c]"
        ),
        (
            IndicesError.analyzeRequest(.invalid(["text is missing"])), 400,
            "action_request_validation_exception: Validation Failed: 1: text is missing;"
        ),
        (
            IndicesError.analyzeRequest(.unknownAnalyzer("a", isGlobal: true)), 400,
            "illegal_argument_exception: failed to find global analyzer [a]"
        ),
        (
            IndicesError.analyzeRequest(.tooManyTokens(limit: 2)), 500,
            "illegal_state_exception: The number of tokens produced by calling _analyze has exceeded the allowed maximum of [2]. This "
                + "limit can be set by changing the [index.analyze.max_token_count] index level setting."
        ),
        (
            IndicesError.document(.malformedJSON(.tooDeep(limit: 9)), id: "1"), 400,
            "document_parsing_exception: failed to parse <- x_content_parse_exception: Document nesting depth exceeds the "
                + "maximum allowed (9)"
        ),
        (
            IndicesError.planning(
                .unusableVector(field: "v", problem: .zeroMagnitude(preview: [0, 0]), similarity: .cosine), index: "i",
                uuid: "u"), 400,
            "search_phase_execution_exception: all shards failed <- query_shard_exception: failed to create query: The "
                + "[cosine] similarity does not support vectors with zero magnitude. Preview of invalid vector: [0.0, 0.0] <- "
                + "illegal_argument_exception: The [cosine] similarity does not support vectors with zero magnitude. Preview of "
                + "invalid vector: [0.0, 0.0]"
        ),
        (
            ShardError.vectors(field: "v", .zeroMagnitude), 400,
            "illegal_argument_exception: vectors of field [v]: The [cosine] similarity does not support vectors with zero "
                + "magnitude."
        ),
        (
            ShardError.vectors(field: "v", .damagedFile(path: "p", .damagedRow(ordinal: 3))), 500,
            "corrupt_index_exception: vectors of field [v]: [p] is damaged: the row of document [3] is not what was written"
        ),
        (
            InferenceError.loadingFailed(id: "m", .encoder(.weights(.missing(file: "f", tensor: "t")))), 500,
            "status_exception: Could not load model [m]: [f] lacks the tensor [t]"
        ),
        (
            InferenceError.encoder(index: 0, .matrix(.outOfMemory)), 500,
            "status_exception: Error in inference process: [not enough memory]"
        ),
        (
            ShardError.documentWithoutVector(field: "v"), 400,
            "search_phase_execution_exception: all shards failed <- script_exception: runtime error <- "
                + "illegal_argument_exception: A document doesn't have a value for a vector field!"
        ),
        (
            ShardError.negativeScore(-1, document: 3), 400,
            "search_phase_execution_exception: all shards failed <- illegal_argument_exception: script_score script returned an "
                + "invalid score [-1.0] for doc [3]. Must be a non-negative score!"
        ),
        (
            IngestFault.missingProperty("field", processor: "set", tag: nil), 400,
            "parse_exception: [field] required property is missing"
        ),
        (IngestFault.unknownPipeline("p"), 400, "illegal_argument_exception: pipeline with id [p] does not exist"),
        (IngestFault.fail("no"), 500, "fail_processor_exception: no"),
        (
            IndicesError.scriptNotFound("s"), 404,
            "resource_not_found_exception: unable to find script [s] in cluster state"
        ),
    ])
    func maps(_ error: any Error, _ status: Int, _ summary: String) {
        let mapped = ElasticsearchError(error)
        #expect(mapped?.status == status)
        #expect(mapped?.summary == summary)
    }

    @Test func knowsWhatItDoesNotKnow() {
        #expect(ElasticsearchError(Unforeseen()) == nil)
    }
}
