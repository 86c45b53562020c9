import JSON
import Mapping
import Query
import Shards
import Scripts
import Testing
import TestSupport

@testable import Indices

@Suite struct DocumentUpdateTests {
    private func operation(_ id: String, _ change: (inout DocumentUpdate) throws -> Void) rethrows -> WriteOperation {
        var operation = WriteOperation(.update, index: "i", id: id)
        var update = DocumentUpdate()
        try change(&update)
        operation.update = update
        return operation
    }

    private func merging(_ id: String, _ json: String) throws -> WriteOperation {
        let document = try JSONDocument(parsing: json).root
        return operation(id) { $0.document = document }
    }

    private func write(_ node: TestNode, _ operations: WriteOperation...) async throws -> [WriteResult] {
        var results: [WriteResult] = []
        for result in await node.registry.write(operations) { results.append(try result.get()) }
        return results
    }

    private func source(_ node: TestNode, _ id: String) throws -> String? {
        try node.registry.document(id, in: "i")?.source.map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func mergesAndSeesNoops() async throws {
        let node = try await TestNode()
        try await node.index("i", "1", #"{"a":1,"o":{"x":1}}"#)
        var changed = try merging("1", #"{"o":{"y":2}}"#)
        changed.update?.shown = .filtered(includes: ["o"], excludes: [])
        let result = try await write(node, changed)[0]
        #expect(result.outcome == .updated && result.version == 2)
        #expect(result.shownSource.map { String(decoding: $0.serialized(), as: UTF8.self) } == #"{"o":{"x":1,"y":2}}"#)
        let noop = try await write(node, try merging("1", #"{"a":1}"#))[0]
        #expect(noop.outcome == .noop && noop.version == 2 && noop.sequenceNumber == 1)
        var insisting = try merging("1", #"{"a":1}"#)
        insisting.update?.detectsNoop = false
        #expect(try await write(node, insisting)[0].version == 3)
        try await node.restart()
        #expect(try source(node, "1") == #"{"a":1,"o":{"x":1,"y":2}}"#)
    }

    @Test func upserts() async throws {
        let node = try await TestNode()
        try await node.createIndex("i")
        let one = try JSONDocument(parsing: #"{"n":1}"#).root
        let two = try JSONDocument(parsing: #"{"n":2}"#).root
        let upsert = operation("1") { update in
            update.document = two
            update.upsert = one
        }
        #expect(try await write(node, upsert)[0].outcome == .created)
        #expect(try source(node, "1") == #"{"n":1}"#)
        #expect(try await write(node, upsert)[0].outcome == .updated)
        #expect(try source(node, "1") == #"{"n":2}"#)
        let own = operation("2") { update in
            update.document = two
            update.upsertsDocument = true
        }
        #expect(try await write(node, own)[0].outcome == .created)
    }

    @Test func onlyUpsertsMakeIndices() async throws {
        let node = try await TestNode()
        #expect(await thrownCase { try await write(node, try merging("1", "{}")) } == "documentMissing")
        #expect(!node.registry.exists(IndexExpression(["i"])))
        var upsert = try merging("1", #"{"a":1}"#)
        upsert.update?.upsertsDocument = true
        #expect(try await write(node, upsert)[0].outcome == .created)
    }

    @Test func refusals() async throws {
        let node = try await TestNode()
        try await node.index("i", "1", #"{"a":1}"#)
        try await node.createIndex("nosource", mappings: #"{"_source":{"enabled":false}}"#)
        try await node.index("nosource", "1", "{}")
        var stale = try merging("1", #"{"a":2}"#)
        (stale.ifSequenceNumber, stale.ifPrimaryTerm) = (7, 1)
        var sourceless = try merging("1", "{}")
        sourceless.index = "nosource"
        let scripted = operation("1") { $0.script = .inline(Script("s")) }
        let results = await node.registry.write([try merging("2", "{}"), stale, sourceless, scripted])
        let kinds = results.map { result -> String in
            switch result {
            case .failure(IndicesError.documentMissing(id: "2", index: "i", uuid: _)): "missing"
            case .failure(IndicesError.write(.sequenceNumberConflict(id: "1", requiredSequenceNumber: 7, requiredPrimaryTerm: 1, current: 0), index: "i", uuid: _)): "conflict"
            case .failure(IndicesError.sourceMissing(id: "1", index: "nosource", uuid: _)): "no source"
            case .failure(IndicesError.scriptFailed(is ScriptError)): "script"
            default: "\(result)"
            }
        }
        #expect(kinds == ["missing", "conflict", "no source", "script"])
        #expect(try source(node, "1") == #"{"a":1}"#)
        #expect(try source(node, "2") == nil)
    }

    /// Writes of one request see those before them, whatever kinds they are.
    @Test func onesOfARequestGoInOrder() async throws {
        let node = try await TestNode()
        try await node.createIndex("i", settings: #"{"number_of_shards":3}"#)
        var operations: [WriteOperation] = []
        for number in 0..<40 {
            let id = "\(number % 4)"
            operations.append(WriteOperation(.index, index: "i", id: id, source: Array(#"{"n":\#(number)}"#.utf8)))
            operations.append(try merging(id, #"{"seen":\#(number)}"#))
            operations.append(try merging(id, #"{"again":\#(number)}"#))
            if number == 20 { operations.append(WriteOperation(.delete, index: "i", id: id)) }
        }
        for result in await node.registry.write(operations) { _ = try result.get() }
        for id in 0..<4 { #expect(try source(node, "\(id)") == #"{"n":\#(36 + id),"seen":\#(36 + id),"again":\#(36 + id)}"#) }
    }

    /// Concurrent updates that are tried again lose nothing.
    @Test func retries() async throws {
        let node = try await TestNode()
        try await node.index("i", "1", "{}")
        let registry = node.registry
        let operations = try (0..<24).map { number in
            var operation = try merging("1", #"{"f\#(number)":1}"#)
            operation.update?.retries = 100
            return operation
        }
        await withTaskGroup(of: Void.self) { group in
            for operation in operations {
                group.addTask {
                    let results = await registry.write([operation])
                    #expect(throws: Never.self) { try results[0].get() }
                }
            }
        }
        let document = try JSONDocument(parsing: try #require(try source(node, "1")))
        #expect(document.root.object?.count == 24)
        #expect(try node.registry.document("1", in: "i")?.version == 25)
    }

    @Test func dynamicTemplatesByName() async throws {
        let node = try await TestNode()
        try await node.createIndex("i", mappings: #"{"dynamic_templates":[{"l":{"match":"zz","mapping":{"type":"long"}}}]}"#)
        var operation = WriteOperation(.index, index: "i", id: "1", source: Array(#"{"a":"7"}"#.utf8))
        operation.dynamicTemplates = ["a": "l"]
        _ = try await write(node, operation)
        #expect(try node.registry.metadata(.all)[0].mapping.field("a")?.type.name == "long")
        operation.source = Array(#"{"b":"7"}"#.utf8)
        operation.dynamicTemplates = ["b": "none"]
        #expect(await thrownCase { try await write(node, operation) } == "document.unknownDynamicTemplate")
    }

    @Test func externalVersionsMakeIndicesEvenWhereTheyDelete() async throws {
        let node = try await TestNode()
        var operation = WriteOperation(.delete, index: "i", id: "1")
        #expect(await thrownCase { try await write(node, operation) } == "indexNotFound")
        operation.version = .init(3)
        #expect(try await write(node, operation)[0].outcome == .notFound)
        var older = WriteOperation(.index, index: "i", id: "1", source: Array("{}".utf8))
        older.version = .init(2)
        #expect(await thrownCase { try await write(node, older) } == "write.versionConflict")
    }
}
