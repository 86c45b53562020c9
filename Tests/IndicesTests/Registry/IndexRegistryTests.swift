import Files
import Foundation
import JSON
import Mapping
import Query
import Testing
import TestSupport

@testable import Indices
@testable import Shards

@Suite struct IndexRegistryTests {
    @Test func indicesComeAndGo() async throws {
        let node = try await TestNode()
        try await node.createIndex("a")
        #expect(node.registry.exists(IndexExpression(["a"])))
        #expect(!node.registry.exists(IndexExpression(["b"])))
        #expect(await thrownCase { try await node.createIndex("a") } == "indexAlreadyExists")
        try await node.registry.deleteIndices(IndexExpression(["a"]))
        #expect(!node.registry.exists(IndexExpression(["a"])))
        #expect(await thrownCase { try await node.registry.deleteIndices(IndexExpression(["a"])) } == "indexNotFound")
    }

    @Test func firstWriteMakesTheIndexAndItsMapping() async throws {
        let node = try await TestNode()
        let result = try await node.index("auto", "1", #"{"title":"x","n":3}"#)
        #expect(result.outcome == .created)
        #expect(result.version == 1)
        #expect(result.forcedRefresh)
        let mapping = try #require(try node.registry.metadata(IndexExpression(["auto"])).first).mapping
        #expect(mapping.field("title.keyword") != nil)
        #expect(mapping.field("n") != nil)
    }

    @Test func aDeleteMakesNoIndex() async throws {
        let node = try await TestNode()
        let results = await node.registry.write([WriteOperation(.delete, index: "absent", id: "1")])
        #expect(thrownCase { try results[0].get() } == "indexNotFound")
        #expect(!node.registry.exists(IndexExpression(["absent"])))
    }

    @Test func resultsKeepTheOrderOfOperations() async throws {
        let node = try await TestNode()
        try await node.createIndex("a", mappings: #"{"properties":{"n":{"type":"integer"}}}"#, settings: #"{"number_of_shards":3}"#)
        var operations = (0..<50).map { number in
            WriteOperation(.index, index: number % 2 == 0 ? "a" : "b", id: "\(number)", source: Array(#"{"n":\#(number)}"#.utf8))
        }
        operations.insert(WriteOperation(.index, index: "a", id: "bad", source: Array(#"{"n":"x"}"#.utf8)), at: 20)
        operations.append(WriteOperation(.create, index: "a", id: "0", source: Array("{}".utf8)))
        let results = await node.registry.write(operations, refresh: .immediate)
        for (position, (operation, result)) in zip(operations, results).enumerated() {
            if position == 20 || position == 51 {
                #expect(thrownCase { try result.get() } == (position == 20 ? "document.malformedValue.notANumber" : "write.alreadyExists"))
            } else {
                #expect(try result.get().id == operation.id)
                #expect(try result.get().index == operation.index)
            }
        }
        #expect(try await node.count() == 50)
    }

    @Test func getIsRealTime() async throws {
        let node = try await TestNode()
        try await node.index("a", "1", #"{"x":1}"#, refresh: .none)
        let document = try #require(try node.registry.document("1", in: "a"))
        #expect(document.source == Array(#"{"x":1}"#.utf8))
        #expect(document.version == 1 && document.sequenceNumber == 0 && document.primaryTerm == 1)
        #expect(try node.registry.document("2", in: "a") == nil)
        #expect(thrownCase { try node.registry.document("1", in: "b") } == "indexNotFound")
    }

    @Test func newDocumentsGetIds() async throws {
        let node = try await TestNode()
        let first = try await node.index("a", nil, "{}")
        let second = try await node.index("a", nil, "{}")
        #expect(first.id.utf8.count == 20 && first.id != second.id)
        #expect(await thrownCase { try await node.index("a", "", "{}") } == "emptyDocumentID")
        #expect(await thrownCase { try await node.index("a", String(repeating: "x", count: 513), "{}") } == "documentIDTooLong")
    }

    @Test func waitForReturnsWhenVisible() async throws {
        let node = try await TestNode()
        try await node.createIndex("a", settings: #"{"refresh_interval":"1ms"}"#)
        try await node.index("a", "1", "{}", refresh: .waitFor)
        #expect(try await node.count() == 1)
    }

    @Test func withoutScheduledRefreshWaitForRefreshes() async throws {
        let node = try await TestNode()
        try await node.createIndex("a", settings: #"{"refresh_interval":"-1"}"#)
        try await node.index("a", "1", "{}", refresh: .none)
        #expect(try await node.count() == 0)
        try await node.index("a", "2", "{}", refresh: .waitFor)
        #expect(try await node.count() == 2)
    }

    @Test func mappingsAreMergedEverywhereOrNowhere() async throws {
        let node = try await TestNode()
        try await node.createIndex("a", mappings: #"{"properties":{"f":{"type":"keyword"}}}"#)
        try await node.createIndex("b", mappings: #"{"properties":{"f":{"type":"long"}}}"#)
        let addition = try Mapping(decoding: JSONDocument(parsing: #"{"properties":{"f":{"type":"keyword"},"g":{"type":"date"}}}"#).root)
        #expect(thrownCase { try node.registry.putMapping(addition, on: .all) } == "mapping.typeConflict")
        #expect(try node.registry.metadata(.all).allSatisfy { $0.mapping.field("g") == nil })
        try node.registry.putMapping(addition, on: IndexExpression(["a"]))
        #expect(try node.registry.metadata(IndexExpression(["a"]))[0].mapping.field("g") != nil)
    }

    @Test func everythingIsThereAfterARestart() async throws {
        let node = try await TestNode()
        let created = try await node.createIndex("a", settings: #"{"number_of_shards":2}"#)
        for number in 0..<20 { try await node.index("a", "\(number)", #"{"n":\#(number)}"#) }
        try await node.restart()
        let metadata = try node.registry.metadata(.all)[0]
        #expect(metadata.uuid == created.uuid)
        #expect(metadata.creationMilliseconds == created.creationMilliseconds)
        #expect(metadata.settings == created.settings)
        #expect(metadata.mapping.field("n") != nil)
        #expect(try await node.count() == 20)
    }

    @Test func acknowledgedWritesSurviveAKill() async throws {
        let node = try await TestNode()
        for number in 0..<20 { try await node.index("a", "\(number)", #"{"n":\#(number)}"#, refresh: .none) }
        let copy = try await node.crashCopy()
        #expect(try await copy.count() == 20)
    }

    @Test func anUnfinishedIndexIsLitter() async throws {
        let node = try await TestNode()
        try Directory.create(node.path + "/indices/unfinished.new/0")
        try Directory.create(node.path + "/indices/former.deleted/0")
        try await node.restart()
        #expect(try node.registry.metadata(.all).isEmpty)
        #expect(try node.folders().isEmpty)
    }

    @Test func nothingButLitterIsRemoved() async throws {
        let node = try await TestNode()
        let metadata = try await node.createIndex("a")
        try await node.index("a", "1", "{}")
        await node.registry.close()
        let path = node.registry.directory.path(ofIndex: metadata.uuid)
        try Path.remove(path + "/index.json")
        try await node.restart()
        #expect(try node.registry.health().status == .red)
        #expect(try Path.exists(path + "/0/documents.sqlite"))
    }

    @Test func aDeletionCountsFromItsMark() async throws {
        let node = try await TestNode()
        try await node.index("a", "1", "{}")
        try #require(node.registry.index("a")).record.markDeleted()
        let copy = try await node.crashCopy()
        #expect(try copy.registry.metadata(.all).isEmpty)
        #expect(try copy.folders().isEmpty)
    }

    @Test func aDeletionThatCannotBeMarkedLeavesTheIndex() async throws {
        let node = try await TestNode()
        try await node.index("a", "1", "{}")
        let path = node.registry.directory.path(ofIndex: try node.registry.metadata(.all)[0].uuid)
        try Directory.create(path + ".deleted/in-the-way")
        #expect(await thrownCase { try await node.registry.deleteIndices(.all) } == "file.FileError")
        try await node.index("a", "2", "{}")
        #expect(try await node.count() == 2)
        try Path.remove(path + ".deleted")
        try await node.registry.deleteIndices(.all)
        #expect(try node.folders().isEmpty)
    }

    @Test func ofTwoIndicesOfOneNameTheSecondIsRed() async throws {
        let node = try await TestNode()
        let metadata = try await node.createIndex("a", settings: #"{"number_of_replicas":0}"#)
        await node.registry.close()
        let path = node.registry.directory.path(ofIndex: metadata.uuid)
        try FileManager.default.copyItem(atPath: path, toPath: node.registry.directory.path(ofIndex: "~"))
        try await node.restart()
        let health = try node.registry.health()
        #expect(health.indices.map(\.name) == ["a", "~"])
        #expect(health.indices.map(\.health) == [.green, .red])
    }

    @Test func concurrentWritersMakeOneIndex() async throws {
        let node = try await TestNode()
        let registry = node.registry
        let results = await withTaskGroup { group in
            for number in 0..<8 {
                group.addTask {
                    await registry.write([WriteOperation(.index, index: "a", id: "\(number)", source: Array("{}".utf8))])
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        for result in results { _ = try result.get() }
        #expect(try node.folders().count == 1)
    }

    @Test func creationsAndDeletionsOfOneNameLeaveAtMostOne() async throws {
        let node = try await TestNode()
        let registry = node.registry
        await withTaskGroup { group in
            for number in 0..<8 {
                group.addTask {
                    for _ in 0..<5 {
                        if number % 2 == 0 {
                            _ = await registry.write([WriteOperation(.index, index: "a", source: Array("{}".utf8))])
                        } else {
                            try? await registry.deleteIndices(IndexExpression(["a"]))
                        }
                    }
                }
            }
        }
        let open = try registry.metadata(.all)
        #expect(try node.folders() == open.map(\.uuid))
        try await node.restart()
        #expect(try node.registry.metadata(.all).map(\.uuid) == open.map(\.uuid))
    }

    @Test func deletingBesideSearchesHarmsNothing() async throws {
        let node = try await TestNode()
        let registry = node.registry
        for number in 0..<20 { try await node.index("a", "\(number)", #"{"n":\#(number)}"#) }
        await withTaskGroup { group in
            for _ in 0..<4 {
                group.addTask { for _ in 0..<20 { _ = try? await registry.search(Search(query: .matchAll), in: .all) } }
            }
            group.addTask { try? await registry.deleteIndices(.all) }
        }
        #expect(try node.folders().isEmpty)
    }

    @Test(arguments: [false, true])
    func requireAliasFailsOnlyItsOwnOperation(isThere: Bool) async throws {
        let node = try await TestNode()
        if isThere { try await node.createIndex("a") }
        let operations = [false, true, false].map {
            WriteOperation(.index, index: "a", source: Array("{}".utf8), requiresAlias: $0)
        }
        let results = await node.registry.write(operations)
        _ = try results[0].get()
        #expect {
            try results[1].get()
        } throws: {
            if case IndicesError.aliasRequired("a") = $0 { true } else { false }
        }
        _ = try results[2].get()
    }

    @Test func requireAliasMakesNoIndex() async throws {
        let node = try await TestNode()
        let results = await node.registry.write([
            WriteOperation(.index, index: "a", source: Array("{}".utf8), requiresAlias: true),
            WriteOperation(.delete, index: "a", id: "1"),
        ])
        #expect {
            try results[0].get()
        } throws: {
            if case IndicesError.aliasRequired("a") = $0 { true } else { false }
        }
        #expect {
            try results[1].get()
        } throws: {
            if case IndicesError.indexNotFound("a") = $0 { true } else { false }
        }
        #expect(try node.folders().isEmpty)
    }

    @Test func aFailedRefreshDoesNotFailTheWrite() async throws {
        let node = try await TestNode()
        try await node.createIndex(
            "a",
            mappings: #"{"properties":{"v":{"type":"dense_vector","dims":2,"similarity":"l2_norm","index_options":{"type":"hnsw"}}}}"#,
            settings: #"{"refresh_interval":"-1"}"#)
        let shard = try #require(node.registry.index("a")).shards[0]
        shard.graphs.suspend()
        try await node.index("a", "1", #"{"v":[1,1]}"#, refresh: .none)
        let vectors = try FileHandle(forUpdating: URL(fileURLWithPath: shard.directory + "/vectors/v/vectors.f32"))
        try vectors.seek(toOffset: 4096)
        try vectors.write(contentsOf: Data([0xFF]))
        try vectors.close()
        shard.graphs.resume()
        let written = try await node.index("a", "2", #"{"v":[2,2]}"#, refresh: .immediate)
        #expect(written.outcome == .created)
        #expect(!written.forcedRefresh)
        #expect(try node.registry.document("2", in: "a") != nil)
    }

    /// One index that cannot be opened leaves the others be.
    @Test(arguments: ["index.json", "0/documents.sqlite"])
    func aDamagedIndexIsRed(file: String) async throws {
        let node = try await TestNode()
        let metadata = try await node.createIndex("a", settings: #"{"number_of_replicas":0}"#)
        try await node.createIndex("b", settings: #"{"number_of_replicas":0}"#)
        try await node.index("b", "1", "{}")
        let path = node.registry.directory.path(ofIndex: metadata.uuid) + "/" + file
        await node.registry.close()
        try File.replace(path, with: Array("{".utf8))
        try await node.restart()
        let name = file == "index.json" ? metadata.uuid : "a"
        let health = try node.registry.health()
        #expect(health.status == .red && health.unassignedPrimaryShards == 1)
        #expect(health.indices.first { $0.health == .red }?.name == name)
        await #expect {
            try await node.registry.search(Search(query: .matchAll), in: IndexExpression([name]))
        } throws: {
            if case IndicesError.indexUnavailable(name, _) = $0 { true } else { false }
        }
        #expect(try await node.registry.search(Search(query: .matchAll), in: IndexExpression(["b"])).hits.count == 1)
        let all = try await node.registry.search(Search(query: .matchAll), in: .all)
        #expect(all.hits.count == 1)
        #expect(all.shards.total == 2 && all.failures.map(\.index) == [name])
        #expect(await thrownCase {
            try await node.registry.search(Search(query: .matchAll), in: .all, options: SearchOptions(allowsPartialResults: false))
        } == "indexUnavailable")
        #expect(try await node.registry.refresh(.all).unavailable.count == 1)
        try await node.registry.deleteIndices(IndexExpression([name]))
        #expect(try node.registry.health().status == .green)
    }

    @Test func twoProcessesDoNotShareADirectory() async throws {
        let node = try await TestNode()
        #expect {
            try DataDirectory(opening: node.path)
        } throws: {
            if case IndicesError.dataDirectoryInUse = $0 { true } else { false }
        }
    }

    @Test func healthCountsReplicasThatHaveNoPlace() async throws {
        let node = try await TestNode()
        #expect(try node.registry.health().status == .green)
        try await node.createIndex("a", settings: #"{"number_of_shards":2,"number_of_replicas":1}"#)
        let health = try node.registry.health()
        #expect(health.status == .yellow)
        #expect(health.primaryShards == 2 && health.unassignedShards == 2)
    }

    @Test func statisticsCountDocuments() async throws {
        let node = try await TestNode()
        try await node.index("a", "1", "{}")
        try await node.index("a", "2", "{}")
        try await node.index("a", "2", "{}")
        let statistics = try node.registry.statistics(.all)[0]
        #expect(statistics.documents == 2)
        #expect(statistics.deletedDocuments == 1)
        #expect(statistics.storeBytes > 0)
    }
}
