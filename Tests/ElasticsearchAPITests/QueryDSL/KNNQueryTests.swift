import JSON
import Query
import Testing

@testable import ElasticsearchAPI

@Suite struct KNNQueryTests {
    private static let built = "x_content_parse_exception: Failed to build [knn] after last required field arrived <- "

    @Test(arguments: [
        (#""query_vector":[1],"k":0"#, "[k] must be greater than 0"),
        (#""query_vector":[1],"k":5,"num_candidates":4"#, "[num_candidates] cannot be less than [k]"),
        (#""query_vector":[1],"num_candidates":10001"#, "[num_candidates] cannot exceed [10000]"),
        (#""k":1"#, "either [query_vector] or [query_vector_builder] must be provided"),
        (
            #""query_vector":[1],"query_vector_builder":{"text_embedding":{"model_text":"x"}}"#,
            "only one of [query_vector] and [query_vector_builder] must be provided"
        ),
    ])
    func queryBounds(_ members: String, _ reason: String) {
        let error = failure { () throws(ElasticsearchError) in try query(#"{"knn":{"field":"v",\#(members)}}"#) }
        #expect(error?.status == 400)
        #expect(error?.summary == Self.built + "illegal_argument_exception: " + reason)
    }

    @Test(arguments: [
        (#""query_vector":[1],"k":0"#, "[k] must be greater than 0"),
        (#""query_vector":[1],"k":5,"num_candidates":4"#, "[num_candidates] cannot be less than [k]"),
        (#""query_vector":[1],"num_candidates":5"#, "[num_candidates] cannot be less than [k]"),
        (#""query_vector":[1],"num_candidates":10001"#, "[num_candidates] cannot exceed [10000]"),
        (#""k":1"#, "either [query_vector_builder] or [query_vector] must be provided"),
        (
            #""query_vector":[1],"query_vector_builder":{"text_embedding":{"model_text":"x"}}"#,
            "cannot provide both [query_vector_builder] and [query_vector]"
        ),
    ])
    func topLevelBounds(_ members: String, _ reason: String) {
        let error = failure { () throws(ElasticsearchError) in try search(#"{"knn":{"field":"v",\#(members)}}"#) }
        #expect(error?.summary == "illegal_argument_exception: " + reason)
    }

    @Test(arguments: [
        (
            #""query_vector":["a"]"#,
            "x_content_parse_exception: [1:36] [knn] failed to parse field [query_vector] <- "
                + "parsing_exception: Type [VALUE_STRING] not supported for query vector"
        ),
        (
            #""query_vector":{}"#,
            "x_content_parse_exception: [1:36] [knn] failed to parse field [query_vector] <- "
                + "parsing_exception: Unknown type [START_OBJECT] for parsing vector"
        ),
        (#""query_vctor":[1]"#, "x_content_parse_exception: [1:21] [knn] unknown field [query_vctor] did you mean any of [query_vector, query_vector_builder]?"),
        (#""filter":null"#, "x_content_parse_exception: [1:30] [knn] filter doesn't support values of type: VALUE_NULL"),
        (
            #""query_vector_builder":{"lookap":{}}"#,
            "x_content_parse_exception: [1:44] [knn] failed to parse field [query_vector_builder] <- "
                + "x_content_parse_exception: [1:45] [query_vector_builder] unknown field [lookap] did you mean [lookup]?"
        ),
        (
            #""query_vector":[1e39]"#,
            "x_content_parse_exception: [1:36] [knn] failed to parse field [query_vector] <- illegal_argument_exception: "
                + "element_type [float] vectors do not support infinite values but found [Infinity] at dim [0]; "
                + "Preview of invalid vector: [inf]"
        ),
    ])
    func topLevelShape(_ members: String, _ expected: String) {
        let error = failure { () throws(ElasticsearchError) in try search(#"{"knn":{"field":"v",\#(members)}}"#) }
        #expect(error?.summary == expected)
    }

    @Test func topLevelDefaults() throws {
        let found = try search(#"{"knn":{"field":"v","query_vector":[1]},"size":7}"#)
        #expect(found.knn == [.init(KNNQuery(field: "v", vector: .vector([1]), k: 7, candidates: 11))])
        #expect(found.query == nil)
    }

    @Test func arrayOfClauses() throws {
        let found = try search(
            #"{"knn":[{"field":"v","query_vector":[1],"boost":2,"_name":"a"},{"field":"w","query_vector":[2],"filter":{"match_none":{}}}]}"#)
        #expect(found.knn.map(\.boost) == [2, 1])
        #expect(found.knn.map(\.name) == ["a", nil])
        #expect(found.knn[1].knn.filter == [Query(.matchNone)])
    }

    @Test func oversamplingIsCarried() throws {
        let found = try search(
            #"{"knn":{"field":"v","query_vector":[1],"k":10,"num_candidates":20,"rescore_vector":{"oversample":3}}}"#)
        #expect(found.knn.first?.knn.candidates == 20 && found.knn.first?.knn.oversample == 3)
        let query = try search(
            #"{"query":{"knn":{"field":"v","query_vector":[1],"k":10,"rescore_vector":{"oversample":0}}}}"#)
        guard case .knn(let knn) = query.query?.kind else { return #expect(Bool(false)) }
        #expect(knn.oversample == 0)
    }

    @Test(arguments: [(#""7f80""#, QueryVector.encoded("7f80")), ("2.5", .vector([2.5])), ("[1,2]", .vector([1, 2]))])
    func formsOfAVector(json: String, expected: QueryVector) throws {
        #expect(try search(#"{"knn":{"field":"v","query_vector":\#(json)}}"#).knn.first?.knn.vector == expected)
    }

    @Test func oversampleRange() {
        let error = failure { () throws(ElasticsearchError) in
            try search(#"{"knn":{"field":"v","query_vector":[1],"rescore_vector":{"oversample":0.5}}}"#)
        }
        #expect(error?.summary.hasSuffix("[oversample] must be >= 1.0 or exactly 0.0") == true)
    }
}
