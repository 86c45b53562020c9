import Mapping
import Query
import TestSupport
import Testing

@testable import Shards

struct ShardViewBoundsTests {
    @Test func nothingThatMatchesIsRuledOut() async throws {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var documents = try Documents(properties: #"{"n":{"type":"long"},"k":{"type":"keyword"}}"#)
        for number in 10..<20 {
            try await shard.write(try documents.index("\(number)", #"{"n":\#(number),"k":"a"}"#))
            if number == 14 { _ = try await shard.refresh() }
        }
        let view = try await shard.refresh()
        let planner = Planner(mapping: documents.mapping, now: 0)
        for low in 5..<25 {
            for length in 0..<8 {
                let range = Query(
                    .range(RangeQuery(
                        field: "n", lower: .init(.integer(low), isInclusive: true), upper: .init(.integer(low + length), isInclusive: true))))
                for query in [range, Query(.bool(BoolQuery(filter: [range]))), Query(.bool(BoolQuery(should: [range, range])))] {
                    let plan = try planner.plan(query)
                    let found = try view.search(plan, limit: 100).total
                    #expect(view.mayMatch(plan) == (found > 0))
                }
            }
        }
        #expect(!view.mayMatch(.matchNone) && view.mayMatch(.matchAll))
        #expect(view.mayMatch(try planner.plan(Query(.term(TermQuery(field: "k", value: .string("z")))))))
    }
}
