import JSON
import Query
import Testing

@testable import ElasticsearchAPI

@Suite struct NestedQueryTests {
    @Test func everyMemberIsRead() throws {
        let read = try #require(
            try query(
                #"{"nested":{"path":"o","query":{"match_all":{}},"score_mode":"max","ignore_unmapped":true,"boost":2,"_name":"n","inner_hits":{"name":"i","from":1,"size":2,"sort":["_score",{"o.n":"desc"}],"_source":false,"fields":["o.k"],"docvalue_fields":["o.n"],"version":true,"track_scores":true,"ignore_unmapped":true}}}"#))
        #expect(read.boost == 2 && read.name == "n")
        guard case .nested(let nested) = read.kind else {
            Issue.record("not nested")
            return
        }
        #expect(nested.path == "o" && nested.scoreMode == .max && nested.ignoresUnmapped && nested.query == .matchAll)
        let hits = try #require(nested.innerHits)
        #expect(hits.name == "i" && hits.from == 1 && hits.size == 2 && hits.sort?.clauses.count == 2 && hits.ignoresUnmapped && hits.tracksScores)
        #expect(hits.fetch.source == .none && hits.fetch.version && hits.fetch.fields.map(\.pattern) == ["o.k"])
        #expect(hits.fetch.docValueFields.map(\.pattern) == ["o.n"])
        guard case .nested(let plain) = try query(#"{"nested":{"path":"o","query":{"match_all":{}},"inner_hits":{}}}"#)?.kind else { return }
        #expect(plain.scoreMode == .avg && plain.innerHits == InnerHits() && InnerHits().size == 3)
    }

    @Test(arguments: [
        (#"{"path":"o"}"#, "illegal_argument_exception: [nested] requires 'query' field"),
        (#"{"query":{"match_all":{}}}"#, "illegal_argument_exception: [nested] requires 'path' field"),
        (#"{"path":"o","query":{"match_all":{}},"score_mode":"x"}"#, "illegal_argument_exception: No score mode for child query [x] found"),
        (#"{"path":"o","query":{"match_all":{}},"inner_hits":{"size":-1}}"#, "illegal_argument_exception: illegal size value, at least 0 or higher"),
    ])
    func whatIsWrongIsTold(_ body: String, _ summary: String) {
        #expect(failure { () throws(ElasticsearchError) in try query(#"{"nested":\#(body)}"#) }?.summary == summary)
    }

    @Test func innerHitsOfNeighboursStandAtTheTop() throws {
        let found = try search(#"{"knn":{"field":"o.v","query_vector":[1],"k":1,"num_candidates":1,"inner_hits":{"size":7}}}"#)
        #expect(found.knn.first?.innerHits?.size == 7)
        let refused = failure { () throws(ElasticsearchError) in
            try query(#"{"knn":{"field":"o.v","query_vector":[1],"inner_hits":{}}}"#)
        }
        #expect(refused?.summary.contains("[knn] unknown field [inner_hits]") == true)
    }

    @Test func sortsByNestedFieldsAreRead() throws {
        let found = try search(
            #"{"sort":[{"o.p.n":{"nested":{"path":"o","filter":{"term":{"o.k":"a"}},"max_children":3,"nested":{"path":"o.p"}}}}]}"#)
        guard case .field(let field)? = found.sort?.clauses.first?.key, let nested = field.nested else {
            Issue.record("no nested sort")
            return
        }
        #expect(nested.levels.map(\.path) == ["o", "o.p"] && nested.maximumChildren == 3)
        #expect(nested.levels[0].filter == Query(.term(TermQuery(field: "o.k", value: .string("a")))) && nested.levels[1].filter == nil)
    }
}
