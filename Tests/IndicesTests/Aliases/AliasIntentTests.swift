import JSON
import Testing
import TestSupport

@testable import Indices

/// What a killed process leaves of a change of several indices, and what the next start makes of it.
@Suite struct AliasIntentTests {
    private func aliases(_ node: TestNode, _ index: String) throws -> [String] {
        try node.registry.metadata(IndexExpression([index]))[0].aliases.keys.sorted()
    }

    /// Blue and green, with what a swap is to make of them.
    private func swap(in node: TestNode) async throws -> AliasIntent {
        try await node.createIndex("blue")
        try await node.createIndex("green")
        try await node.registry.updateAliases([.add(indices: ["blue"], aliases: ["live", "own"], AliasMetadata())])
        let uuid = { (name: String) in try node.registry.metadata(IndexExpression([name]))[0].uuid }
        return AliasIntent(steps: [
            .init(index: try uuid("blue"), alias: "live", metadata: nil),
            .init(index: try uuid("green"), alias: "live", metadata: AliasMetadata(searchRouting: "r")),
        ])
    }

    @Test(arguments: 0...2) func aSwapIsCarriedOutAsAWhole(stepsDone: Int) async throws {
        let node = try await TestNode()
        let intent = try await swap(in: node)
        try node.registry.cluster.change { (metadata) throws(IndicesError) in metadata.aliasIntent = intent }
        for (step, name) in zip(intent.steps, ["blue", "green"]).prefix(stepsDone) {
            let record = try #require(node.registry.indices.names[name]?.record)
            try record.change { (metadata) throws(IndicesError) in metadata.aliases[step.alias] = step.metadata }
        }
        for _ in 0..<2 {
            try await node.restart()
            #expect(try aliases(node, "blue") == ["own"] && aliases(node, "green") == ["live"])
            #expect(try node.registry.metadata(IndexExpression(["green"]))[0].aliases["live"]?.searchRouting == "r")
            #expect(node.registry.cluster.metadata.aliasIntent == nil)
        }
    }

    @Test func anIndexThatGoesWithItIsGone() async throws {
        let node = try await TestNode()
        try await node.createIndex("live")
        try await node.createIndex("green")
        let metadata = try node.registry.metadata(IndexExpression(["live", "green"]))
        let (live, green) = (metadata.first { $0.name == "live" }?.uuid ?? "", metadata.first { $0.name == "green" }?.uuid ?? "")
        let intent = AliasIntent(steps: [.init(index: green, alias: "live", metadata: AliasMetadata())], removed: [live])
        try node.registry.cluster.change { (metadata) throws(IndicesError) in metadata.aliasIntent = intent }
        try await node.restart()
        #expect(try node.registry.metadata(IndexExpression(["live"])).map(\.name) == ["green"])
        #expect(try node.folders() == [green])
    }

    /// A rollover whose index was not made is none; one whose index is there is finished.
    @Test(arguments: [false, true]) func aRolloverIsCarriedOutAsAWhole(isMade: Bool) async throws {
        let node = try await TestNode()
        try await node.createIndex("logs-1")
        try await node.registry.updateAliases([.add(indices: ["logs-1"], aliases: ["logs"], AliasMetadata(isWriteIndex: true))])
        let old = try node.registry.metadata(IndexExpression(["logs-1"]))[0].uuid
        let intent = AliasIntent(
            steps: [
                .init(index: old, alias: "logs", metadata: AliasMetadata(isWriteIndex: false)),
                .init(index: "new", alias: "logs", metadata: AliasMetadata(isWriteIndex: true)),
            ], condition: "new")
        try node.registry.cluster.change { (metadata) throws(IndicesError) in metadata.aliasIntent = intent }
        if isMade { try await node.registry.createIndex("logs-000002", uuid: "new") }
        try await node.restart()
        let now = isMade ? "logs-000002" : "logs-1"
        #expect(try await node.index("logs", "1", "{}").index == now)
        let outcome = try await node.registry.rollOver(
            Rollover(alias: "logs", newIndex: nil, conditions: [], isDryRun: false), settings: IndexSettings(), mapping: nil, aliases: [:])
        #expect(outcome.oldIndex == now && outcome.newIndex == (isMade ? "logs-000003" : "logs-000002"))
        #expect(try await node.index("logs", "2", "{}").index == outcome.newIndex)
    }

    /// It stands in the cluster's file while several files change, and not for longer.
    @Test func severalFilesAreRecordedFirst() async throws {
        let node = try await TestNode()
        _ = try await swap(in: node)
        let changes = { node.registry.cluster.metadata.version }
        let before = changes()
        try await node.registry.updateAliases([.add(indices: ["blue"], aliases: ["x"], AliasMetadata())])
        #expect(changes() == before)
        try await node.registry.updateAliases([
            .remove(indices: ["blue"], aliases: ["live"], mustExist: nil), .add(indices: ["green"], aliases: ["live"], AliasMetadata()),
        ])
        #expect(changes() == before + 2 && node.registry.cluster.metadata.aliasIntent == nil)
        // What fails is not done later.
        await #expect(throws: (any Error).self) {
            try await node.registry.carryingOut(AliasIntent(steps: [], removed: ["a", "b"])) {
                #expect(node.registry.cluster.metadata.aliasIntent?.removed == ["a", "b"])
                throw IndicesError.stopping
            }
        }
        #expect(node.registry.cluster.metadata.aliasIntent == nil)
        let intent = AliasIntent(
            steps: [.init(index: "i", alias: "a", metadata: AliasMetadata(filter: ["term": ["t": "x"]])), .init(index: "j", alias: "a")],
            removed: ["k"], condition: "i")
        #expect(AliasIntent(intent.encoded) == intent)
    }
}
