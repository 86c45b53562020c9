import JSON
import Query
import Testing

@testable import ElasticsearchAPI

@Suite struct SearchRefinementsTests {
    @Test func membersAreRead() throws {
        let found = try search(
            #"{"post_filter":{"match_all":{}},"terminate_after":5,"indices_boost":[{"a":2},{"b*":0.5}],"stats":["g"],"ext":{},"collapse":{"field":"k","max_concurrent_group_searches":2,"inner_hits":[{"name":"x","from":1,"size":2,"sort":["s"],"_source":false,"fields":["f"],"version":true,"collapse":{"field":"c"}}]}}"#)
        #expect(found.postFilter == .matchAll && found.terminateAfter == 5)
        #expect(found.indexBoosts == [.init("a", boost: 2), .init("b*", boost: 0.5)])
        let inner = try #require(found.collapse?.innerHits.first)
        #expect(found.collapse?.field == "k" && inner.name == "x" && inner.from == 1 && inner.size == 2)
        #expect(inner.fetch.source == .none && inner.fetch.fields.map(\.pattern) == ["f"] && inner.fetch.version)
        #expect(inner.collapseField == "c" && inner.sort?.clauses.count == 1)
        #expect(try search(#"{"indices_boost":{"a":2}}"#).indexBoosts == [.init("a", boost: 2)])
        #expect(try search(#"{"terminate_after":0}"#).terminateAfter == nil)
        #expect(try search("{}", ["terminate_after": "3"]).terminateAfter == 3)
    }

    @Test func rescorersAreRead() throws {
        let found = try search(
            #"{"rescore":[{"window_size":50,"query":{"rescore_query":{"match_all":{}},"query_weight":0.5,"rescore_query_weight":2,"score_mode":"Multiply"}},{"script":{"script":{"source":"1"}}}]}"#)
        #expect(found.rescorers.map(\.window) == [50, 10])
        guard case .query(let rescore) = found.rescorers.first?.kind else { return }
        #expect(rescore.queryWeight == 0.5 && rescore.rescoreWeight == 2 && rescore.mode == .multiply && rescore.query == .matchAll)
        guard case .script = found.rescorers.last?.kind else {
            Issue.record("no script")
            return
        }
    }

    @Test func rankIsARetriever() throws {
        let found = try search(
            #"{"query":{"match_all":{}},"knn":{"field":"v","query_vector":[1],"k":1,"num_candidates":2},"rank":{"rrf":{"rank_constant":2,"rank_window_size":30}}}"#)
        #expect(found.showsRanks && found.query == nil && found.knn.isEmpty && found.size == 10)
        guard case .fused(let fused) = found.retriever?.kind else { return }
        #expect(fused.method == .rrf(constant: 2) && fused.window == 30 && fused.children.count == 2)
        let several = try search(#"{"sub_searches":[{"query":{"match_all":{}}},{"query":{"match_none":{}}}],"rank":{"rrf":{}}}"#)
        #expect(several.retriever?.children.count == 2)
        #expect(try search(#"{"sub_searches":[{"query":{"match_none":{}}}]}"#).query == Query(.matchNone))
    }

    @Test func aSliceIsAFilter() throws {
        let slice = Query(.slice(Slice(number: 1, count: 3, by: .number(of: "f"))))
        #expect(
            try search(#"{"slice":{"field":"f","id":1,"max":3},"pit":{"id":"x"}}"#).query
                == Query(.bool(BoolQuery(must: [.matchAll], filter: [slice]))))
    }

    private static let refusals: [(String, [String: String], String)] = [
        (#"{"terminate_after":-1}"#, [:], "terminateAfter must be > 0"),
        ("{}", ["terminate_after": "-1"], "terminateAfter must be > 0"),
        (#"{"rescore":{"window_size":3}}"#, [:], "missing rescore type"),
        (#"{"rescore":{"bad":{}}}"#, [:], "unknown field [bad]"),
        (#"{"rescore":{"query":{}}}"#, [:], "Required [rescore_query]"),
        (#"{"rescore":{"query":{"rescore_query":{"match_all":{}},"score_mode":"most"}}}"#, [:], "illegal score_mode [most]"),
        (#"{"collapse":{}}"#, [:], "Required [field]"), (#"{"collapse":{"field":"a","x":1}}"#, [:], "[collapse] unknown field [x]"),
        (#"{"collapse":{"field":"a","max_concurrent_group_searches":0}}"#, [:], "maxConcurrentGroupRequests` must be positive"),
        (#"{"collapse":{"field":"a","inner_hits":{"collapse":{"field":"b","inner_hits":{}}}}}"#, [:], "Invalid token in the inner collapse"),
        (#"{"collapse":{"field":"a"}}"#, ["scroll": "1m"], "cannot use `collapse` in a scroll context"),
        (#"{"rescore":{"query":{"rescore_query":{"match_all":{}}}}}"#, ["scroll": "1m"], "using [rescore] is not allowed in a scroll context"),
        (#"{"slice":{"id":0,"max":2}}"#, [:], "[slice] can only be used with [scroll] or [point-in-time] requests"),
        (#"{"slice":{"id":2,"max":2}}"#, ["scroll": "1m"], "max must be greater than id"),
        (#"{"slice":{"id":0,"max":1}}"#, ["scroll": "1m"], "max must be greater than 1"),
        (#"{"slice":{"id":-1,"max":2}}"#, ["scroll": "1m"], "id must be greater than or equal to 0"),
        (#"{"rank":{"rrf":{}}}"#, [:], "[rank] requires a minimum of [2] result sets using a combination of sub searches and/or knn searches"),
        (#"{"rank":{"rrf":{"rank_window_size":2}},"size":3}"#, [:], "[rank] requires [rank_window_size: 2] be greater than or equal to [size: 3]"),
        (#"{"rank":{"x":{}}}"#, [:], "unknown field [x]"),
        (#"{"sub_searches":[{"query":{"match_all":{}}},{"query":{"match_all":{}}}]}"#, [:], "[sub_searches] requires [rank]"),
        (#"{"ext":{"a":1}}"#, [:], "unknown field [a]"), ("{}", ["batched_reduce_size": "1"], "batchedReduceSize must be >= 2"),
        ("{}", ["pre_filter_shard_size": "0"], "preFilterShardSize must be >= 1"),
        ("{}", ["max_concurrent_shard_requests": "0"], "maxConcurrentShardRequests must be >= 1"),
        ("{}", ["request_cache": "true", "scroll": "1m"], "[request_cache] cannot be used in a scroll context"),
        (#"{"track_total_hits":5}"#, ["rest_total_hits_as_int": "true"],
            "[rest_total_hits_as_int] cannot be used if the tracking of total hits is not accurate, got 5"),
    ]

    @Test(arguments: refusals)
    func refused(_ body: String, _ parameters: [String: String], _ reason: String) {
        let found = failure { () throws(ElasticsearchError) in try search(body, parameters) }
        #expect(found?.status == 400 && found?.summary.contains(reason) == true, "\(found?.summary ?? "")")
    }
}
