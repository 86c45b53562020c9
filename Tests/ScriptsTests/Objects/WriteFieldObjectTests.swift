import JSON
import Testing

@testable import Scripts

@Suite struct WriteFieldObjectTests {
    private func changed(_ source: String, _ document: JSONValue) throws -> JSONValue {
        try UpdateScript(Script(source)).run(source: document, metadata: .init(["op": "index"])).source
    }

    @Test(arguments: [
        ("field('a').set(1); field('b.c').set(2)", ["a": 1, "b": ["c": 2]]),
        ("field('f.g').set('x')", ["f.g": "x"]),
        ("field('o.p').set(1); field('o').doc().field('q').set(2)", ["o": ["p": 1, "q": 2]]),
        ("field('l').append(3).append(1).deduplicate()", ["l": [1, 2, 3]]),
        ("field('l').transform(x -> x + 1); field('n').transform(x -> x + 'y')", ["l": [2, 3], "n": "xy"]),
        ("field('l').removeIf(x -> x == 1); field('n').remove()", ["l": [2], "n": nil]),
        ("field('n').move('m.k')", ["m": ["k": "x"], "n": nil]),
        ("field('n').overwrite('l')", ["l": "x", "n": nil]),
        ("int s = 0; for (def x : field('l')) { s += x } field('s').set(s + field('l').size())", ["s": 5]),
        ("field('r').set($('zz.y', 7) + field('l').get(1, 0))", ["r": 9]),
        ("field('r').set(field('zz').isEmpty() && !field('zz').exists() && field('l').hasValue(x -> x == 2))", ["r": true]),
    ] as [(String, JSONValue)])
    func changesPlaces(_ script: String, _ expected: JSONValue) throws {
        let source = try changed(script, ["l": [1, 2], "n": "x", "f.g": 0])
        for member in expected.object ?? [:] { #expect((source[member.key] ?? JSONValue.null) == member.value, "\(member.key)") }
    }

    @Test(arguments: ["field('l').move('n')", "field('n.x').set(1)", "field('n').doc()", "field('').set(1)", "field('a..b')"])
    func refuses(_ script: String) {
        #expect(throws: ScriptError.self) { try changed(script, ["l": [1, 2], "n": "x"]) }
    }
}
