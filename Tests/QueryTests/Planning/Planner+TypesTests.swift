import FieldIndex
import JSON
import Mapping
import Query
import Testing

/// What queries on types of files of their own, and on aliases, come to.
struct PlannerTypesTests {
    private func planner() throws -> Planner {
        Planner(
            mapping: try Mapping(
                decoding: JSONDocument(
                    parsing: """
                        {"properties":{"c":{"type":"constant_keyword","value":"bar"},"e":{"type":"constant_keyword"},"f":{"type":"flattened"},
                         "w":{"type":"wildcard"},"m":{"type":"match_only_text"},"s":{"type":"search_as_you_type"},"v":{"type":"version"},
                         "r":{"type":"rank_feature","positive_score_impact":false},"b":{"type":"binary"},"k":{"type":"keyword"},
                         "a":{"type":"alias","path":"k"},"ip":{"type":"ip"},"n":{"type":"date_nanos"},"t":{"type":"text"}}}
                        """
                ).root), now: 0)
    }

    private func plan(_ kind: Query.Kind) throws -> QueryPlan { try planner().plan(Query(kind)) }

    private func failure(_ kind: Query.Kind) -> PlanningError? {
        do {
            _ = try plan(kind)
            return nil
        } catch {
            return error as? PlanningError
        }
    }

    @Test func constantsAreKnownBeforeShardsAreAsked() throws {
        #expect(try plan(.term(TermQuery(field: "c", value: .string("bar")))) == .matchAll)
        #expect(try plan(.term(TermQuery(field: "c", value: .string("baz")))) == .matchNone)
        #expect(try plan(.exists(field: "c")) == .matchAll && plan(.exists(field: "e")) == .matchNone)
        #expect(try plan(.pattern(PatternQuery(field: "c", text: "*r", kind: .wildcard))) == .matchAll)
        #expect(try plan(.pattern(PatternQuery(field: "c", text: "x", kind: .prefix))) == .matchNone)
        var range = RangeQuery(field: "c")
        range.upper = .init(.string("bar"), isInclusive: false)
        #expect(try plan(.range(range)) == .matchNone)
    }

    @Test func aliasesAreLookedUpUnderTheirTargets() throws {
        let expected = QueryPlan.term(field: "k", value: .term("x"), scoring: .bm25)
        #expect(try plan(.term(TermQuery(field: "a", value: .string("x")))) == expected)
        #expect(try plan(.match(MatchQuery(field: "a", text: .string("x")))) == expected)
        #expect(try plan(.exists(field: "a")) == .exists(fields: ["k"]))
        #expect(try plan(.terms(TermsQuery(field: "a", values: [.string("x")]))) == .terms(field: "k", values: [.term("x")]))
        let search = Search(sort: Sort([.init(.field(FieldSort(name: "a")), .ascending)]))
        #expect(try planner().plan(search).order.keys.map(\.field) == ["k"])
    }

    @Test func keysOfFlattenedFields() throws {
        #expect(try plan(.term(TermQuery(field: "f.a.b", value: .integer(5)))) == .term(field: "f.a.b", value: .term("5"), scoring: .bm25))
        #expect(failure(.pattern(PatternQuery(field: "f.a", text: "x*", kind: .wildcard))) == .malformedValue(field: "f.a", type: "flattened", cause: .patternOfKey("wildcard")))
        #expect(failure(.pattern(PatternQuery(field: "f", text: "x*", kind: .wildcard))) == nil)
    }

    @Test func textsThatAllScoreAlike() throws {
        #expect(
            try plan(.match(MatchQuery(field: "m", text: .string("word"))))
                == .constantScore(.term(field: "m", value: .term("word"), scoring: .bm25)))
        #expect(try plan(.fuzzy(FuzzyTermQuery(field: "m", value: .string("w")))) == .constantScore(.term(field: "m", value: .term("w"), scoring: .bm25)))
    }

    @Test func beginningsAreTerms() throws {
        let expected = QueryPlan.terms(field: "s._index_prefix", values: [.term("brown f")])
        for field in ["s", "s._2gram", "s._3gram"] {
            #expect(try plan(.pattern(PatternQuery(field: field, text: "brown f", kind: .prefix))) == expected)
        }
        let long = String(repeating: "x", count: 21)
        #expect(try plan(.pattern(PatternQuery(field: "s", text: long, kind: .prefix))) == .matchingTerms(field: "s", .prefix(long)))
    }

    @Test func whatIsNotSearched() {
        #expect(failure(.term(TermQuery(field: "b", value: .string("x")))) == .termNotSupported(field: "b", type: "binary"))
        #expect(failure(.term(TermQuery(field: "r", value: .string("x")))) == .termNotSupported(field: "r", type: "rank_feature"))
        #expect(failure(.feature(.rank(RankFeatureQuery(field: "r", function: .log(factor: 2))))) == .logOfNegativeFeature)
        #expect(failure(.feature(.rank(RankFeatureQuery(field: "k")))) == .notAFeature(type: "keyword"))
        #expect(failure(.feature(.distance(DistanceFeatureQuery(field: "k", origin: .value(.integer(1)), pivot: "1d")))) == .distanceNotSupported(type: "keyword"))
        #expect(failure(.feature(.sparse(SparseVectorQuery(field: "k", tokens: [.init("a", weight: 1)])))) == .notASparseVector(field: "k", type: "keyword"))
        #expect(failure(.pattern(PatternQuery(field: "ip", text: "1", kind: .prefix))) == .patternNotSupported(field: "ip", type: "ip", query: "prefix"))
    }

    @Test func docValues() throws {
        let planner = try planner()
        #expect(try planner.docValues([FieldRequest(pattern: "*")]).map(\.name) == ["a", "c", "e", "f", "ip", "k", "n", "v", "w"])
        #expect(try planner.docValues([FieldRequest(pattern: "a")]).map(\.path) == ["k"])
        #expect(throws: PlanningError.textNotAggregatable("t")) { try planner.docValues([FieldRequest(pattern: "t")]) }
        #expect(throws: PlanningError.invalidDateFormat("[")) { try planner.docValues([FieldRequest(pattern: "n", format: "[")]) }
    }
}
