import JSON
import Query
import Testing

@testable import ElasticsearchAPI

@Suite struct SearchRequestTests {
    @Test func noBodyMatchesAll() throws {
        #expect(try search(nil) == Search())
        #expect(try search("{}") == Search())
    }

    @Test func articleSearch() throws {
        let found = try search(
            #"{"fields":["image_id","image_name","relative_path"],"knn":{"field":"image_embedding","query_vector":[0.5,-1],"k":5,"num_candidates":10},"_source":false}"#)
        #expect(found.fetch.source == .none)
        #expect(found.fetch.fields.map(\.pattern) == ["image_id", "image_name", "relative_path"])
        #expect(found.knn.first?.knn.k == 5)
        #expect(found.size == 10)
    }

    @Test func urlWinsOverBody() throws {
        let found = try search(
            #"{"_source":true,"size":3,"from":1}"#,
            ["_source_includes": "a,b", "size": "4", "track_total_hits": "false", "version": "true"])
        #expect(found.fetch.source == .filtered(includes: ["a", "b"], excludes: []))
        #expect(found.size == 4)
        #expect(found.from == 1)
        #expect(found.trackTotalHits == .never)
        #expect(found.fetch.version)
    }

    @Test(arguments: [
        (#"true"#, SourceFilter.all), ("false", .none), (#""a.*""#, .filtered(includes: ["a.*"], excludes: [])),
        (#"["a","b"]"#, .filtered(includes: ["a", "b"], excludes: [])),
        (#"{"includes":"a","excludes":["b"]}"#, .filtered(includes: ["a"], excludes: ["b"])),
        (#"{"exclude":["b"],"exclude_vectors":false}"#, .filtered(includes: [], excludes: ["b"])),
    ])
    func sourceForms(_ text: String, _ expected: SourceFilter) throws {
        #expect(try search(#"{"_source":\#(text)}"#).fetch.source == expected)
    }

    @Test(arguments: [
        ("true", Search.TrackTotalHits.exactly), ("false", .never), ("100", .upTo(100)), ("0", .upTo(0)), ("-1", .never),
    ])
    func trackTotalHits(_ text: String, _ expected: Search.TrackTotalHits) throws {
        #expect(try search(#"{"track_total_hits":\#(text)}"#).trackTotalHits == expected)
        #expect(try search(nil, ["track_total_hits": text]).trackTotalHits == expected)
    }

    @Test func fieldsWithFormat() throws {
        let fields = try search(#"{"fields":["a*",{"field":"d","format":"epoch_millis"}]}"#).fetch.fields
        #expect(fields == [FieldRequest(pattern: "a*"), FieldRequest(pattern: "d", format: "epoch_millis")])
    }

    @Test func storedFieldsNone() throws {
        let request = try SearchRequest(
            body: Array(#"{"stored_fields":"_none_","_source":false}"#.utf8), parameters: QueryParameters())
        #expect(request.format.omitsIdentity)
        #expect(request.search.fetch.source == .none)
    }

    @Test(arguments: [
        (#"{"source":["a"]}"#, "parsing_exception: Unknown key for a START_ARRAY in [source]."),
        (#"{"sauce":{}}"#, "parsing_exception: Unknown key for a START_OBJECT in [sauce]."),
        (#"{"explains":true}"#, "parsing_exception: Unknown key for a VALUE_BOOLEAN in [explains]."),
        (#"{"from":-1}"#, "illegal_argument_exception: [from] parameter cannot be negative but was [-1]"),
        (#"{"size":-1}"#, "illegal_argument_exception: [size] parameter cannot be negative, found [-1]"),
        (#"{"size":"x"}"#, #"number_format_exception: For input string: "x""#),
        (#"{"size":99999999999}"#, "illegal_argument_exception: Value [99999999999] is out of range for an integer"),
        (
            #"{"track_total_hits":-2}"#,
            "illegal_argument_exception: [track_total_hits] parameter must be positive or equals to -1, got -2"
        ),
        (
            #"{"timeout":"5"}"#,
            "illegal_argument_exception: failed to parse setting [timeout] with value [5] as a time value: unit is missing "
                + "or unrecognized"
        ),
        (#"[]"#, "parsing_exception: Expected [START_OBJECT] but found [START_ARRAY]"),
        (#"{"version":"maybe"}"#, "illegal_argument_exception: Failed to parse value [maybe] as only [true] or [false] are allowed."),
    ])
    func refuses(_ body: String, _ expected: String) {
        let error = failure { () throws(ElasticsearchError) in try search(body) }
        #expect(error?.summary == expected)
        #expect(error?.status == 400)
    }

    @Test func refusesTextThatIsNotJSON() {
        let error = failure { () throws(ElasticsearchError) in try search(#"{"query":"#) }
        #expect(error?.cause.type == "x_content_parse_exception")
    }

    @Test func searchTypeWithKNN() {
        let error = failure { () throws(ElasticsearchError) in
            try search(#"{"knn":{"field":"v","query_vector":[1]}}"#, ["search_type": "query_then_fetch"])
        }
        #expect(
            error?.summary == "illegal_argument_exception: cannot set [search_type] when using [knn] search, since the search "
                + "type is determined automatically")
    }

    @Test(arguments: [
        (["size": "x"], #"Failed to parse int parameter [size] with value [x]"#),
        (["version": "x"], "Failed to parse value [x] as only [true] or [false] are allowed."),
        (["search_type": "x"], "No search type for [x]"),
    ])
    func refusesParameters(_ parameters: [String: String], _ reason: String) {
        let error = failure { () throws(ElasticsearchError) in try search(nil, parameters) }
        #expect(error?.cause.reason == reason)
    }
}
