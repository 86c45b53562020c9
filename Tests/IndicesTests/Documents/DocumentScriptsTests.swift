import JSON
import Scripts
import Testing
import TestSupport

@testable import Indices

/// What becomes of documents that scripts change.
@Suite struct DocumentScriptsTests {
    private func update(_ id: String, _ script: String, _ body: (inout DocumentUpdate) -> Void = { _ in }) -> WriteOperation {
        var operation = WriteOperation(.update, index: "i", id: id)
        var update = DocumentUpdate()
        update.script = .inline(Script(script, parameters: ScriptParameters(["k": 2])))
        body(&update)
        operation.update = update
        return operation
    }

    private func byQuery(_ node: TestNode, _ operation: ByQueryRequest.Operation) async throws -> ByQueryResult {
        var request = ByQueryRequest(operation, source: IndexExpression(["i"]))
        request.refreshes = true
        return try await node.registry.run(request)
    }

    private func source(_ node: TestNode, _ id: String, _ index: String = "i") throws -> String? {
        try node.registry.document(id, in: index)?.source.map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func updatesDoWhatTheScriptSays() async throws {
        let node = try await TestNode()
        for id in ["1", "2", "3"] { try await node.index("i", id, #"{"n":\#(id)}"#) }
        try node.registry.scripts.put("s", .init(language: "painless", source: "ctx._source.n *= params.k"))
        func stored(_ update: inout DocumentUpdate) { update.script = .stored(id: "s", parameters: ScriptParameters(["k": 5])) }
        let results = await node.registry.write([
            update("1", "ctx._source.n += params.k"), update("1", "ctx.op = 'none'"), update("2", "ctx.op = 'noop'"),
            update("2", "", stored), update("3", "ctx.op = 'delete'"),
        ])
        #expect(try results.map { try $0.get().outcome } == [.updated, .noop, .noop, .updated, .deleted])
        #expect(try [source(node, "1"), source(node, "2"), source(node, "3")] == [#"{"n":3}"#, #"{"n":10}"#, nil])
    }

    @Test func scriptedUpserts() async throws {
        let node = try await TestNode()
        let bytes = Array(#"{"n":1}"#.utf8)
        func scripted(_ update: inout DocumentUpdate) {
            update.upsert = try? JSONDocument(parsing: bytes).root
            update.isScriptedUpsert = true
        }
        let script = "if (ctx.op == 'create') { ctx._source.made = true } else { ctx._source.n += 1 }"
        let results = await node.registry.write([
            update("1", script, scripted), update("1", script, scripted), update("2", "ctx.op = 'none'", scripted),
        ])
        #expect(try results.map { try $0.get().outcome } == [.created, .updated, .noop])
        #expect(try source(node, "1") == #"{"n":2,"made":true}"#)
        #expect(try source(node, "2") == nil)
    }

    @Test(arguments: [
        ("ctx._id = 'x'", ScriptContextProblem.fixedKey("_id")), ("ctx._source = 1", .sourceNotObject),
        ("ctx.junk = 'x'", .unknownKey("junk", value: "x")),
    ])
    func updatesAreRefused(_ script: String, _ problem: ScriptContextProblem) async throws {
        let node = try await TestNode()
        try await node.index("i", "1", "{}")
        let result = await node.registry.write([update("1", script)])[0]
        guard case .failure(IndicesError.scriptFailed(let error)) = result, case IndicesError.scriptContext(let found) = error else {
            Issue.record("\(result)")
            return
        }
        #expect(found == problem)
    }

    @Test func updatesByQuery() async throws {
        let node = try await TestNode()
        for id in 1...4 { try await node.index("i", "\(id)", #"{"n":\#(id)}"#) }
        let script = "if (ctx._source.n == 1) { ctx.op = 'noop' } else if (ctx._source.n == 2) { ctx.op = 'delete' } else { ctx._source.n = 0 }"
        let counts = try await byQuery(node, .update(.inline(Script(script)))).counts
        #expect(counts.noops == 1 && counts.deleted == 1 && counts.updated == 2)
        #expect(try [source(node, "1"), source(node, "2"), source(node, "3")] == [#"{"n":1}"#, nil, #"{"n":0}"#])
        #expect(await thrownCase { try await byQuery(node, .update(.inline(Script("ctx.op = 'none'")))) } == "scriptContext")
        #expect(await thrownCase { try await byQuery(node, .update(.inline(Script("ctx._id = 'x'")))) } == "scriptContext")
    }

    @Test func reindexingMayMoveDocuments() async throws {
        let node = try await TestNode()
        for id in 1...3 { try await node.index("i", "\(id)", #"{"n":\#(id)}"#) }
        let script = "ctx._id = 'x' + ctx._id; if (ctx._source.n == 3) { ctx._index = 'other' } if (ctx._source.n == 2) { ctx.op = 'noop' }"
        let counts = try await byQuery(node, .reindex(ReindexDestination(index: "copy"), .inline(Script(script)))).counts
        #expect(counts.created == 2 && counts.noops == 1)
        #expect(try source(node, "x1", "copy") == #"{"n":1}"#)
        #expect(try source(node, "x3", "other") == #"{"n":3}"#)
    }

    @Test func textsAreCompiledOnce() async throws {
        let node = try await TestNode()
        let scripts = DocumentScripts(node.registry.scripts, now: 7)
        for k in 1...3 {
            let script = ScriptReference.inline(Script("ctx._source.n = params.k + ctx._now", parameters: ScriptParameters(["k": .int(k)])))
            let context = try scripts.run(script, .update, on: .init(index: "i", id: "1", source: [:]))
            #expect(context.source == ["n": .int(k + 7)] && context.operation == .index)
        }
    }
}
