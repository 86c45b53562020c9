import Mapping
import Query
import Shards
import Testing

/// What populations are made of.
@Suite struct TTestTests {
    @Test func populations() async throws {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var parser = try Documents(properties: #"{"a":{"type":"double"},"b":{"type":"double"},"k":{"type":"keyword"}}"#)
        let rows: [(Double?, Double?, String)] = [(1, 2, "x"), (4, 3, "x"), (nil, 9, "y"), (8, 5, "y"), (3, nil, "y")]
        for (index, row) in rows.enumerated() {
            let a = row.0.map { #","a":\#($0)"# } ?? "", b = row.1.map { #","b":\#($0)"# } ?? ""
            try await shard.write(try parser.index("\(index)", #"{"k":"\#(row.2)"\#(a)\#(b)}"#))
        }
        let view = try await shard.refresh()
        let planner = Planner(mapping: parser.mapping, now: 0)
        func run(_ test: TTestAggregation) throws -> TTestSummary {
            let plans = try planner.plan([Aggregation("t", .tTest(test))])
            guard case .tTest(let found)? = try view.search(.matchAll, limit: 0, aggregations: plans).aggregations.first else { return TTestSummary() }
            return found
        }
        func summary(_ first: [Double], _ second: [Double]) -> TTestSummary {
            var summary = TTestSummary()
            first.forEach { summary.first.add($0) }
            second.forEach { summary.second.add($0) }
            return summary
        }
        var test = TTestAggregation(first: .init(field: "a"), second: .init(field: "b"))
        #expect(try run(test) == summary([1, 4, 8, 3], [2, 3, 9, 5]))
        test.second.missing = .double(7)
        #expect(try run(test) == summary([1, 4, 8, 3], [2, 3, 9, 5, 7]))
        test.kind = .paired
        #expect(try run(test) == summary([-1, 1, 3, -4], []))
        test.second.missing = nil
        #expect(try run(test) == summary([-1, 1, 3], []))
        test.kind = .homoscedastic
        test.first.filter = Query(.term(TermQuery(field: "k", value: .string("x"))))
        test.second = .init(field: "a", filter: Query(.term(TermQuery(field: "k", value: .string("y")))))
        #expect(try run(test) == summary([1, 4], [8, 3]))
    }

    @Test func pairsOfSeveralValues() async throws {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var parser = try Documents(properties: #"{"a":{"type":"double"},"b":{"type":"double"}}"#)
        try await shard.write(try parser.index("1", #"{"a":[1,2],"b":3}"#))
        let view = try await shard.refresh()
        var test = TTestAggregation(first: .init(field: "a"), second: .init(field: "b"))
        test.kind = .paired
        let plans = try Planner(mapping: parser.mapping, now: 0).plan([Aggregation("t", .tTest(test))])
        #expect(throws: ShardError.self) { try view.search(.matchAll, limit: 0, aggregations: plans) }
    }
}
