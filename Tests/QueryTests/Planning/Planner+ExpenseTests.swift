import JSON
import Mapping
import Query
import Testing

struct PlannerExpenseTests {
    private func planner(allows: Bool) throws -> Planner {
        let mapping = try Mapping(
            decoding: JSONDocument(
                parsing: #"{"properties":{"k":{"type":"keyword"},"n":{"type":"long"},"o":{"type":"nested","properties":{"x":{"type":"long"}}}}}"#
            ).root)
        var planner = Planner(mapping: mapping, now: 0)
        planner.allowsExpensiveQueries = allows
        return planner
    }

    @Test func expensiveQueriesAreForbidden() throws {
        let range = RangeQuery(field: "k", lower: .init(.string("a"), isInclusive: true))
        let expensive: [Query.Kind] = [
            .pattern(PatternQuery(field: "k", text: "a", kind: .prefix)), .pattern(PatternQuery(field: "k", text: "a*", kind: .wildcard)),
            .fuzzy(FuzzyTermQuery(field: "k", value: .string("a"))), .range(range), .nested(NestedQuery(path: "o", query: .matchAll)),
        ]
        for kind in expensive {
            let query = Query(.bool(BoolQuery(filter: [Query(kind)])))
            _ = try planner(allows: true).plan(query)
            #expect(throws: PlanningError.self) { try planner(allows: false).plan(query) }
        }
        let cheap: [Query.Kind] = [
            .matchAll, .term(TermQuery(field: "k", value: .string("a"))),
            .range(RangeQuery(field: "n", lower: .init(.integer(1), isInclusive: true))),
        ]
        for kind in cheap { #expect(try planner(allows: false).plan(Query(kind)) == planner(allows: true).plan(Query(kind))) }
    }

    /// What other queries make of their words.
    @Test func expensiveQueriesWithinOthersAreForbidden() throws {
        var fuzzy = MatchQuery(field: "k", text: .string("word"))
        fuzzy.options.fuzziness = .automatic
        var expensive: [Query.Kind] = [.match(fuzzy)]
        for text in ["k:wo*", "k:w?rd", "k:/w.*/", "k:word~1", "k:[a TO b]"] {
            expensive.append(.queryString(QueryStringQuery(text: text)))
        }
        for kind in expensive {
            _ = try planner(allows: true).plan(Query(kind))
            #expect(throws: PlanningError.self, "\(kind)") { try planner(allows: false).plan(Query(kind)) }
        }
        // All fields are asked leniently: those that may not be asked have nothing.
        #expect(try planner(allows: false).plan(Query(.queryString(QueryStringQuery(text: "wo*")))) == .matchNone)
        #expect(try planner(allows: false).plan(Query(.pattern(PatternQuery(field: "none", text: "a", kind: .prefix)))) == .matchNone)
    }

    @Test func theSettingIsNamed() throws {
        #expect(throws: PlanningError.expensiveQuery("[wildcard] queries", hint: "")) {
            try planner(allows: false).plan(Query(.pattern(PatternQuery(field: "k", text: "a*", kind: .wildcard))))
        }
    }
}
