import JSON
import Testing
import TestSupport

@testable import Scripts

@Suite struct ScriptedMetricTests {
    private func metric(
        _ map: String, initial: String? = "state.list = []", combine: String = "return state.list",
        reduce: String = "def s = 0; for (l in states) { for (x in l) { s += x } } s"
    ) throws -> ScriptedMetric {
        try ScriptedMetric(
            initial: initial.map { Script($0) }, map: Script(map), combine: Script(combine), reduce: Script(reduce),
            parameters: ScriptParameters(["k": 10]))
    }

    @Test func gathersAndReduces() throws {
        let metric = try metric("state.list.add(doc['n'].value * params.k)")
        var states: [JSONValue] = []
        for shard in [[1, 2], [3]] as [[Int64]] {
            let run = try metric.begin()
            for number in shard { try run.add(Document(fields: ["n": .longs([number])]), score: 1) }
            states.append(try run.finish())
        }
        #expect(states == [[10, 20], [30]])
        #expect(try metric.reduce(states) == 60)
    }

    @Test func parametersAndScores() throws {
        let metric = try metric("state.s = (state.s == null ? 0 : state.s) + _score * params.k", initial: nil, combine: "state.s", reduce: "states[0]")
        let run = try metric.begin()
        try run.add(Document(), score: 0.5)
        try run.add(Document(), score: 1.5)
        #expect(try metric.reduce([try run.finish()]) == 20.0)
    }

    /// What documents leave behind counts together.
    @Test func memoryIsBounded() throws {
        let metric = try metric("String s = 'x'.repeat(1000000); state.list.add(s)")
        let run = try metric.begin()
        let error = #expect(throws: ScriptError.self) { for _ in 0..<1000 { try run.add(Document(), score: 1) } }
        #expect(error?.fault == .tooMuchMemory)
    }

    @Test func whatIsWrong() throws {
        #expect(thrownCase { try metric("state.list.add(") } == "unexpectedToken")
        let run = try metric("state.list.add(doc['zz'].value)").begin()
        #expect(thrownCase { try run.add(Document(), score: 1) } == "unmappedField")
    }
}
