import FieldIndex
import JSON
import Mapping
import Testing
import TestSupport

@testable import Query

@Suite struct PlannerPositionsTests {
    private func planner() throws -> Planner {
        Planner(
            mapping: try Mapping(
                decoding: JSONDocument(parsing: #"{"properties":{"t":{"type":"text"},"k":{"type":"keyword"},"n":{"type":"long"}}}"#).root),
            now: 0)
    }

    @Test func textsBecomeNearTerms() throws {
        let text = PositionQuery(field: "t", part: .text("Red Car", analyzer: nil, slop: nil, isOrdered: false), isIntervals: true)
        #expect(
            try planner().plan(text)
                == .text(.spans(field: "t", .near([.term("red"), .term("car")], slop: nil, isOrdered: false), .saturation)))
        let span = PositionQuery(field: "t", part: .near([.term(.string("a")), .term(.string("b"))], slop: 2, isOrdered: true))
        let plan = try planner().plan(span)
        #expect(plan.notation == "spanNear([t:a, t:b], 2, true)")
        #expect(try planner().plan(PositionQuery(field: "none", part: .term(.string("a")))) == .matchNone)
        #expect(thrownCase { try planner().plan(PositionQuery(field: "n", part: .term(.string("a")))) } == "patternNotSupported")
    }

    @Test func wordsThatSayMost() throws {
        var query = MoreLikeThisQuery()
        query.like = [.text("red red car"), .document(Array(#"{"t":"red bus bus"}"#.utf8), id: "7")]
        query.unlike = [.text("bus")]
        query.fields = ["t"]
        query.minimumTermFrequency = 2
        query.minimumDocumentFrequency = 1
        guard case .text(.moreLike(let plan)) = try planner().plan(query) else {
            Issue.record("another plan")
            return
        }
        #expect(plan.words.map(\.term) == ["red"] && plan.words.map(\.frequency) == [3] && plan.excluded == ["7"])
        #expect(
            plan.query(documents: 10) { _, _ in 3 }
                == .bool(
                    BoolPlan(
                        should: [.term(field: "t", value: .term("red"), scoring: .bm25)], mustNot: [.ids(["7"])], minimumShouldMatch: 1)))
        #expect(plan.query(documents: 10) { _, _ in 0 } == .matchNone)
        query.fields = ["n"]
        #expect(throws: PlanningError.moreLikeNotSupported(field: "n")) { try planner().plan(query) }
    }

    @Test func notations() throws {
        var all = MatchOptions()
        all.needsAll = true
        let planner = try planner()
        func match(_ form: MatchQuery.Form, _ options: MatchOptions = MatchOptions()) -> Query {
            Query(.match(MatchQuery(field: "t", text: .string("a b"), form: form, options: options)))
        }
        let cases: [(Query, String)] = [
            (.matchAll, "*:*"), (match(.terms), "t:a t:b"), (match(.terms, all), "+t:a +t:b"), (match(.phrase(slop: 0)), "t:\"a b\""),
            (match(.phrase(slop: 2)), "t:\"a b\"~2"), (Query(.exists(field: "k")), "ConstantScore(FieldExistsQuery [field=k])"),
            (Query(.term(TermQuery(field: "n", value: .integer(5)))), "n:[5 TO 5]"),
            (Query(.constantScore(filter: match(.terms)), boost: 2), "(ConstantScore(t:a t:b))^2.0"),
            (Query(.disMax([match(.terms), .matchAll], tieBreaker: 0.5)), "((t:a t:b) | *:*)~0.5"),
            (Query(.bool(BoolQuery(must: [match(.terms)], filter: [.matchAll], mustNot: [match(.phrase(slop: 0))]))), "+(t:a t:b) #*:* -t:\"a b\""),
        ]
        for (query, expected) in cases { #expect(try planner.plan(query).notation == expected) }
    }
}
