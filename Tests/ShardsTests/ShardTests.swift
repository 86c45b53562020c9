import Foundation
import GRDB
import Mapping
import Query
import Testing

@testable import Shards

struct ShardTests {
    @Test func documentsAreWrittenAndReadBack() async throws {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var documents = try Documents()
        let source = #"{ "name":"cow.jpg",  "n": 1.50 }"#
        var operation = try documents.index("1", source)
        operation.routing = "r"
        #expect(try await shard.write(operation) == ShardWriteResult(outcome: .created, version: 1, sequenceNumber: 0))
        let document = try #require(try shard.document(id: "1"))
        #expect(document.source == Array(source.utf8))
        #expect(document.version == 1 && document.sequenceNumber == 0 && document.routing == "r")
        #expect(try shard.document(id: "2") == nil)
    }

    @Test func gettingIsRealTimeAndSearchingIsNot() async throws {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var documents = try Documents()
        try await shard.write(try documents.index("1", #"{"a":1}"#))
        #expect(shard.view.documentCount == 0)
        #expect(try shard.view.ids(.matchAll) == [])
        let view = try await shard.refresh()
        #expect(try view.ids(.matchAll) == ["1"])
    }

    @Test func versionsGoOnThroughDeletes() async throws {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var documents = try Documents()
        let outcomes: [ShardWriteResult] = [
            try await shard.write(try documents.index("1", "{}")),
            try await shard.write(try documents.index("1", "{}")),
            try await shard.delete("1"), try await shard.delete("1"),
            try await shard.write(try documents.index("1", "{}")),
        ]
        #expect(outcomes.map(\.outcome) == [.created, .updated, .deleted, .notFound, .created])
        #expect(outcomes.map(\.version) == [1, 2, 3, 4, 5])
        #expect(outcomes.map(\.sequenceNumber) == [0, 1, 2, 3, 4])
    }

    @Test func refusedOperationsLeaveNothingAndOthersProceed() async throws {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var documents = try Documents()
        let empty = try documents.parse("{}")
        let results = await shard.write([
            ShardOperation(id: "1", action: .create(empty)), ShardOperation(id: "1", action: .create(empty)),
            ShardOperation(id: "1", action: .index(empty), requiredSequenceNumber: 7, requiredPrimaryTerm: 1),
            ShardOperation(id: "2", action: .delete, requiredSequenceNumber: 0, requiredPrimaryTerm: 1),
            ShardOperation(id: "1", action: .index(empty), requiredSequenceNumber: 0, requiredPrimaryTerm: 2),
            ShardOperation(id: "1", action: .index(empty), requiredSequenceNumber: 0, requiredPrimaryTerm: 1),
        ])
        let expected: [Result<ShardWriteResult, WriteRefusal>] = [
            .success(ShardWriteResult(outcome: .created, version: 1, sequenceNumber: 0)),
            .failure(.alreadyExists(id: "1", currentVersion: 1)),
            .failure(.sequenceNumberConflict(id: "1", requiredSequenceNumber: 7, requiredPrimaryTerm: 1, current: 0)),
            .failure(.sequenceNumberConflict(id: "2", requiredSequenceNumber: 0, requiredPrimaryTerm: 1, current: nil)),
            .failure(.sequenceNumberConflict(id: "1", requiredSequenceNumber: 0, requiredPrimaryTerm: 2, current: 0)),
            .success(ShardWriteResult(outcome: .updated, version: 2, sequenceNumber: 1)),
        ]
        #expect(results == expected)
        #expect(try await shard.refresh().documentCount == 1)
    }

    @Test func viewsStayAsTheyWere() async throws {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var documents = try Documents()
        for id in 0..<10 { try await shard.write(try documents.index("\(id)", #"{"n":\#(id)}"#)) }
        let old = try await shard.refresh()
        try await shard.write(try documents.index("3", #"{"n":100}"#))
        try await shard.delete("4")
        let new = try await shard.refresh()
        try await shard.purge()
        let plan = try documents.plan(
            Query(.range(RangeQuery(field: "n", lower: .init(.integer(3), isInclusive: true)))))
        #expect(try old.ids(plan) == ["3", "4", "5", "6", "7", "8", "9"])
        #expect(try new.ids(plan) == ["5", "6", "7", "8", "9", "3"])
        #expect(try old.ids(.ids(["3", "4"])) == ["3", "4"])
        #expect(try new.ids(.ids(["3", "4"])) == ["3"])
    }

    @Test func thePurgeTakesWhatNoViewNeeds() async throws {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var documents = try Documents()
        for round in 0..<3 {
            for id in 0..<10 { try await shard.write(try documents.index("\(id)", #"{"n":\#(round),"s":"x"}"#)) }
        }
        try await shard.refresh()
        #expect(shard.statistics.deletedDocuments == 20)
        try await shard.purge()
        #expect(shard.statistics.deletedDocuments == 0)
        #expect(shard.statistics.documents == 10)
        #expect(
            try shard.view.ids(try documents.plan(Query(.term(TermQuery(field: "n", value: .integer(2)))))).count == 10)
        #expect(try shard.view.ids(try documents.plan(Query(.term(TermQuery(field: "n", value: .integer(1)))))).isEmpty)
    }

    @Test func concurrentWritersShareCommits() async throws {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var documents = try Documents()
        let document = try documents.parse(#"{"a":1}"#)
        let results = await withTaskGroup(of: [Result<ShardWriteResult, WriteRefusal>].self) { group in
            for writer in 0..<50 {
                group.addTask {
                    await shard.write((0..<4).map { ShardOperation(id: "\(writer)-\($0)", action: .index(document)) })
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        #expect(results.count == 200)
        #expect(Set(try results.map { try $0.get().sequenceNumber }) == Set(0..<200))
        #expect(try await shard.refresh().documentCount == 200)
    }

    @Test func everythingIsThereAfterReopening() async throws {
        let directory = try TemporaryDirectory()
        var documents = try Documents(properties: #"{"v":{"type":"dense_vector","dims":2,"similarity":"l2_norm"}}"#)
        let shard = try makeShard(directory)
        for id in 0..<20 { try await shard.write(try documents.index("\(id)", #"{"v":[\#(id),0],"s":"s\#(id % 3)"}"#)) }
        try await shard.delete("5")
        try await shard.close()
        let reopened = try openShard(directory)
        let view = reopened.view
        #expect(view.documentCount == 19)
        #expect(try view.ids(nearest: KNNPlan(field: "v", vector: [5, 0], k: 2, candidates: 10)) == ["4", "6"])
        #expect(
            try view.ids(.term(field: "s.keyword", value: .term("s2"), scoring: .constant)) == [
                "2", "8", "11", "14", "17",
            ])
        let result = try await reopened.write(try documents.index("5", "{}"))
        #expect(result == ShardWriteResult(outcome: .created, version: 3, sequenceNumber: 21))
    }

    @Test func theDatabaseSyncsEveryCommit() async throws {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        let mode = try await shard.store.pool.writeWithoutTransaction { database in
            try Int.fetchOne(database, sql: "PRAGMA synchronous")
        }
        #expect(mode == 2)
    }

    @Test func statisticsCount() async throws {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var documents = try Documents()
        try await shard.write(try documents.index("1", "{}"))
        try await shard.write(try documents.index("2", "{}"))
        try await shard.delete("1")
        let view = try await shard.refresh()
        _ = try view.documents(try view.search(.matchAll, limit: 10).documents.map(\.ordinal))
        _ = try shard.document(id: "2")
        try await shard.flush()
        let statistics = shard.statistics
        #expect(statistics.documents == 1 && statistics.deletedDocuments == 1)
        #expect(statistics.maximumSequenceNumber == 2)
        #expect(statistics.indexed == 2 && statistics.deleted == 1)
        #expect(statistics.searches == 1 && statistics.fetches == 1 && statistics.gets == 1)
        #expect(statistics.refreshes == 1 && statistics.flushes == 1)
        #expect(statistics.storeBytes > 0)
    }
}
