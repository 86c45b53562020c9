import JSON
import Query
import Testing

@testable import ElasticsearchAPI

@Suite struct RetrieverDecoderTests {
    private func retriever(_ text: String, _ rest: String = "") throws(ElasticsearchError) -> Retriever? {
        try search(#"{"retriever":\#(text)\#(rest)}"#).retriever
    }

    private static let knn = #"{"knn":{"field":"v","query_vector":[1],"k":2,"num_candidates":3}}"#
    private static let all = #"{"standard":{"query":{"match_all":{}}}}"#

    @Test func leavesBecomeTheSearchItself() throws {
        let found = try search(
            #"{"retriever":{"standard":{"query":{"match_all":{}},"filter":{"ids":{"values":["1"]}},"sort":["a"],"search_after":[1],"terminate_after":5,"min_score":2,"collapse":{"field":"k"},"_name":"n"}}}"#)
        #expect(found.retriever == nil && found.minimumScore == 2 && found.terminateAfter == 5)
        #expect(found.collapse?.field == "k" && found.searchAfter == [.value(.integer(1))] && found.sort?.clauses.count == 1)
        #expect(found.query == Query(.bool(BoolQuery(must: [.matchAll], filter: [Query(.ids(["1"]))])), name: "n"))
        let nearest = try search(
            #"{"retriever":{"knn":{"field":"v","query_vector":[1,2],"k":2,"num_candidates":3,"similarity":0.5,"filter":[{"match_all":{}}],"rescore_vector":{"oversample":2},"_name":"n","min_score":1}}}"#)
        #expect(nearest.knn.first?.knn.k == 2 && nearest.knn.first?.knn.oversample == 2 && nearest.knn.first?.name == "n")
        #expect(nearest.knn.first?.knn.filter == [.matchAll] && nearest.minimumScore == 1 && nearest.size == 10)
    }

    @Test func compounds() throws {
        let rrf = try #require(try retriever(#"{"rrf":{"retrievers":[\#(Self.knn),\#(Self.all)],"rank_constant":7,"rank_window_size":20,"filter":{"match_all":{}},"_name":"n","min_score":0.5}}"#))
        #expect(rrf.window == 20 && rrf.children.count == 2 && rrf.name == "n" && rrf.minimumScore == 0.5 && rrf.filter.count == 1)
        guard case .fused(let fused) = rrf.kind else { return }
        #expect(fused.method == .rrf(constant: 7) && fused.children.map(\.weight) == [1, 1])
        let linear = try #require(try retriever(#"{"linear":{"retrievers":[{"retriever":\#(Self.knn),"weight":2.5,"normalizer":"minmax"},{"retriever":\#(Self.all)}]}}"#))
        guard case .fused(let sum) = linear.kind else { return }
        #expect(sum.method == .linear && sum.children.map(\.weight) == [2.5, 1] && sum.children.map(\.normalizer) == [.minmax, .none])
        let weighted = try #require(try retriever(#"{"rrf":{"retrievers":[{"retriever":\#(Self.knn),"weight":2},\#(Self.all)]}}"#))
        guard case .fused(let later) = weighted.kind else { return }
        #expect(later.children.map(\.weight) == [2, 1])
        let fields = try #require(try retriever(#"{"linear":{"fields":["a^2","b"],"query":"x","normalizer":"l2_norm"}}"#))
        guard case .fused(let simple) = fields.kind else { return }
        #expect(simple.fields == .init(fields: [WeightedField("a", weight: 2), WeightedField("b")], text: "x", normalizer: .euclidean))
        let pinned = try #require(try retriever(#"{"pinned":{"docs":[{"_index":"i","_id":"1"},{"_id":2}],"retriever":\#(Self.all),"rank_window_size":11}}"#))
        guard case .pinned(let first) = pinned.kind else { return }
        #expect(first.documents == [.init(index: "i", id: "1"), .init(id: "2")] && pinned.window == 11)
        let rescorer = try #require(try retriever(#"{"rescorer":{"retriever":\#(Self.all),"rescore":{"window_size":12,"query":{"rescore_query":{"match_all":{}}}}}}"#))
        #expect(rescorer.window == 12)
    }

    @Test func theSizeIsTheWindowUnlessItIsGiven() throws {
        let text = #"{"retriever":{"rrf":{"retrievers":[\#(Self.all)],"rank_window_size":20}}"#
        #expect(try search(text + "}").size == 20)
        #expect(try search(text + #","size":3}"#).size == 3)
    }

    private static let refusals: [(String, String)] = [
        (#"[]"#, "parsing_exception: retriever malformed, must start with start_object"),
        (#"{}"#, "parsing_exception: retriever malformed, empty clause found"),
        (#"{"rrf":1}"#, "parsing_exception: [rrf] retriever malformed, no start_object after retriever name"),
        (#"{"rff":{}}"#, "parsing_exception: unknown retriever [rff] did you mean [rrf]? <- named_object_not_found_exception: unknown field [rff]"),
        (#"{"standard":{},"knn":{}}"#, "parsing_exception: [standard] malformed retriever, expected [END_OBJECT] but found [FIELD_NAME]"),
        (#"{"standard":{"x":1}}"#, "x_content_parse_exception: [1:27] [standard] unknown field [x]"),
        (#"{"knn":{"field":"v","query_vector":[1]}}"#, "illegal_argument_exception: Required [k, num_candidates]"),
        (#"{"knn":{"field":"v","query_vector":[1],"k":5,"num_candidates":2}}"#, "illegal_argument_exception: [num_candidates] cannot be less than [k]"),
        (#"{"linear":{"retrievers":[{"retriever":{"standard":{}},"weight":-1}]}}"#,
            "x_content_parse_exception: [1:25] [linear] failed to parse field [retrievers] <- illegal_argument_exception: [weight] must be non-negative"),
        (#"{"linear":{"retrievers":[{"retriever":{"standard":{}},"normalizer":"x"}]}}"#,
            "x_content_parse_exception: [1:25] [linear] failed to parse field [retrievers] <- illegal_argument_exception: Unknown normalizer [x]"),
        (#"{"rrf":{"rank_constant":0,"retrievers":[]}}"#, "illegal_argument_exception: [rank_constant] must be greater or equal to [1] for [rrf]"),
        (#"{"rrf":{"fields":["a^-1"],"query":"x"}}"#, "illegal_argument_exception: [rrf] per-field weights must be non-negative"),
        (#"{"pinned":{"retriever":{"standard":{}}}}"#,
            "parsing_exception: Either 'ids' or 'docs' must be provided and non-empty for pinned retriever <- illegal_argument_exception: Either 'ids' or 'docs' must be provided and non-empty for pinned retriever"),
        (#"{"text_similarity_reranker":{"inference_id":"m"}}"#, "resource_not_found_exception: Inference endpoint not found [m]"),
        (#"{"rule":{"ruleset_ids":["r"]}}"#, "resource_not_found_exception: query ruleset r not found"),
    ]

    @Test(arguments: refusals)
    func refused(_ text: String, _ summary: String) {
        let found = failure { () throws(ElasticsearchError) in try retriever(text) }
        #expect(found?.summary.contains(summary.split(separator: "[1:25] ").last ?? "") == true, "\(found?.summary ?? "")")
        #expect(found?.status == (summary.hasPrefix("resource") ? 404 : 400))
    }

    private static let violations: [(String, String, [String: String], String)] = [
        ("rrf", #","size":3"#, [:], "[rrf] requires [rank_window_size: 2] be greater than or equal to [size: 3]"),
        ("rrf", #","query":{"match_all":{}},"sort":["a"]"#, [:], "cannot specify [retriever] and [query, sort]"),
        ("rrf", "", ["scroll": "1m"], "cannot specify [rrf] and [scroll]"),
        ("rrf", "", ["allow_partial_search_results": "true"], "cannot specify [rrf] and [allow_partial_search_results]"),
        ("rrf", #","rescore":{"query":{"rescore_query":{"match_all":{}}}}"#, [:], "cannot specify [retriever] and [rescore]"),
    ]

    @Test(arguments: violations)
    func whatMayNotStandTogether(_ name: String, _ rest: String, _ parameters: [String: String], _ expected: String) {
        let text = #"{"retriever":{"rrf":{"retrievers":[\#(Self.all)],"rank_window_size":2}}\#(rest)}"#
        let found = failure { () throws(ElasticsearchError) in try search(text, parameters) }
        #expect(found?.cause.type == "action_request_validation_exception" && found?.cause.reason?.contains(expected) == true)
    }

    @Test(arguments: [
        (#"{}"#, "[rrf] must provide [retrievers] or [query]"),
        (#"{"fields":["a"]}"#, "[rrf] [query] must be provided when [fields] is specified"),
        (#"{"fields":["a"],"query":""}"#, "[rrf] [query] cannot be empty"),
        (#"{"fields":[],"query":"x"}"#, "[rrf] [fields] cannot be empty"),
        (#"{"query":"x","retrievers":[{"standard":{}}]}"#, "[rrf] cannot combine [retrievers] and [query]"),
        (#"{"retrievers":[{"rrf":{"retrievers":[{"standard":{}}],"rank_window_size":3}}]}"#,
            "[rrf] requires [rank_window_size: 10] to be smaller than or equal to its sub retriever's rrf [rank_window_size: 3]"),
    ])
    func ofFusedRetrievers(_ body: String, _ expected: String) {
        let found = failure { () throws(ElasticsearchError) in try retriever(#"{"rrf":\#(body)}"#) }
        #expect(found?.cause.reason?.contains(expected) == true, "\(found?.summary ?? "")")
    }

    @Test func retrieversAreNotNestedWithoutEnd() {
        let text = String(repeating: #"{"rrf":{"retrievers":["#, count: 40) + Self.all + String(repeating: "]}}", count: 40)
        #expect(failure { () throws(ElasticsearchError) in try retriever(text) }?.status == 400)
    }
}
