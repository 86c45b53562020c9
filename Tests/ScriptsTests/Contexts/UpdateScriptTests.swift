import JSON
import Testing

@testable import Scripts

@Suite struct UpdateScriptTests {
    private func update(_ source: String, _ document: JSONValue, _ parameters: JSONMembers = [:]) throws -> UpdateScript.Outcome {
        try UpdateScript(Script(source, parameters: ScriptParameters(parameters)))
            .run(source: document, metadata: .init(["op": "index", "_id": "1", "_index": "i"]), now: 5)
    }

    @Test func changesTheSource() throws {
        let outcome = try update(
            "ctx._source.counter += params.count; ctx._source.tags.add(params.tag); ctx._source.remove('old'); ctx._source.o.x = [1, 2.5]",
            ["counter": 1, "tags": ["a"], "old": 1, "o": [:]], ["count": 4, "tag": "b"])
        #expect(outcome.source == ["counter": 5, "tags": ["a", "b"], "o": ["x": [1, 2.5]]])
        #expect(outcome.operation == "index")
    }

    @Test func choosesTheOperation() throws {
        #expect(try update("ctx.op = ctx._source.n > 1 ? 'delete' : 'none'", ["n": 2]).operation == "delete")
        #expect(try update("if (ctx._source.tags.contains(params.t)) { ctx.op = 'none' } else { ctx.op = 'noop' }", ["tags": []], ["t": 1]).operation == "noop")
        #expect(try update("ctx._id = 'x'; ctx._source = ['now': ctx._now]", [:]).metadata.members["_id"] == "x")
        #expect(try update("ctx._source = ['now': ctx._now]", [:]).source == ["now": 5])
    }

    @Test func orderAndKindsOfValuesStay() throws {
        let document: JSONValue = ["z": 1, "a": 1.0, "big": .int(9_007_199_254_740_993), "n": nil, "t": true]
        #expect(try update("ctx._source.b = 1", document).source == ["z": 1, "a": 1.0, "big": .int(9_007_199_254_740_993), "n": nil, "t": true, "b": 1])
    }

    @Test func parametersAreTheRunsOwn() throws {
        let script = try UpdateScript(Script("params.l.add(1); ctx._source.l = params.l", parameters: ScriptParameters(["l": [0]])))
        for _ in 0..<2 {
            #expect(try script.run(source: [:], metadata: .init([:])).source == ["l": [0, 1]])
        }
    }

    @Test func whatContainsItselfIsRefused() throws {
        let error = try #require(throws: ScriptError.self) { try update("ctx._source.self = ctx._source", [:]) }
        #expect(error.fault == .selfReferencing)
        let deep = "def x = []; for (int i = 0; i < 2000; i++) { def y = []; y.add(x); x = y } ctx._source.x = x"
        #expect(try #require(throws: ScriptError.self) { try update(deep, [:]) }.fault == .callsTooDeep)
    }

    @Test func failingLeavesAnError() throws {
        let error = try #require(throws: ScriptError.self) { try update("ctx._source.a.b = 1", [:]) }
        #expect(error.fault == .nullReference("b"))
    }
}
