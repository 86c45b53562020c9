import JSON
import Testing
import TestSupport

@testable import Scripts

@Suite struct ParameterScriptTests {
    @Test func numbers() throws {
        let script = try ParameterScript(Script("params.a / params.b + params.k", parameters: ScriptParameters(["k": 1])))
        #expect(try script.number(["a": 6, "b": 4]) == 2.5)
        #expect(try ParameterScript(Script("params.a > 1")).number(["a": 2]) == 1)
        #expect(try ParameterScript(Script("params.a > 1 ? 3 : null")).number(["a": 0]) == nil)
        #expect(thrownCase { try ParameterScript(Script("'x'")).number([:]) } == "cannotCast")
    }

    @Test func conditions() throws {
        #expect(try ParameterScript(Script("params.a > 10")).holds(["a": 11]))
        #expect(try !ParameterScript(Script("params.a > 10")).holds(["a": 10]))
        #expect(thrownCase { try ParameterScript(Script("null")).holds([:]) } == "nullReference")
    }

    @Test func expressionsNameTheirParameters() throws {
        let script = try ParameterScript(
            Script("max(a, k) * 2", language: .expression, parameters: ScriptParameters(["k": 3])), names: ["a"])
        #expect(try script.number(["a": 5]) == 10)
        #expect(thrownCase { try ParameterScript(Script("zz", language: .expression)) } == "unknownSymbol")
    }

    @Test(arguments: [
        ("MovingFunctions.max(values)", 4.0), ("MovingFunctions.min(values)", 1), ("MovingFunctions.sum(values)", 7),
        ("MovingFunctions.unweightedAvg(values)", 7.0 / 3), ("MovingFunctions.linearWeightedAvg(values)", 17.0 / 7),
        ("MovingFunctions.ewma(values, 0.5)", 2.75), ("MovingFunctions.holt(values, 0.5, 0.5)", 2.875), ("values[0] + values.length", 4),
        ("MovingFunctions.stdDev(values, MovingFunctions.unweightedAvg(values))", 1.247219128924647),
    ] as [(String, Double)])
    func windows(_ source: String, _ expected: Double) throws {
        let script = try ParameterScript(Script(source), lists: ["values"])
        let value = try #require(try script.number([:], lists: ["values": [1, 2, 4]]))
        #expect(abs(value - expected) < 1e-12)
    }
}
