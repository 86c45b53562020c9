import Analysis
import Foundation
import JSON
import Logging
import Mapping
import Query
import Shards
import Testing
import TestSupport

@testable import Indices

@Suite struct ResizeTests {
    /// Three shards of documents with vectors, nested objects, routings, and sources that lack some of it.
    private func source(_ node: TestNode) async throws {
        try await node.createIndex(
            "source",
            mappings: #"""
                {"_source":{"excludes":["v","k"]},"properties":{"v":{"type":"dense_vector","dims":2,"similarity":"l2_norm"},
                "k":{"type":"keyword"},"n":{"type":"nested"}}}
                """#,
            settings: #"{"number_of_shards":4,"number_of_replicas":0,"refresh_interval":"7s"}"#)
        for number in 0..<30 {
            try await node.index("source", "\(number)", #"{"a":\#(number),"k":"w\#(number)","v":[\#(number),0],"n":[{"x":\#(number)},{"x":-1}]}"#, refresh: .none)
        }
        for number in 0..<5 {
            let again = #"{"a":\#(number),"k":"w\#(number)","v":[\#(number),0],"n":[{"x":\#(number)}]}"#
            try await node.index("source", "\(number)", again, refresh: .none)
        }
        _ = await node.registry.write([WriteOperation(.delete, index: "source", id: "29")])
        _ = try await node.registry.addBlock(.write, to: IndexExpression(["source"]))
    }

    private func hits(_ query: Query, in index: String, _ node: TestNode) async throws -> [String] {
        let answer = try await node.registry.search(Search(query: query, size: 50), in: IndexExpression([index]), options: SearchOptions())
        return answer.hits.map(\.id).sorted()
    }

    @Test(arguments: [(Resize.Kind.clone, 4, 4), (.shrink, 2, 2), (.shrink, 1, 1), (.split, 8, 8)])
    func documentsAreTheSameInAnotherNumberOfShards(kind: Resize.Kind, given: Int, shards: Int) async throws {
        let node = try await TestNode()
        try await source(node)
        let change: [String: SettingValue?] = ["index.number_of_shards": .string("\(given)"), "index.blocks.write": nil]
        let made = try await node.registry.resize(Resize(kind, from: "source", to: "target", settings: SettingsChange(change)))
        #expect(made.settings.numberOfShards == shards && made.settings.refreshInterval == .seconds(7) && made.settings.blocks.isEmpty)
        #expect(made.settings.given["index.resize.source.name"]?.text == "source")
        try await node.restart()
        for index in ["source", "target"] {
            #expect(try await hits(Query(.matchAll), in: index, node).count == 29)
            #expect(try await hits(Query(.term(TermQuery(field: "k", value: .string("w17")))), in: index, node) == ["17"])
            let nested = NestedQuery(path: "n", query: Query(.term(TermQuery(field: "n.x", value: .integer(-1)))))
            #expect(try await hits(Query(.nested(nested)), in: index, node).count == 24)
            let near = KNNQuery(field: "v", vector: .vector([12.2, 0]), k: 1, candidates: 5)
            #expect(try await hits(Query(.knn(near)), in: index, node).contains("12"))
        }
        for id in ["3", "20"] {
            let (first, second) = (try node.registry.document(id, in: "source"), try node.registry.document(id, in: "target"))
            #expect(first?.source == second?.source && first?.version == second?.version)
            #expect(first?.sequenceNumber == second?.sequenceNumber)
        }
        // It is an index like any other.
        #expect(try await node.index("target", "new", #"{"a":1}"#).outcome == .created)
    }

    @Test func anIndexThatTakesWritesIsRefused() async throws {
        let node = try await TestNode()
        try await node.createIndex("source")
        #expect(await thrownCase { try await node.registry.resize(Resize(.clone, from: "source", to: "target")) } == "resize.notReadOnly")
        #expect(!node.registry.exists(IndexExpression(["target"])))
        #expect(try node.folders().count == 1)
    }

    @Test(arguments: [
        (Resize.Kind.clone, 4, 2, ResizeProblem.cloneOfOtherCount(source: 4, target: 2)),
        (.shrink, 4, 8, .notFewer(source: 4, target: 8)), (.shrink, 4, 3, .notAMultiple(source: 4, target: 3)),
        (.split, 4, 6, .notAFactor(source: 4, target: 6)), (.split, 4, 2, .notMore(source: 4, target: 2)),
        (.split, 3, 2049, .notOfRoutingShards(768, target: 2049)),
    ])
    func countsThatDoNotDivide(kind: Resize.Kind, source: Int, target: Int, problem: ResizeProblem) throws {
        var settings = IndexSettings()
        settings.numberOfShards = source
        let change = SettingsChange(["index.number_of_shards": .string("\(target)")])
        #expect(throws: problem) {
            try Resize(kind, from: "a", to: "b", settings: change).shardCount(of: settings, sourceBytes: 0)
        }
    }

    @Test(arguments: [(100, 1), (101, 2), (250, 4), (399, 4), (400, 4), (9000, 8)])
    func shardsOfASize(bytes: Int, count: Int) throws {
        var settings = IndexSettings()
        settings.numberOfShards = 8
        let resize = Resize(.shrink, from: "a", to: "b", maximumShardBytes: 100)
        #expect(try resize.shardCount(of: settings, sourceBytes: bytes) == count)
    }

    @Test func aFailureLeavesNothing() async throws {
        let node = try await TestNode()
        let metadata = IndexMetadata(name: "x", settings: IndexSettings(), mapping: Mapping())
        let path = node.registry.directory.path(ofIndex: metadata.uuid)
        await #expect(throws: TestNode.FakeModelError.self) {
            _ = try await Index(creating: metadata, in: path, log: Logger(label: "test")) { shards, folder in
                // What a killed process would leave is removed by the next start.
                let crashed = try await node.crashCopy()
                #expect(shards.count == 1 && FileManager.default.fileExists(atPath: folder))
                #expect(try crashed.folders().isEmpty && !crashed.registry.exists(IndexExpression(["x"])))
                throw TestNode.FakeModelError.unknown("x")
            }
        }
        #expect(try node.folders().isEmpty)
    }
}
