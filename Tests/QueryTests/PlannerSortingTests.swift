import Mapping
import Testing

@testable import Query

@Suite struct PlannerSortingTests {
    private func order(_ clauses: [Sort.Clause]) throws -> DocumentOrder {
        try Planner(mapping: Mapping(), now: 0).plan(Search(sort: Sort(clauses))).order
    }

    @Test func keysThatDecide() throws {
        #expect(try order([.init(.score, .descending)]) == .best)
        #expect(try order([.init(.document, .descending)]) == DocumentOrder(score: nil, document: .descending, groupsShards: false))
        #expect(
            try order([.init(.score, .ascending), .init(.shardDocument, .descending), .init(.document, .ascending)])
                == DocumentOrder(score: .ascending, document: .descending))
        #expect(throws: PlanningError.fieldSortNotSupported(field: "f")) {
            try order([.init(.score, .ascending), .init(.field(FieldSort(name: "f")), .ascending)])
        }
        #expect(try order([.init(.document, .ascending), .init(.field(FieldSort(name: "f")), .ascending)]).score == nil)
    }

    @Test func termsAreLimited() throws {
        let planner = Planner(mapping: Mapping(), now: 0, maximumTerms: 2)
        let query = { (count: Int) in
            Query(.terms(TermsQuery(field: "_id", values: (0..<count).map { .string("\($0)") })))
        }
        #expect(try planner.plan(query(2)) == .ids(["0", "1"]))
        #expect(throws: PlanningError.tooManyTerms(count: 3, limit: 2)) { try planner.plan(query(3)) }
    }
}
