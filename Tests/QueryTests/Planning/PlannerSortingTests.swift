import JSON
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
        #expect(throws: PlanningError.sortFieldNotMapped("f")) {
            try order([.init(.score, .ascending), .init(.field(FieldSort(name: "f")), .ascending)])
        }
        #expect(try order([.init(.document, .ascending), .init(.field(FieldSort(name: "f")), .ascending)]).score == nil)
    }

    private func key(_ sort: FieldSort, _ direction: Sort.Order = .ascending) throws -> OrderKey {
        let properties = """
            {"k":{"type":"keyword"},"t":{"type":"text"},"n":{"type":"long"},"u":{"type":"unsigned_long"},"f":{"type":"float"},
             "d":{"type":"date"},"p":{"type":"geo_point"},"x":{"type":"long","doc_values":false}}
            """
        let mapping = try Mapping(decoding: try JSONDocument(parsing: #"{"properties":\#(properties)}"#).root)
        let plan = try Planner(mapping: mapping, now: 0).plan(Search(sort: Sort([.init(.field(sort), direction)])))
        return try #require(plan.order.keys.first)
    }

    @Test func fields() throws {
        #expect(try key(FieldSort(name: "n")).missing == .long(.max))
        #expect(try key(FieldSort(name: "n"), .descending).missing == .long(.min))
        #expect(try key(FieldSort(name: "f", missing: .string("_first"))).missing == .double(-.infinity))
        #expect(try key(FieldSort(name: "k", missing: .string("x"))).missing == .keyword("x"))
        #expect(try key(FieldSort(name: "none", unmappedType: "date")).values == .dates)
        #expect(try key(FieldSort(name: "n", numericType: "double")).values == .scaled(1))
        let refusals: [(FieldSort, PlanningError)] = [
            (FieldSort(name: "t"), .textNotAggregatable("t")), (FieldSort(name: "none"), .sortFieldNotMapped("none")),
            (FieldSort(name: "p"), .fieldSortNotSupported(field: "p", type: "geo_point")),
            (FieldSort(name: "x"), .fieldSortNotSupported(field: "x", type: "long")),
            (FieldSort(name: "n", mode: "most"), .unknownSortMode("most")), (FieldSort(name: "k", mode: "avg"), .sortModeNotSupported),
            (FieldSort(name: "none", unmappedType: "y"), .unknownUnmappedType("y")),
            (FieldSort(name: "n", numericType: "y"), .unknownNumericType("y")),
            (FieldSort(name: "k", numericType: "long"), .numericTypeNotSupported(type: "keyword")),
        ]
        for (sort, error) in refusals { #expect(throws: error) { try key(sort) } }
    }

    /// What a hit shows is read again as the same value.
    @Test func shownValuesAreRead() throws {
        let date = try key(FieldSort(name: "d", format: "yyyy-MM-dd"))
        #expect(date.shown(.long(86_400_000)) == .string("1970-01-02"))
        #expect(date.key(.string("1970-01-02")) == .long(86_400_000) && date.key(.integer(5)) == .long(5))
        #expect(try key(FieldSort(name: "d")).shown(.long(.max)) == .int(.max))
        let unsigned = try key(FieldSort(name: "u"))
        #expect(unsigned.shown(.long(-1)) == .int(.max) && unsigned.shown(.long(.max)) == .unsigned(.max))
        #expect(unsigned.key(.unsigned(.max)) == .long(.max) && unsigned.key(.integer(-1)) == nil)
        let float = try key(FieldSort(name: "f"))
        #expect(float.shown(.double(Double(Float(1.1)))) == .float(1.1) && float.key(.double(1.1)) == .double(Double(Float(1.1))))
        #expect(float.shown(.double(-.infinity)) == "-Infinity" && float.key(.string("Infinity")) == .double(.infinity))
        #expect(try key(FieldSort(name: "n")).key(.string("x")) == nil)
        #expect(try key(FieldSort(name: "k")).shown(.absent) == .null)
    }

    @Test func keysOfSeveralMappings() throws {
        let key = try key(FieldSort(name: "n"), .descending)
        #expect(key.compare(.long(2), .double(1.5)) < 0 && key.compare(.long(1), .double(1.5)) > 0)
        #expect(key.compare(.absent, .long(1)) > 0 && key.compare(.absent, .absent) == 0)
        #expect(try self.key(FieldSort(name: "k")).compare(.keyword("\u{FFFD}"), .keyword("\u{10000}")) < 0)
        #expect(try self.key(FieldSort(name: "k")).compare(.keyword("é"), .keyword("e\u{301}")) > 0)
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
