import JSON
import Query
import Testing
import TestSupport

@testable import Indices

/// Scrolls and points in time, over all orders that there are.
@Suite struct PagingTests {
    private func node(shards: Int, count: Int = 100) async throws -> TestNode {
        let node = try await TestNode()
        try await node.createIndex("i", settings: #"{"number_of_shards":\#(shards)}"#)
        let operations = (0..<count).map { number in
            WriteOperation(.index, index: "i", id: "\(number)", source: Array(#"{"k":"k\#(number % 7)"}"#.utf8))
        }
        for result in await node.registry.write(operations, refresh: .immediate) { _ = try result.get() }
        return node
    }

    /// Scores of 0 to 3.
    private let scored = Query(
        .bool(
            BoolQuery(
                must: [.matchAll],
                should: (1...3).map { number in
                    Query(.constantScore(filter: Query(.term(TermQuery(field: "k.keyword", value: .string("k\(number)"))))), boost: Float(number))
                })))

    private static let sorts: [Sort?] = [
        nil, Sort([.init(.document, .ascending)]), Sort([.init(.document, .descending)]), Sort([.init(.score, .ascending)]),
        Sort([.init(.score, .descending), .init(.document, .descending)]),
    ]

    @Test(arguments: sorts, [1, 3])
    func scrolls(_ sort: Sort?, _ shards: Int) async throws {
        let node = try await node(shards: shards)
        let search = Search(query: scored, size: 13, sort: sort)
        var page = try await node.registry.search(search, in: .all, options: SearchOptions(scroll: .seconds(60)))
        let id = try #require(page.scrollID)
        var hits: [SearchResponse.Hit] = []
        // What comes later is not seen.
        try await node.index("i", "late", #"{"k":"k3"}"#)
        while !page.hits.isEmpty {
            #expect(page.total == .init(value: 100, isExact: true))
            hits += page.hits
            page = try await node.registry.scroll(id, keepAlive: nil)
        }
        #expect(hits.count == 100 && Set(hits.map(\.id)).count == 100)
        let scores = hits.compactMap(\.score)
        switch sort?.clauses.first {
        case nil, .init(.score, .descending): #expect(scores.count == 100 && scores == scores.sorted(by: >))
        case .init(.score, .ascending): #expect(scores == scores.sorted())
        default: #expect(scores.isEmpty)
        }
        #expect(page.total == .init(value: 100, isExact: true))
        #expect((page.maximumScore == nil) == (sort != nil))
        #expect(try node.registry.closeScrolls([id]) == 1)
        #expect(await thrownCase { try await node.registry.scroll(id, keepAlive: nil) } == "searchContextMissing")
    }

    @Test(arguments: [
        Sort([.init(.shardDocument, .ascending)]), Sort([.init(.shardDocument, .descending)]),
        Sort([.init(.score, .descending), .init(.shardDocument, .ascending)]),
        Sort([.init(.score, .ascending), .init(.shardDocument, .descending)]),
    ])
    func pointInTime(_ sort: Sort) async throws {
        let node = try await node(shards: 3)
        let (id, shards) = try node.registry.openPointInTime(.all, keepAlive: .seconds(60))
        #expect(shards.total == 3)
        try await node.index("i", "late", #"{"k":"k3"}"#)
        let options = SearchOptions(pointInTime: .init(id: id))
        let whole = try await node.registry.search(Search(query: scored, size: 200, sort: sort), in: .all, options: options)
        #expect(whole.hits.count == 100 && whole.pointInTimeID == id)
        var paged: [String] = []
        var search = Search(query: scored, size: 13, sort: sort)
        while true {
            let page = try await node.registry.search(search, in: .all, options: options)
            guard let last = page.hits.last?.sort else { break }
            paged += page.hits.map(\.id)
            search.searchAfter = last.map { value in
                switch value {
                case .int(let number): .value(.integer(number))
                case .float(let number): .value(.double(Double(number)))
                default: .null
                }
            }
        }
        #expect(paged == whole.hits.map(\.id))
        #expect(try node.registry.closePointInTime(id))
        #expect(try !node.registry.closePointInTime(id))
    }

    @Test func searchAfterMustFit() async throws {
        let node = try await node(shards: 1, count: 3)
        func search(_ sort: Sort?, _ values: [SortValue]) async throws -> [String] {
            try await node.registry.search(Search(sort: sort, searchAfter: values), in: .all).hits.map(\.id)
        }
        let byDocument = Sort([.init(.document, .ascending)])
        #expect(try await search(byDocument, [.value(.integer(1))]) == ["2"])
        #expect(await thrownCase { try await search(nil, [.value(.integer(1))]) } == "searchAfterMismatch")
        #expect(await thrownCase { try await search(byDocument, [.null]) } == "searchAfterNotANumber")
        #expect(await thrownCase { try await search(byDocument, [.value(.string("x"))]) } == "searchAfterNotANumber")
        #expect(await thrownCase { try await search(byDocument, [.value(.integer(1)), .null]) } == "searchAfterMismatch")
        #expect(try await search(byDocument, [.value(.double(1e300))]).isEmpty)
    }

    @Test func contextsEndWithTheirIndex() async throws {
        let node = try await node(shards: 2, count: 3)
        try await node.createIndex("j")
        let (one, _) = try node.registry.openPointInTime(IndexExpression(["i"]), keepAlive: .seconds(60))
        let (both, _) = try node.registry.openPointInTime(.all, keepAlive: .seconds(60))
        let scrolled = try await node.registry.search(
            Search(), in: IndexExpression(["i"]), options: SearchOptions(scroll: .seconds(60)))
        try await node.registry.deleteIndices(IndexExpression(["i"]))
        #expect(await thrownCase {
            try await node.registry.search(Search(), in: .all, options: SearchOptions(pointInTime: .init(id: one)))
        } == "searchContextMissing")
        #expect(await thrownCase { try await node.registry.scroll(scrolled.scrollID ?? "", keepAlive: nil) } == "searchContextMissing")
        let rest = try await node.registry.search(Search(), in: .all, options: SearchOptions(pointInTime: .init(id: both)))
        #expect(rest.failures.map(\.index) == ["i", "i"])
    }

    @Test func refusals() async throws {
        let node = try await node(shards: 1, count: 3)
        #expect(await thrownCase { try await node.registry.scroll("x", keepAlive: nil) } == "malformedContextID")
        let tooLarge = Search(size: 10_001)
        #expect(await thrownCase {
            try await node.registry.search(tooLarge, in: .all, options: SearchOptions(scroll: .seconds(1)))
        } == "scrollBatchTooLarge")
        let bad = Search(sort: Sort([.init(.field(FieldSort(name: "k")), .ascending)]))
        #expect(await thrownCase {
            try await node.registry.search(bad, in: .all, options: SearchOptions(scroll: .seconds(1)))
        } == "planning.textNotAggregatable")
        #expect(node.registry.contexts.count == 0)
    }
}
