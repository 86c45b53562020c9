import JSON
import Mapping
import Query
import Testing

struct PlannerSlicesTests {
    private func planner() throws -> Planner {
        let mapping = try Mapping(
            decoding: JSONDocument(
                parsing: #"{"properties":{"k":{"type":"keyword"},"n":{"type":"long"},"bare":{"type":"long","doc_values":false},"d":{"type":"date"}}}"#
            ).root)
        return Planner(mapping: mapping, now: 0)
    }

    private func slice(_ field: String?, number: Int = 1, count: Int = 3) -> Query {
        Query(.slice(Slice(number: number, count: count, by: field.map { .number(of: $0) } ?? .place)))
    }

    @Test func fieldsAreNumbers() throws {
        let planner = try planner()
        #expect(try planner.plan(slice("n")) == .slice(Slice(number: 1, count: 3, by: .number(of: "n"))))
        #expect(try planner.plan(slice("d")) == .slice(Slice(number: 1, count: 3, by: .number(of: "d"))))
        #expect(try planner.plan(slice(nil)) == .slice(Slice(number: 1, count: 3, by: .place)))
        #expect(throws: PlanningError.sliceFieldNotMapped("x")) { try planner.plan(slice("x")) }
        for field in ["k", "bare"] { #expect(throws: PlanningError.sliceFieldNotNumeric(field)) { try planner.plan(slice(field)) } }
    }

    @Test func whatAShardHasToDoIsKnown() throws {
        var planner = try planner()
        (planner.shardPosition, planner.shardCount) = (2, 5)
        #expect(try planner.plan(slice(nil, number: 0, count: 2)) == .matchAll)
        #expect(try planner.plan(slice(nil, number: 1, count: 2)) == .matchNone)
        // A field that is not looked at need not be there.
        #expect(try planner.plan(slice("x", number: 0, count: 2)) == .matchAll)
    }
}
