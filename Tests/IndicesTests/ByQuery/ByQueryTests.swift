import JSON
import Query
import Scripts
import Testing
import TestSupport

@testable import Indices

@Suite struct ByQueryTests {
    private func node(shards: Int = 2) async throws -> TestNode {
        let node = try await TestNode()
        try await node.createIndex("i", settings: #"{"number_of_shards":\#(shards)}"#)
        let operations = (0..<50).map { number in
            WriteOperation(
                .index, index: "i", id: "\(number)", routing: number == 7 ? "r" : nil,
                source: Array(#"{"n":\#(number),"k":"k\#(number % 5)"}"#.utf8))
        }
        for result in await node.registry.write(operations, refresh: .immediate) { _ = try result.get() }
        return node
    }

    private func term(_ value: String) -> Query { Query(.term(TermQuery(field: "k.keyword", value: .string(value)))) }

    private func request(_ operation: ByQueryRequest.Operation, _ query: Query? = nil) -> ByQueryRequest {
        var request = ByQueryRequest(operation, source: IndexExpression(["i"]))
        request.query = query
        request.refreshes = true
        request.batchSize = 4
        return request
    }

    @Test func deletes() async throws {
        let node = try await node()
        var few = request(.delete, term("k1"))
        few.maximumDocuments = 6
        let some = try await node.registry.run(few)
        #expect(some.counts.deleted == 6 && some.counts.total == 6 && some.counts.batches == 2)
        let rest = try await node.registry.run(request(.delete, term("k1")))
        #expect(rest.counts.deleted == 4 && rest.failures.isEmpty && !rest.wasCancelled)
        #expect(try await node.count() == 40)
        let all = try await node.registry.run(request(.delete))
        #expect(all.counts.deleted == 40)
        #expect(try await node.count() == 0)
    }

    /// Whatever the number of parts, and of shards: every document is written once.
    @Test(arguments: [1, 3], [2, 5])
    func partsAreAllOfIt(shards: Int, slices: Int) async throws {
        let node = try await node(shards: shards)
        var request = request(.update(nil), term("k1"))
        request.slices = .count(slices)
        let result = try await node.registry.run(request)
        #expect(result.counts.updated == 10 && result.counts.total == 10 && result.failures.isEmpty)
        #expect(result.slices.count == slices && result.slices.map(\.updated).reduce(0, +) == 10)
        for number in stride(from: 1, to: 50, by: 5) {
            #expect(try node.registry.document("\(number)", in: "i")?.version == 2)
        }
        var few = self.request(.delete)
        few.slices = .count(slices)
        few.maximumDocuments = slices
        #expect(try await node.registry.run(few).slices.allSatisfy { $0.deleted <= 1 })
        var automatic = self.request(.delete)
        automatic.slices = .automatic
        let rest = try await node.registry.run(automatic)
        #expect(rest.slices.count == (shards == 1 ? 0 : shards))
        #expect(try await node.count() == 0)
    }

    @Test func partsShareThePace() {
        let progress = ByQueryProgress(.delete, requestsPerSecond: 8, slices: 4)
        #expect(progress.slices.map(\.counts.requestsPerSecond) == [2, 2, 2, 2])
        progress.slices[1].update { $0.deleted = 3 }
        progress.slices[2].update { $0.deleted = 4 }
        #expect(progress.counts.deleted == 7)
        progress.setRequestsPerSecond(nil)
        #expect(progress.counts.requestsPerSecond == nil && progress.slices[3].counts.requestsPerSecond == nil)
    }

    @Test func updatesIndexAnew() async throws {
        let node = try await node()
        let result = try await node.registry.run(request(.update(nil), term("k2")))
        #expect(result.counts.updated == 10 && result.counts.batches == 3)
        let document = try #require(try node.registry.document("7", in: "i", routing: "r"))
        #expect(document.version == 2 && document.routing == "r")
        #expect(await thrownCase {
            try await node.registry.run(request(.update(.inline(Script("s"))), term("nowhere")))
        } == "unknownSymbol")
    }

    /// Documents change after the search has seen them.
    @Test(arguments: [true, false])
    func conflicts(_ proceeds: Bool) async throws {
        let node = try await TestNode()
        try await node.createIndex("i", settings: #"{"refresh_interval":"-1"}"#)
        for number in 0..<10 { try await node.index("i", "\(number)", "{}", refresh: .none) }
        _ = try await node.registry.refresh(.all)
        for number in [2, 6] { try await node.index("i", "\(number)", #"{"a":1}"#, refresh: .none) }
        var byQuery = request(.delete)
        byQuery.proceedsOnConflict = proceeds
        let result = try await node.registry.run(byQuery)
        #expect(result.counts.versionConflicts == (proceeds ? 2 : 1))
        #expect(result.counts.deleted == (proceeds ? 8 : 3))
        #expect(result.failures.map(\.id) == (proceeds ? [] : ["2"]))
        #expect(try node.registry.document("2", in: "i") != nil)
    }

    @Test func reindexes() async throws {
        let node = try await node()
        var destination = ReindexDestination(index: "copy")
        destination.versionType = .external
        var copying = request(.reindex(destination, nil), term("k2"))
        copying.fetchedSource = .filtered(includes: ["n"], excludes: [])
        let result = try await node.registry.run(copying)
        #expect(result.counts.created == 10 && result.counts.total == 10)
        let document = try #require(try node.registry.document("7", in: "copy", routing: "r"))
        #expect(document.source == Array(#"{"n":7}"#.utf8) && document.routing == "r")
        let again = try await node.registry.run(copying)
        #expect(again.counts.versionConflicts == 4 && again.failures.count == 4 && again.counts.batches == 1)
        destination.mustCreate = true
        destination.versionType = .counted
        destination.routing = .discard
        copying.operation = .reindex(destination, nil)
        copying.proceedsOnConflict = true
        let created = try await node.registry.run(copying)
        #expect(created.counts.versionConflicts + created.counts.created == 10 && created.failures.isEmpty)
        #expect(try node.registry.writesToItself(request(.reindex(ReindexDestination(index: "i"), nil))))
    }

    @Test(.timeLimit(.minutes(10))) func throttledTasksAreCancelledAndHurried() async throws {
        let node = try await node()
        var slow = request(.delete)
        slow.requestsPerSecond = 0.001
        let task = try node.registry.start(slow)
        #expect(node.registry.tasks.running.map(\.id) == [task.id])
        while task.progress?.counts.deleted != 4 {
            try Task.checkCancellation()
            await Task.yield()
        }
        task.cancel()
        await task.wait()
        guard case .byQuery(let result) = task.outcome else {
            Issue.record("\(String(describing: task.outcome))")
            return
        }
        #expect(result.wasCancelled && result.counts.deleted == 4)
        #expect(node.registry.tasks.running.isEmpty && node.registry.tasks[task.id] === task)
        let other = try node.registry.start(slow)
        while other.progress?.counts.deleted != 4 {
            try Task.checkCancellation()
            await Task.yield()
        }
        other.progress?.setRequestsPerSecond(nil)
        while other.outcome == nil {
            try Task.checkCancellation()
            other.hurry()
            await Task.yield()
        }
        #expect(try await node.count() == 0)
    }
}
