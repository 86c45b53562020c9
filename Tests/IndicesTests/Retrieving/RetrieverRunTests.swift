import JSON
import Query
import Testing
import TestSupport

@testable import Indices

/// Compound retrievers over several shards and indices, beside their definition by the children's own searches.
@Suite struct RetrieverRunTests {
    private static let mappings =
        #"{"properties":{"v":{"type":"dense_vector","dims":2,"similarity":"l2_norm"},"k":{"type":"keyword"},"t":{"type":"text"},"g":{"type":"integer"}}}"#

    /// 90 documents in two indices.
    private func node(shards: Int) async throws -> TestNode {
        let node = try await TestNode()
        try await node.createIndex("a", mappings: Self.mappings, settings: #"{"number_of_shards":\#(shards)}"#)
        try await node.createIndex("b", mappings: Self.mappings)
        let words = ["red", "green", "blue", "grey"]
        let operations = (0..<90).map { number in
            let text = (0...number % 7).map { words[(number * 31 + $0 * 17) % 4] }.joined(separator: " ")
            return WriteOperation(
                .index, index: number % 3 == 0 ? "b" : "a", id: "\(number)",
                source: Array(
                    #"{"v":[\#(number * 37 % 90),\#(number % 5)],"k":"k\#(number % 4)","t":"\#(text)","g":\#(number % 6)}"#.utf8))
        }
        for result in await node.registry.write(operations, refresh: .immediate) { _ = try result.get() }
        return node
    }

    private func match(_ text: String) -> Query { Query(.match(MatchQuery(field: "t", text: .string(text)))) }
    private func standard(_ query: Query, filter: [Query] = [], name: String? = nil) -> Retriever {
        Retriever(.standard(StandardRetriever(query: query)), filter: filter, name: name)
    }
    private func nearest(_ x: Float, k: Int = 15, name: String? = nil) -> Retriever {
        Retriever(.knn(KNNQuery(field: "v", vector: .vector([x, 1]), k: k, candidates: 90)), name: name)
    }

    private func run(_ node: TestNode, _ retriever: Retriever, size: Int = 100, from: Int = 0) async throws -> SearchResponse {
        var search = Search(from: from, size: size)
        search.retriever = retriever
        return try await node.registry.search(search, in: .all)
    }

    private func scores(_ response: SearchResponse) -> [String: Float] {
        Dictionary(uniqueKeysWithValues: response.hits.map { ($0.id, $0.score ?? -1) })
    }

    @Test(arguments: [1, 3], [5, 20, 100])
    func fusionOfTheChildrensOwnSearches(_ shards: Int, _ window: Int) async throws {
        let node = try await node(shards: shards)
        let children = [standard(match("red blue")), nearest(40), standard(Query(.term(TermQuery(field: "k", value: .string("k1"))), boost: 2))]
        var lists: [[String: Float]] = []
        var places: [[String: Int]] = []
        for child in children {
            let found = try await run(node, child, size: window)
            lists.append(scores(found))
            places.append(Dictionary(uniqueKeysWithValues: found.hits.enumerated().map { ($1.id, $0 + 1) }))
        }
        let all = Set(lists.flatMap(\.keys))
        for method in [FusedRetriever.Method.rrf(constant: 20), .linear] {
            let fused = FusedRetriever(method, children: children.map { .init($0, weight: 0.5) }, window: window)
            let found = try await run(node, Retriever(.fused(fused)))
            var expected: [String: Float] = [:]
            for id in all {
                var sum: Float = 0
                for (list, places) in zip(lists, places) {
                    guard let score = list[id], let place = places[id] else { continue }
                    sum += 0.5 * (method == .linear ? score : 1 / Float(20 + place))
                }
                expected[id] = sum
            }
            #expect(found.hits.map { $0.score ?? -1 } == Array(expected.values.sorted(by: >).prefix(window)))
            for (id, score) in scores(found) { #expect(expected[id] == score) }
            #expect(found.hits.count == min(window, all.count))
            #expect(found.maximumScore == found.hits.first?.score)
        }
    }

    @Test func totalsAndAggregationsAreOfTheUnion() async throws {
        let node = try await node(shards: 3)
        let query = match("red"), term = Query(.term(TermQuery(field: "k", value: .string("k1"))))
        let union = try await node.registry.search(
            Search(query: Query(.bool(BoolQuery(should: [query, term]))), size: 0, trackTotalHits: .exactly), in: .all)
        var search = Search(size: 2, aggregations: [Aggregation("n", .metric(.valueCount, field: "g", missing: nil))])
        search.retriever = Retriever(
            .fused(FusedRetriever(.rrf(constant: 60), children: [.init(standard(query)), .init(standard(term))], window: 4)))
        let found = try await node.registry.search(search, in: .all)
        #expect(found.total == union.total && found.hits.count == 2)
        guard case .metric(let summary) = found.aggregations?.results.first else {
            Issue.record("no metric")
            return
        }
        #expect(Int(summary.count) == union.total?.value)
        #expect(try await run(node, try #require(search.retriever), from: 3).hits.count == 1)
        #expect(try await run(node, try #require(search.retriever), from: 9).hits.isEmpty)
    }

    @Test func filtersReachEveryChild() async throws {
        let node = try await node(shards: 2)
        let filter = Query(.term(TermQuery(field: "k", value: .string("k2"))))
        let inner = Retriever(.fused(FusedRetriever(.linear, children: [.init(nearest(3)), .init(standard(match("red")))], window: 50)))
        let outer = FusedRetriever(.rrf(constant: 1), children: [.init(inner), .init(standard(match("blue")))], window: 50)
        let found = try await run(node, Retriever(.fused(outer), filter: [filter]))
        #expect(!found.hits.isEmpty && found.hits.allSatisfy { (Int($0.id) ?? 0) % 4 == 2 })
        #expect(found.total?.value == found.hits.count)
    }

    @Test func namesOfRetrieversAreReported() async throws {
        let node = try await node(shards: 2)
        let fused = FusedRetriever(.rrf(constant: 60), children: [
            .init(nearest(10, k: 3, name: "vector")), .init(standard(match("red"), name: "words")),
        ], window: 100)
        let found = try await run(node, Retriever(.fused(fused), name: "all"))
        #expect(found.hits.allSatisfy { $0.matchedQueries.contains("all") })
        #expect(found.hits.count { $0.matchedQueries.contains("vector") } == 3)
        #expect(found.hits.contains { $0.matchedQueries.contains("words") })
    }

    @Test func theLeastScoreLeavesOutWhatOnlyMatches() async throws {
        let node = try await node(shards: 2)
        let fused = FusedRetriever(.rrf(constant: 10), children: [.init(nearest(10, k: 5)), .init(standard(match("red")))], window: 10)
        let all = try await run(node, Retriever(.fused(fused)))
        let least = try #require(all.hits[3].score)
        let found = try await run(node, Retriever(.fused(fused), minimumScore: least))
        #expect(found.hits.map(\.id) == Array(all.hits.prefix { ($0.score ?? 0) >= least }.map(\.id)))
        #expect(found.total?.value == found.hits.count)
    }

    @Test func rescoredAndPinned() async throws {
        let node = try await node(shards: 1)
        var rescore = Rescorer.QueryRescore(Query(.constantScore(filter: Query(.term(TermQuery(field: "k", value: .string("k3"))))), boost: 50))
        rescore.queryWeight = 0
        let child = standard(match("green"))
        let found = try await run(
            node, Retriever(.rescorer(RescorerRetriever(child: child, rescorers: [Rescorer(.query(rescore), window: 60)]))))
        #expect(found.hits.first?.score == 50 && (Int(found.hits.first?.id ?? "") ?? 0) % 4 == 3)
        let pinned = try await run(
            node, Retriever(.pinned(PinnedRetriever(documents: [.init(id: "7"), .init(index: "b", id: "9"), .init(index: "b", id: "7")], child: child))))
        #expect(pinned.hits.prefix(2).map(\.id) == ["7", "9"] && pinned.hits.count == 10)
    }

    @Test func whatCannotBe() async throws {
        let node = try await node(shards: 2)
        func problem(_ retriever: Retriever) async -> RetrievalProblem? {
            do {
                _ = try await run(node, retriever)
            } catch IndicesError.retrieval(let problem) {
                return problem
            } catch {}
            return nil
        }
        var after = StandardRetriever(query: .matchAll)
        after.searchAfter = [.null]
        #expect(
            await problem(Retriever(.fused(FusedRetriever(.linear, children: [.init(Retriever(.standard(after)))]))))
                == .optionOfChild("search_after"))
        #expect(await problem(Retriever(.pinned(PinnedRetriever(documents: [.init(id: "1")], child: nearest(1))))) == .pinnedWithoutQuery)
        let fields = FusedRetriever(.rrf(constant: 60), children: [], fields: .init(fields: [WeightedField("t")], text: "red"))
        #expect(await problem(Retriever(.fused(fields))) == .fieldsOfSeveralIndices(retriever: "rrf"))
        let broken = standard(Query(.range(RangeQuery(field: "v", lower: .init(.integer(1), isInclusive: true)))))
        await #expect {
            _ = try await run(node, Retriever(.fused(FusedRetriever(.linear, children: [.init(nearest(1)), .init(broken)]))))
        } throws: { error in
            guard case IndicesError.retrieversFailed("linear", ["standard"], let errors) = error else { return false }
            return errors.count == 1
        }
    }

    @Test func groupsShowMoreOfTheirDocuments() async throws {
        let node = try await node(shards: 3)
        var inner = Collapse.InnerHits()
        inner.name = "more"
        inner.size = 2
        inner.sort = Sort([.init(.field(FieldSort(name: "g")), .descending)])
        var search = Search(query: match("red"), knn: [.init(KNNQuery(field: "v", vector: .vector([1, 1]), k: 5, candidates: 90))], size: 3)
        search.collapse = Collapse(field: "k", innerHits: [inner])
        let found = try await node.registry.search(search, in: .all)
        #expect(found.hits.count == 3)
        for hit in found.hits {
            let group = try #require(hit.fields?["k"]?.array?.first?.string)
            let hits = try #require(hit.groupHits.first)
            #expect(hits.name == "more" && hits.hits.count == 2 && hits.maximumScore == nil)
            #expect(hits.hits.allSatisfy { "k\((Int($0.id) ?? 0) % 4)" == group })
            search.postFilter = Query(.term(TermQuery(field: "k", value: .string(group))))
            search.collapse = nil
            #expect(try await node.registry.search(search, in: .all).total == hits.total)
        }
    }

    @Test func indicesAreBoosted() async throws {
        let node = try await node(shards: 2)
        var search = Search(size: 90)
        search.indexBoosts = [.init("b*", boost: 3), .init("b", boost: 9), .init("a", boost: 0.5)]
        let found = try await node.registry.search(search, in: .all)
        #expect(found.hits.allSatisfy { $0.score == ($0.index == "b" ? 3 : 0.5) })
        search.indexBoosts = [.init("c", boost: 1)]
        #expect(await thrownCase { try await node.registry.search(search, in: .all) } == "indexNotFound")
        #expect(try await node.registry.search(search, in: IndexExpression([], ignoresUnavailable: true)).hits.count == 90)
    }

    @Test func shardsEndEarlyAndAreReducedInSteps() async throws {
        let node = try await node(shards: 4)
        var search = Search()
        #expect(try await node.registry.search(search, in: .all).isTerminatedEarly == nil)
        search.terminateAfter = 2
        let found = try await node.registry.search(search, in: .all, options: reducing(2))
        #expect(found.isTerminatedEarly == true && found.total?.value == 10 && found.reducePhases == 4)
        #expect(try await node.registry.search(Search(), in: .all).reducePhases == 1)
    }

    private func reducing(_ size: Int) -> SearchOptions {
        var options = SearchOptions()
        options.batchedReduceSize = size
        return options
    }
}
