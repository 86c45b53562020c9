import FieldIndex
import JSON
import Mapping
import Testing
import TestSupport

@testable import Query

@Suite struct PlannerTextTests {
    private func plan(_ query: Query) throws -> QueryPlan {
        let mapping = try Mapping(
            decoding: JSONDocument(
                parsing: """
                    {"properties":{"title":{"type":"text","fields":{"raw":{"type":"keyword"}}},"body":{"type":"text"},
                     "tag":{"type":"keyword"},"n":{"type":"long"},"d":{"type":"date"},"place":{"type":"geo_point"},
                     "v":{"type":"dense_vector","dims":2}}}
                    """
            ).root)
        return try Planner(mapping: mapping, now: 1_709_209_815_123).plan(query)
    }

    private func term(_ field: String, _ term: String) -> QueryPlan {
        .term(field: field, value: .term(term), scoring: .bm25)
    }

    private func match(_ field: String, _ text: String, _ form: MatchQuery.Form = .terms, _ change: (inout MatchOptions) -> Void = { _ in }) throws -> QueryPlan {
        var options = MatchOptions()
        change(&options)
        return try plan(Query(.match(MatchQuery(field: field, text: .string(text), form: form, options: options))))
    }

    @Test func wordsOfAField() throws {
        #expect(try match("body", "Red") == term("body", "red"))
        #expect(
            try match("body", "Red car")
                == .bool(BoolPlan(should: [term("body", "red"), term("body", "car")], minimumShouldMatch: 1)))
        #expect(try match("body", "Red car") { $0.needsAll = true } == .bool(BoolPlan(must: [term("body", "red"), term("body", "car")])))
        #expect(
            try match("body", "a b c d") { $0.minimumShouldMatch = MinimumShouldMatch("75%") }
                == .bool(BoolPlan(should: ["a", "b", "c", "d"].map { term("body", $0) }, minimumShouldMatch: 3)))
        #expect(try match("body", "!!") == .matchNone)
        #expect(try match("body", "!!") { $0.matchesAllWithoutTerms = true } == .matchAll)
        #expect(try match("unknown", "a") == .matchNone)
        #expect(try match("tag", "Red car") == term("tag", "Red car"))
        #expect(try match("n", "7") == .term(field: "n", value: .long(7), scoring: .constant))
        #expect(try match("n", "seven") { $0.isLenient = true } == .matchNone)
        #expect(thrownCase { try match("n", "seven") } == "malformedValue.notANumber")
        #expect(try match("_id", "1") == .ids(["1"]))
    }

    @Test func wordsOfWholeValues() throws {
        let properties = """
            {"split":{"type":"keyword","split_queries_on_whitespace":true},"f":{"type":"flattened","split_queries_on_whitespace":true}}
            """
        let mapping = try Mapping(decoding: JSONDocument(parsing: #"{"properties":\#(properties)}"#).root)
        func plan(_ query: Query) throws -> QueryPlan { try Planner(mapping: mapping, now: 0).plan(query) }
        func match(_ field: String, _ text: String, _ form: MatchQuery.Form = .terms, _ change: (inout MatchOptions) -> Void = { _ in }) throws -> QueryPlan {
            var options = MatchOptions()
            change(&options)
            return try plan(Query(.match(MatchQuery(field: field, text: .string(text), form: form, options: options))))
        }
        func any(_ plans: [QueryPlan]) -> QueryPlan { .bool(BoolPlan(should: plans, minimumShouldMatch: 1)) }
        func words(_ field: String) throws -> [QueryPlan] { [try match(field, "Red"), try match(field, "car")] }
        #expect(try match("split", " Red  car ") == any(words("split")))
        #expect(try match("split", "Red car") { $0.needsAll = true } == .bool(BoolPlan(must: words("split"))))
        #expect(try match("split", " Red ") == match("split", "Red"))
        #expect(try match("split", "  ") == .matchNone)
        #expect(try match("f", "Red car") == any(words("f")))
        #expect(try match("f.key", "Red car") == any(words("f.key")))
        #expect(try plan(Query(.term(TermQuery(field: "split", value: .string("Red car"))))) != match("split", "Red car"))
        #expect(throws: PlanningError.self) { try match("split", "Red car", .phrase(slop: 0)) }
    }

    @Test func fuzzyWords() throws {
        #expect(
            try match("body", "coat ab") { $0.fuzziness = .automatic }
                == .bool(
                    BoolPlan(
                        should: [.fuzzy(FuzzyQuery(field: "body", term: "coat", edits: 1)), term("body", "ab")],
                        minimumShouldMatch: 1)))
        #expect(throws: PlanningError.fuzzyNotSupported(field: "n", type: "long")) { try match("n", "7") { $0.fuzziness = .automatic } }
    }

    @Test func phrases() throws {
        #expect(
            try match("body", "New York", .phrase(slop: 1))
                == .phrase(PhraseQuery(field: "body", terms: ["new", "york"], slop: 1)))
        #expect(try match("body", "New", .phrase(slop: 0)) == term("body", "new"))
        #expect(
            try match("body", "New Yo", .phrasePrefix(slop: 0, expansions: 7))
                == .phrasePrefix(PhraseQuery(field: "body", terms: ["new", "yo"]), expansions: 7))
        #expect(
            try match("body", "New Yo", .boolPrefix)
                == .bool(
                    BoolPlan(should: [term("body", "new"), .matchingTerms(field: "body", .prefix("yo"))], minimumShouldMatch: 1)))
        #expect(throws: PlanningError.phraseNotSupported(field: "tag", type: "keyword")) {
            try match("tag", "a", .phrasePrefix(slop: 0, expansions: 50))
        }
    }

    @Test func severalFields() throws {
        func multi(_ fields: [WeightedField], _ kind: MultiMatchQuery.Kind, _ text: String = "red") throws -> QueryPlan {
            try plan(Query(.multiMatch(MultiMatchQuery(fields: fields, text: .string(text), kind: kind))))
        }
        let both = [WeightedField("title", weight: 2), WeightedField("body")]
        #expect(
            try multi(both, .bestFields)
                == .disMax([.boosted(term("title", "red"), by: 2), term("body", "red")], tieBreaker: 0))
        #expect(
            try multi(both, .mostFields)
                == .disMax([.boosted(term("title", "red"), by: 2), term("body", "red")], tieBreaker: 1))
        #expect(
            try multi([WeightedField("title"), WeightedField("body")], .crossFields, "red car")
                == .bool(
                    BoolPlan(
                        should: ["red", "car"].map { word in .disMax([term("title", word), term("body", word)], tieBreaker: 0) },
                        minimumShouldMatch: 1)))
        #expect(try multi([WeightedField("t*")], .bestFields) == .disMax([term("tag", "red"), term("title", "red"), term("title.raw", "red")], tieBreaker: 0))
        // All fields, leniently: the number cannot be "red".
        #expect(
            try multi([], .bestFields)
                == .disMax([term("body", "red"), term("tag", "red"), term("title", "red"), term("title.raw", "red")], tieBreaker: 0))
        #expect(try multi([WeightedField("x")], .bestFields) == .matchNone)
    }

    @Test func queryStrings() throws {
        func string(_ text: String, fields: [WeightedField] = [WeightedField("body")]) throws -> QueryPlan {
            try plan(Query(.queryString(QueryStringQuery(text: text, fields: fields))))
        }
        #expect(try string("red AND tag:x") == .bool(BoolPlan(must: [term("body", "red"), term("tag", "x")])))
        #expect(try string("n:[1 TO 3]") == .range(field: "n", range: .longs(1...3)))
        #expect(try string("Re*") == .matchingTerms(field: "body", .prefix("re")))
        #expect(try string("_exists_:tag") == .exists(fields: ["tag"]) || string("tag:*") == .exists(fields: ["tag"]))
        #expect(try string("tag:*") == .exists(fields: ["tag"]))
        #expect(try string("NOT red") == .bool(BoolPlan(mustNot: [term("body", "red")])))
        #expect(throws: PlanningError.malformedQueryString("(a", position: 2, reason: "[)] is missing")) { try string("(a") }
        #expect(try string("") == .matchNone)
    }

    @Test func patternsAndPlaces() throws {
        #expect(
            try plan(Query(.pattern(PatternQuery(field: "tag", text: "a*", kind: .wildcard, isCaseInsensitive: true))))
                == .matchingTerms(field: "tag", .wildcard("a*", ignoringCase: true)))
        #expect(throws: PlanningError.patternNotSupported(field: "n", type: "long", query: "prefix")) {
            try plan(Query(.pattern(PatternQuery(field: "n", text: "1", kind: .prefix))))
        }
        #expect(thrownCase {
            try plan(Query(.pattern(PatternQuery(field: "tag", text: "a(", kind: .regexp(flags: "ALL", maximumStates: 100)))))
        } == "malformedPattern.malformed")
        let centre = try GeoPoint(latitude: 1, longitude: 2)
        #expect(
            try plan(Query(.geo(GeoQuery(field: "place", shape: .circle(centre: centre, radius: 5)))))
                == .geoCircle(field: "place", GeoCircle(latitude: 1, longitude: 2, radius: 5)))
        #expect(throws: PlanningError.geoFieldNotMapped("x")) {
            try plan(Query(.geo(GeoQuery(field: "x", shape: .circle(centre: centre, radius: 5)))))
        }
        #expect(
            try plan(Query(.geo(GeoQuery(field: "x", shape: .circle(centre: centre, radius: 5), ignoresUnmapped: true)))) == .matchNone)
    }

    @Test func decays() throws {
        let query = Query(
            .functionScore(
                FunctionScoreQuery(
                    query: .matchAll,
                    functions: [
                        .init(kind: .decay(DecayFunction(shape: .gauss, field: "n", origin: .value(.integer(10)), scale: .integer(5)))),
                        .init(kind: .decay(DecayFunction(shape: .exp, field: "d", origin: nil, scale: .string("10d"), offset: .string("1d")))),
                    ])))
        guard case .functionScore(let plan) = try plan(query), case .decay(let number) = plan.functions[0].kind,
            case .decay(let date) = plan.functions[1].kind
        else { throw PlanningError.unknownDecayField("") }
        #expect(number.value(atDistance: 0) == 1 && abs(number.value(atDistance: 5) - 0.5) < 1e-12)
        #expect(date.scale == 864_000_000 && date.value(atDistance: 86_400_000) == 1)
        #expect(abs(date.value(atDistance: 864_000_000 + 86_400_000) - 0.5) < 1e-12)
        let linear = DecayPlan(
            field: "n", distance: .fromNumber(0, .doubles), shape: .linear, scale: 10, offset: 0, decay: 0.5, multiValueMode: .min)
        #expect(linear.value(atDistance: 10) == 0.5 && linear.value(atDistance: 100) == 0)
    }
}
