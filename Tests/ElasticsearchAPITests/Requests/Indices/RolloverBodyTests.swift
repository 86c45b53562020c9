import Indices
import Testing

@testable import ElasticsearchAPI

struct RolloverBodyTests {
    @Test(arguments: [
        ("max_age", #""7d""#, Rollover.Measure.age, true, 604_800_000), ("min_docs", "5", .documents, false, 5),
        ("max_size", #""1kb""#, .size, true, 1024), ("max_primary_shard_size", #""2b""#, .primaryShardSize, true, 2),
        ("min_primary_shard_docs", "3", .primaryShardDocuments, false, 3),
    ])
    func conditions(name: String, value: String, measure: Rollover.Measure, isUpperBound: Bool, bound: Int) throws {
        let body = try RolloverBody(body: Array(#"{"conditions":{"max_docs":1,"\#(name)":\#(value)}}"#.utf8))
        let condition = try #require(body.conditions.last)
        #expect(condition.measure == measure && condition.isUpperBound == isUpperBound && condition.bound == bound)
        #expect(condition.text.hasPrefix("[\(name): "))
    }

    @Test(arguments: [#"{"conditions":{"max_age":"x"}}"#, #"{"conditions":{"min_docs":1}}"#, #"{"conditions":{"mid_docs":1}}"#])
    func whatIsRefused(body: String) {
        #expect(throws: ElasticsearchError.self) { try RolloverBody(body: Array(body.utf8)) }
    }
}
