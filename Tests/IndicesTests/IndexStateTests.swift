import Analysis
import Query
import Testing
import TestSupport

@testable import Indices

@Suite struct IndexStateTests {
    private func search(_ node: TestNode, _ names: [String]) async throws -> Int {
        try await node.registry.search(Search(query: .matchAll), in: IndexExpression(names)).hits.count
    }

    @Test func aClosedIndexTakesNothing() async throws {
        let node = try await TestNode()
        try await node.index("a", "1", "{}")
        try await node.index("b", "1", "{}")
        #expect(try await node.registry.closeIndices(IndexExpression(["a"], takesClosed: true)) == ["a"])
        let isClosed = { (error: any Error) in if case IndicesError.indexClosed("a", _) = error { true } else { false } }
        await #expect { try await search(node, ["a"]) } throws: { isClosed($0) }
        await #expect { try await node.index("a", "2", "{}") } throws: { isClosed($0) }
        #expect(try await search(node, ["*"]) == 1)
        try await node.restart()
        await #expect { try await search(node, ["a"]) } throws: { isClosed($0) }
        #expect(try node.registry.health().indices.map(\.state) == [.closed, .open])
        try await node.registry.openIndices(IndexExpression(["a"], takesClosed: true))
        #expect(try await search(node, ["a"]) == 1)
        try await node.index("a", "2", "{}")
    }

    @Test func settingsChangeAtOnce() async throws {
        let node = try await TestNode()
        try await node.createIndex("a", settings: #"{"refresh_interval":"-1"}"#)
        try await node.index("a", "1", "{}", refresh: .none)
        #expect(try await node.count() == 0)
        let expression = IndexExpression(["a"], takesClosed: true)
        try await node.registry.changeSettings(
            SettingsChange(["index.refresh_interval": "1ms", "index.max_result_window": "5"]), of: expression)
        try await node.index("a", "2", "{}", refresh: .waitFor)
        #expect(try await node.count() == 2)
        #expect(await thrownCase {
            try await node.registry.search(Search(query: .matchAll, size: 6), in: expression)
        } == "resultWindowTooLarge")
        try await node.registry.changeSettings(SettingsChange(["index.max_result_window": nil]), of: expression)
        _ = try await node.registry.search(Search(query: .matchAll, size: 6), in: expression)
        try await node.restart()
        #expect(try node.registry.metadata(expression)[0].settings.refreshInterval == .milliseconds(1))
    }

    @Test func fixedSettingsStay() async throws {
        let node = try await TestNode()
        try await node.createIndex("a")
        let expression = IndexExpression(["a"], takesClosed: true)
        let change = { (key: String, reopening: Bool) in
            try await node.registry.changeSettings(SettingsChange([key: "2"]), of: expression, reopening: reopening)
        }
        await #expect { try await change("index.number_of_shards", false) } throws: {
            if case IndicesError.settingsNotDynamic(["index.number_of_shards"], "a", _) = $0 { true } else { false }
        }
        await #expect { try await change("index.number_of_shards", true) } throws: {
            if case IndicesError.finalSetting("index.number_of_shards", "a") = $0 { true } else { false }
        }
        await #expect { try await change("index.uuid", false) } throws: {
            if case IndicesError.privateSetting = $0 { true } else { false }
        }
        await #expect { try await change("index.codec", false) } throws: {
            if case IndicesError.settingsNotDynamic = $0 { true } else { false }
        }
        try await change("index.codec", true)
    }

    @Test func blocksRefuse() async throws {
        let node = try await TestNode()
        try await node.index("a", "1", "{}")
        let expression = IndexExpression(["a"], takesClosed: true)
        _ = try await node.registry.addBlock(.write, to: expression)
        await #expect { try await node.index("a", "2", "{}") } throws: {
            if case IndicesError.blocked("a", [.write]) = $0 { true } else { false }
        }
        #expect(try await search(node, ["a"]) == 1)
        _ = try await node.registry.addBlock(.readOnly, to: expression)
        #expect(await thrownCase { try await node.registry.deleteIndices(expression) } == "blocked")
        _ = try await node.registry.removeBlock(.readOnly, from: expression)
        _ = try await node.registry.removeBlock(.write, from: expression)
        try await node.index("a", "2", "{}")
        try await node.registry.deleteIndices(expression)
    }

    @Test func routingChoosesShards() async throws {
        let node = try await TestNode()
        try await node.createIndex("a", settings: #"{"number_of_shards":4}"#)
        let response = try await node.registry.search(Search(query: .matchAll), in: IndexExpression(["a"]), options: SearchOptions(routing: ["x"]))
        #expect(response.shards.total == 1)
    }

    @Test func requestsWaitForRecovery() async throws {
        let node = try await TestNode()
        for number in 0..<50 { try await node.index("a", "\(number)", "{}", refresh: .none) }
        try await node.restart(inBackground: true)
        await node.registry.waitUntilRecovered(.everything, upTo: .seconds(60))
        #expect(try await node.count() == 50)
        await node.registry.waitUntilRecovered(.everything, upTo: .zero)
    }
}
