import JSON
import Query
import Scripts
import Testing

@testable import ElasticsearchAPI

@Suite struct QueryDecoderTests {
    @Test(arguments: [
        (#"{"match_all":{}}"#, Query.matchAll),
        (#"{"match_all":{"boost":2,"_name":"a"}}"#, Query(.matchAll, boost: 2, name: "a")),
        (#"{"match_none":{}}"#, Query(.matchNone)),
        (#"{"term":{"f":"x"}}"#, Query(.term(TermQuery(field: "f", value: .string("x"))))),
        (#"{"term":{"f":1.5}}"#, Query(.term(TermQuery(field: "f", value: .double(1.5))))),
        (
            #"{"term":{"image_id":{"value":true,"boost":1.0}}}"#,
            Query(.term(TermQuery(field: "image_id", value: .boolean(true))))
        ),
        (
            #"{"term":{"f":{"value":7,"case_insensitive":true,"_name":"n","boost":"0.5"}}}"#,
            Query(.term(TermQuery(field: "f", value: .integer(7), isCaseInsensitive: true)), boost: 0.5, name: "n")
        ),
        (
            #"{"terms":{"f":["a",1,18446744073709551615],"boost":3}}"#,
            Query(
                .terms(TermsQuery(field: "f", values: [.string("a"), .integer(1), .unsigned(.max)])), boost: 3)
        ),
        (#"{"terms":{"f":[]}}"#, Query(.terms(TermsQuery(field: "f", values: [])))),
        (
            #"{"range":{"f":{"gte":1,"lt":null}}}"#,
            Query(.range(RangeQuery(field: "f", lower: .init(.integer(1), isInclusive: true))))
        ),
        (
            #"{"range":{"f":{"gt":1,"lte":2,"relation":"INTERSECTS"}}}"#,
            Query(
                .range(
                    RangeQuery(
                        field: "f", lower: .init(.integer(1), isInclusive: false), upper: .init(.integer(2), isInclusive: true))))
        ),
        (
            #"{"range":{"d":{"gt":"2020","lte":"now","format":"yyyy","time_zone":"+01:00"}}}"#,
            Query(
                .range(
                    RangeQuery(
                        field: "d", lower: .init(.string("2020"), isInclusive: false),
                        upper: .init(.string("now"), isInclusive: true), format: "yyyy", timeZone: "+01:00")))
        ),
        (#"{"exists":{"field":"f"}}"#, Query(.exists(field: "f"))),
        (#"{"ids":{"values":["1",2]}}"#, Query(.ids(["1", "2"]))),
        (#"{"ids":{"values":"1"}}"#, Query(.ids(["1"]))),
        (
            #"{"bool":{"must":[{"match_all":{}}],"should":null,"filter":{"exists":{"field":"f"}}}}"#,
            Query(.bool(BoolQuery(must: [.matchAll], filter: [Query(.exists(field: "f"))])))
        ),
        (
            #"{"bool":{"must_not":{"match_none":{}},"should":[{"match_all":{}},{"match_none":{}}],"minimum_should_match":"-1"}}"#,
            Query(
                .bool(
                    BoolQuery(
                        should: [.matchAll, Query(.matchNone)], mustNot: [Query(.matchNone)], minimumShouldMatch: -1)))
        ),
        (#"{"bool":{}}"#, Query(.bool(BoolQuery()))),
        (
            #"{"constant_score":{"filter":{"match_all":{}},"boost":1.2}}"#,
            Query(.constantScore(filter: .matchAll), boost: 1.2)
        ),
        (
            #"{"knn":{"field":"v","query_vector":[1,2.5],"k":10,"num_candidates":20,"filter":[],"similarity":0.5,"_name":"n"}}"#,
            Query(
                .knn(KNNQuery(field: "v", vector: .vector([1, 2.5]), k: 10, candidates: 20, similarity: 0.5)), name: "n")
        ),
        (
            #"{"knn":{"field":"v","query_vector_builder":{"text_embedding":{"model_text":"t"}}}}"#,
            Query(.knn(KNNQuery(field: "v", vector: .text(modelID: nil, text: "t"))))
        ),
        (
            #"{"script_score":{"query":{"match_all":{}},"script":{"source":"cosineSimilarity(params.query_vector, 'f') + 1.0","params":{"query_vector":[1]}}}}"#,
            Query(
                .scriptScore(
                    ScriptScoreQuery(
                        query: .matchAll,
                        script: .inline(
                            Script("cosineSimilarity(params.query_vector, 'f') + 1.0", parameters: ScriptParameters(["query_vector": [1]]))))))
        ),
    ])
    func reads(_ text: String, _ expected: Query) throws {
        #expect(try query(text) == expected)
    }

    @Test(arguments: [
        (#"{}"#, "illegal_argument_exception: query malformed, empty clause found"),
        (#"[]"#, "parsing_exception: [_na] query malformed, must start with start_object"),
        (
            #"{"foo":{}}"#,
            "parsing_exception: unknown query [foo] <- named_object_not_found_exception: unknown field [foo]"
        ),
        (
            #"{"termz":{}}"#,
            "parsing_exception: unknown query [termz] did you mean any of [term, terms]? "
                + "<- named_object_not_found_exception: unknown field [termz]"
        ),
        (#"{"term":"x"}"#, "parsing_exception: [term] query malformed, no start_object after query name"),
        (
            #"{"term":{"f":1},"match_all":{}}"#,
            "parsing_exception: [term] malformed query, expected [END_OBJECT] but found [FIELD_NAME]"
        ),
        (
            #"{"term":{"a":1,"b":2}}"#,
            "parsing_exception: [term] query doesn't support multiple fields, found [a] and [b]"
        ),
        (#"{"term":{"a":[1]}}"#, "parsing_exception: [term] query does not support array of values"),
        (#"{"term":{"a":{"value":1,"x":1}}}"#, "parsing_exception: [term] query does not support [x]"),
        (#"{"term":{"a":null}}"#, "illegal_argument_exception: value cannot be null"),
        (#"{"terms":{"a":[1],"b":[2]}}"#, "parsing_exception: [terms] query does not support multiple fields"),
        (
            #"{"terms":{}}"#,
            "parsing_exception: [terms] query requires a field name, followed by array of terms or a document lookup "
                + "specification"
        ),
        (#"{"terms":{"a":"x"}}"#, "parsing_exception: [terms] unknown token [VALUE_STRING] after [a]"),
        (#"{"range":{"a":1}}"#, "parsing_exception: [range] query does not support [a]"),
        (#"{"range":{"a":{"ge":1}}}"#, "parsing_exception: [range] query does not support [ge]"),
        (#"{"exists":{}}"#, "parsing_exception: [exists] must be provided with a [field]"),
        (
            #"{"bool":{"must":[{"foo":{}}]}}"#,
            "x_content_parse_exception: [1:26] [bool] failed to parse field [must] <- parsing_exception: unknown query [foo] "
                + "<- named_object_not_found_exception: unknown field [foo]"
        ),
        (
            #"{"bool":{"musst":[]}}"#,
            "x_content_parse_exception: [1:19] [bool] unknown field [musst] did you mean any of [must, mustNot]?"
        ),
        (#"{"bool":{"must":1}}"#, "x_content_parse_exception: [1:26] [bool] must doesn't support values of type: VALUE_NUMBER"),
        (#"{"bool":{"minimum_should_match":"many"}}"#, #"number_format_exception: For input string: "many""#),
        (#"{"constant_score":{}}"#, "parsing_exception: [constant_score] requires a 'filter' element"),
        (#"{"constant_score":{"filter":[]}}"#, "parsing_exception: unexpected token [START_ARRAY]"),
        (
            #"{"match_all":{"boost":-1}}"#,
            "illegal_argument_exception: negative [boost] are not allowed in [-1.0], use a value between 0 and 1 to deboost"
        ),
        (#"{"knn":{"query_vector":[1]}}"#, "illegal_argument_exception: Required [field]"),
        (
            #"{"script_score":{"query":{"match_all":{}}}}"#, "illegal_argument_exception: Required [script]"
        ),
        (
            #"{"term":{"f":1,"f":2}}"#, "x_content_parse_exception: [1:19] Duplicate field 'f'"
        ),
    ])
    func refuses(_ text: String, _ expected: String) {
        #expect(failure { () throws(ElasticsearchError) in try query(text) }?.summary == expected)
    }

    @Test func limitsDepth() throws {
        let nested = { (depth: Int) in
            String(repeating: #"{"bool":{"must":"#, count: depth) + #"{"match_all":{}}"# + String(repeating: "}}", count: depth)
        }
        #expect(try query(nested(QueryDecoder.maximumDepth - 1)) != nil)
        let error = failure { () throws(ElasticsearchError) in try query(nested(QueryDecoder.maximumDepth)) }
        #expect(error?.summary.contains("exceeds the maximum nested depth") == true)
    }

    @Test func rootCauseIsTheInnermostParseError() throws {
        let error = failure { () throws(ElasticsearchError) in try query(#"{"bool":{"must":[{"foo":{}}]}}"#) }
        #expect(error?.cause.root.type == "parsing_exception")
        #expect(error?.cause.root.extra["line"] == 1)
        #expect(error?.cause.root.extra["col"] == 34)
    }
}
