import Mapping
import Query
import TestSupport
import Testing

@testable import Shards

/// What makes hits of matches, beside the same done by hand.
struct HitRankingTests {
    private static let properties = #"{"n":{"type":"integer"},"k":{"type":"keyword"},"s":{"type":"integer"},"t":{"type":"text"}}"#

    private struct Fixture {
        let directory: TemporaryDirectory
        let shard: Shard
        let view: ShardView
        let planner: Planner
    }

    private func fixture(count: Int) async throws -> Fixture {
        var random = SeededGenerator(seed: 3)
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var documents = try Documents(properties: Self.properties)
        for number in 0..<count {
            let group = Int.random(in: 0...30, using: &random)
            let fields = group == 0 ? "" : #""n":\#(group - 10),"k":"g\#(group)","#
            let text = Bool.random(using: &random) ? "word" : "other word"
            try await shard.write(
                try documents.index("\(number)", #"{\#(fields)"s":\#(Int.random(in: 0...50, using: &random)),"t":"\#(text)"}"#))
            if number % 90 == 89 { _ = try await shard.refresh() }
        }
        return Fixture(
            directory: directory, shard: shard, view: try await shard.refresh(),
            planner: Planner(mapping: documents.mapping, now: 0))
    }

    private func search(_ fixture: Fixture, _ search: Search, limit: Int) throws -> ShardHits {
        let plan = try fixture.planner.plan(search)
        return try fixture.view.search(
            plan.query, limit: limit, order: plan.order,
            after: plan.after.map { DocumentCursor(score: nil, keys: $0, ordinal: nil) }, refinement: HitRefinement(plan))
    }

    private static let sorts: [Sort?] = [
        nil, Sort([.init(.field(FieldSort(name: "s")), .descending), .init(.score, .descending)]),
        Sort([.init(.document, .ascending)]),
    ]

    @Test(arguments: ["n", "k"], [1, 5, 1000])
    func onlyTheFirstOfEachGroupIsAHit(_ field: String, _ limit: Int) async throws {
        let fixture = try await fixture(count: 300)
        var collapsed = Search()
        collapsed.collapse = Collapse(field: field)
        let key = try #require(try fixture.planner.plan(collapsed).group)
        for sort in Self.sorts {
            var plain = Search(query: Query(.match(MatchQuery(field: "t", text: .string("other word")))), sort: sort)
            let all = try search(fixture, plain, limit: 1000)
            let groups = try DocumentGroups(view: fixture.view, key: key).keys(of: all.documents.map(\.ordinal))
            var seen: Set<SortKey> = []
            let expected = zip(all.documents, groups).filter { seen.insert($1).inserted }.prefix(limit)
            plain.collapse = Collapse(field: field)
            let found = try search(fixture, plain, limit: limit)
            #expect(found.documents == expected.map(\.0) && found.groups == expected.map(\.1))
            #expect(found.total == 300 && seen.count == 31 && seen.contains(.absent))
        }
    }

    @Test func groupsGoOnAfterAValue() async throws {
        let fixture = try await fixture(count: 200)
        var search = Search(sort: Sort([.init(.field(FieldSort(name: "n")), .descending)]), searchAfter: [.value(.integer(5))])
        search.collapse = Collapse(field: "n")
        #expect(try self.search(fixture, search, limit: 3).groups == [.long(4), .long(3), .long(2)])
    }

    @Test func rescoringLooksAtItsWindowOnly() async throws {
        let fixture = try await fixture(count: 120)
        let query = Query(.constantScore(filter: .matchAll), boost: 2)
        var rescore = Rescorer.QueryRescore(Query(.constantScore(filter: Query(.match(MatchQuery(field: "t", text: .string("other"))))), boost: 3))
        rescore.queryWeight = 2
        rescore.rescoreWeight = 5
        var search = Search(query: query)
        let first = try self.search(fixture, search, limit: 120).documents
        let others = try self.search(
            fixture, Search(query: Query(.match(MatchQuery(field: "t", text: .string("other"))))), limit: 120)
        let matching = Set(others.documents.map(\.ordinal))
        for mode in Rescorer.Mode.allCases {
            rescore.mode = mode
            search.rescorers = [Rescorer(.query(rescore), window: 40)]
            let expected = first.enumerated().map { place, document in
                let isFound = place < 40 && matching.contains(document.ordinal)
                return ScoredOrdinal(ordinal: document.ordinal, score: isFound ? mode.combine(4, 15) : 4)
            }.sorted(by: ScoredOrdinal.precedes)
            #expect(try self.search(fixture, search, limit: 120).documents == expected)
            // Few hits are wanted, the window is looked at all the same.
            #expect(try self.search(fixture, search, limit: 3).documents == Array(expected.filter { document in
                first.prefix(40).contains { $0.ordinal == document.ordinal }
            }.prefix(3)))
        }
    }

    @Test func aPostFilterIsNotCountedByAggregations() async throws {
        let fixture = try await fixture(count: 100)
        var search = Search(aggregations: [Aggregation("n", .cardinality(field: "k"))])
        search.postFilter = Query(.term(TermQuery(field: "k", value: .string("g3"))))
        let plan = try fixture.planner.plan(search)
        let all = try fixture.view.search(plan.query, limit: 100, aggregations: plan.aggregations)
        let found = try fixture.view.search(
            plan.query, limit: 100, aggregations: plan.aggregations, refinement: HitRefinement(plan))
        #expect(found.aggregations == all.aggregations)
        #expect(found.total < all.total && found.total == found.documents.count && found.total > 0)
    }

    @Test func anEarlyEndIsTold() async throws {
        let fixture = try await fixture(count: 50)
        var search = Search()
        for (limit, total) in [(10, 10), (49, 49), (50, 50), (80, 50)] {
            search.terminateAfter = limit
            let hits = try self.search(fixture, search, limit: 100)
            #expect(hits.total == total && hits.documents.count == total && hits.isTerminatedEarly == (limit < 50))
        }
    }

    @Test func slicesAndRankedDocumentsMatch() async throws {
        let fixture = try await fixture(count: 60)
        for basis in [Slice.Basis.place, .id] {
            var seen: Set<UInt32> = []
            for number in 0..<3 {
                let hits = try search(fixture, Search(query: Query(.slice(Slice(number: number, count: 3, by: basis)))), limit: 60)
                for document in hits.documents { #expect(seen.insert(document.ordinal).inserted && document.score == 1) }
            }
            #expect(seen.count == 60)
        }
        let ranked = RankedDocuments([ScoredDocument(shard: 0, ordinal: 7, score: 2)], shards: 1)
        let other = Query(.term(TermQuery(field: "k", value: .string("g3"))))
        let plan = try fixture.planner.plan(Query(.ranked(RankedMatches(ranked, others: [other])))).onShard(0)
        let hits = try fixture.view.search(plan, limit: 60)
        #expect(hits.documents.first == ScoredOrdinal(ordinal: 7, score: 2))
        #expect(hits.documents.dropFirst().allSatisfy { $0.score == 0 } && hits.total > 1)
    }
}
