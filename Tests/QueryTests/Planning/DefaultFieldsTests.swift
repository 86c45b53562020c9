import JSON
import Mapping
import Testing

@testable import Query

/// What an index's settings say of queries that name no field.
@Suite struct DefaultFieldsTests {
    private func plan(_ kind: Query.Kind, _ change: (inout MappingLimits) -> Void = { _ in }) throws -> QueryPlan {
        var mapping = try Mapping(
            decoding: JSONDocument(
                parsing: #"{"properties":{"a":{"type":"text"},"b":{"type":"text"},"k":{"type":"keyword"},"n":{"type":"long"}}}"#).root)
        change(&mapping.environment.limits)
        return try Planner(mapping: mapping, now: 0).plan(Query(kind))
    }

    private func words(_ fields: [WeightedField] = [], isLenient: Bool? = nil, language: QueryStringQuery.Language? = nil) -> Query.Kind {
        var query = QueryStringQuery(text: "red", language: language ?? .lucene(allowsLeadingWildcard: true), fields: fields)
        query.options.isLenient = isLenient
        return .queryString(query)
    }

    private func term(_ field: String) -> QueryPlan { .term(field: field, value: .term("red"), scoring: .bm25) }

    @Test func theyAreLookedIn() throws {
        let limit = { (limits: inout MappingLimits) in limits.defaultFields = ["a^2", "b"] }
        let both = QueryPlan.disMax([.boosted(term("a"), by: 2), term("b")], tieBreaker: 0)
        #expect(try plan(words(), limit) == both)
        #expect(try plan(.multiMatch(MultiMatchQuery(fields: [], text: .string("red"))), limit) == both)
        #expect(try plan(words(language: .simple), limit) == both)
        // A field that is named, and all of them, are what is asked for.
        #expect(try plan(words([WeightedField("b")]), limit) == term("b"))
        let all = try plan(words())
        #expect(try plan(words([.all]), limit) == all && all != both)
    }

    @Test func aFieldThatIsNamedTwiceCountsOnce() throws {
        let named = try plan(words([WeightedField("a", weight: 2), WeightedField("a", weight: 3), WeightedField("b")]))
        #expect(named == .disMax([.boosted(term("a"), by: 6), term("b")], tieBreaker: 0))
    }

    @Test func whatIsNoValueOfAField() throws {
        let number = [WeightedField("n")]
        #expect(throws: PlanningError.self) { try plan(words(number)) }
        #expect(try plan(words(number)) { $0.isQueryStringLenient = true } == .matchNone)
        #expect(throws: PlanningError.self) { try plan(words(number, isLenient: false)) { $0.isQueryStringLenient = true } }
        #expect(throws: PlanningError.self) { try plan(words(number, language: .simple)) { $0.isQueryStringLenient = true } }
        // Of all fields some are of numbers, unless a request insists.
        _ = try plan(words())
        _ = try plan(.multiMatch(MultiMatchQuery(fields: [.all], text: .string("red"))))
        #expect(throws: PlanningError.self) { try plan(words(isLenient: false)) }
    }

    @Test func weightsAreRead() {
        #expect(WeightedField(parsing: "a^2.5") == WeightedField("a", weight: 2.5) && WeightedField(parsing: "a") == WeightedField("a"))
        for text in ["a^", "a^x", "a^-1", "a^inf"] { #expect(WeightedField(parsing: text) == nil, "\(text)") }
    }
}
