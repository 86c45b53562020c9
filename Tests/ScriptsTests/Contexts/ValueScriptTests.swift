import JSON
import Testing
import TestSupport

@testable import Scripts

@Suite struct ValueScriptTests {
    private let document = Document(
        fields: [
            "n": .longs([3, 5]), "f": .doubles([]), "k": .strings(["a", "b"]), "b": .booleans([true]),
            "d": .dates([1_704_103_200_000]), "p": .points([(latitude: 40, longitude: -70)]), "v": .vector([3, 4]), "bits": .bits([1, -1]),
        ], json: ["a": ["b": 7], "list": [1, 2]])

    private func value(_ source: String, _ parameters: JSONMembers = [:]) throws -> JSONValue {
        try ValueScript(Script(source, parameters: ScriptParameters(parameters))).makeRunner().value(document)
    }

    @Test(arguments: [
        ("field('n').get(1)", 3), ("field('f').get(9)", 9), ("field('zz').get(4)", 4), ("field('n').get(1, 0)", 5),
        ("field('n').get(7, 0)", 0), ("$('k', 'x')", "a"), ("$('zz', 'x')", "x"), ("field('n').size()", 2),
        ("field('f').isEmpty()", true), ("def s = 0; for (def x : field('n')) { s += x } s", 8), ("field('k').asString('x')", "a"),
        ("field('n').asDouble(0.0)", 3.0), ("field('v').get().getMagnitude()", .float(5)), ("field('v').get().dotProduct([1, 1])", 7.0),
        ("doc['k'].contains('b')", true), ("doc['n'].stream().mapToLong(x -> x).sum()", 8), ("params._source.a.b", 7),
        ("params['_source']['list']", [1, 2]), ("doc['n']", [3, 5]), ("doc['b'].value ? 1 : 0", 1), ("doc['p'].lat", 40.0),
        ("doc['v'].vectorValue[1]", .float(4)), ("doc['n'].get(1) - doc['n'][0]", 2),
    ] as [(String, JSONValue)])
    func values(_ source: String, _ expected: JSONValue) throws {
        #expect(try value(source) == expected)
    }

    @Test func queriesOfVectorsMayBeComputed() throws {
        func score(_ source: String) throws -> Double {
            try ScoreScript(Script(source, parameters: ScriptParameters(["q": 1]))).makeRunner().score(document, score: 1)
        }
        #expect(try score("def q = [params.q, 0]; hamming(q, 'bits')") == 8)
        #expect(try score("String q = '01' + 'ff'; hamming(q, 'bits')") == 0)
        #expect(try score("def q = [1, 1]; dotProduct(q, 'bits')") == 2)
        #expect(try score("def q = [0, 0, 0, 0, 0, 0, 0, 2.5, 1, 1, 1, 1, 1, 1, 1, 1]; dotProduct(q, 'bits')") == 10.5)
        #expect(try score("def q = [params.q, 0]; l2norm(q, 'bits')") == 8.0.squareRoot())
        #expect(thrownCase { try score("def q = [params.q, 0]; cosineSimilarity(q, 'bits')") } == "unsupportedVectorFunction")
        #expect(thrownCase { try score("def q = [params.q]; hamming(q, 'bits')") } == "vectorDimensions")
        #expect(try score("dotProduct(doc['v'].vectorValue, 'v')") == 25)
    }

    @Test func randomScoresDependOnSeedAndDocument() throws {
        let runner = try ScoreScript(Script("randomScore(7)")).makeRunner()
        let other = try ScoreScript(Script("randomScore(8)")).makeRunner()
        var first = document, second = document
        (first.number, second.number) = (1, 2)
        let score = try runner.score(first, score: 0)
        #expect(0..<1 ~= score)
        #expect(try runner.score(first, score: 0) == score)
        #expect(try runner.score(second, score: 0) != score)
        #expect(try other.score(first, score: 0) != score)
        let byField = try ScoreScript(Script("randomScore(7, 'k')")).makeRunner()
        #expect(try byField.score(first, score: 0) == byField.score(second, score: 0))
    }

    @Test func emitting() throws {
        func emitted(_ source: String, _ type: EmittedType) throws -> [EmittedValue] {
            try ValueScript(Script(source), for: .field(type)).makeRunner().values(document)
        }
        #expect(try emitted("for (def x : doc['n']) { emit(x * 2) }", .long) == [.long(6), .long(10)])
        #expect(try emitted("if (doc['f'].size() > 0) emit(1)", .double) == [])
        #expect(try emitted("emit(1)", .double) == [.double(1)])
        #expect(try emitted("emit(doc['k'].value + '!')", .string) == [.string("a!")])
        #expect(try emitted("emit(1, 2)", .point) == [.point(latitude: 1, longitude: 2)])
        #expect(thrownCase { try emitted("emit(1.5)", .long) } == "cannotCast")
        #expect(thrownCase { try emitted("emit('x')", .boolean) } == "cannotCast")
        #expect(thrownCase { try emitted("for (int i = 0; i < 101; ++i) emit(i)", .long) } == "tooManyEmitted")
    }

    @Test func changedValues() throws {
        let runner = try ValueScript(Script("_value * 2 + doc['n'].value")).makeRunner()
        #expect(try runner.values(document, given: .long(4)) == [.long(11)])
        #expect(try runner.values(document, given: .double(0.5)) == [.double(4)])
    }

    /// One runner goes from document to document.
    @Test func runnersForgetTheDocumentBefore() throws {
        let runner = try ValueScript(Script("doc['n'].size() + params._source.x")).makeRunner()
        #expect(try runner.value(Document(fields: ["n": .longs([1])], json: ["x": 1])) == 2)
        #expect(try runner.value(Document(fields: ["n": .longs([1, 2])], json: ["x": 5])) == 7)
    }
}
