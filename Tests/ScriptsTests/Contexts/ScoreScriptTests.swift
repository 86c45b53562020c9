import JSON
import Testing

@testable import Scripts

@Suite struct ScoreScriptTests {
    private static let parameters: JSONMembers = ["v": [1.0, 0.5], "w": [2, 3], "k": 2, "x": 0.5]

    private func script(_ source: String, _ language: ScriptLanguage = .painless) throws -> ScoreScript {
        try ScoreScript(Script(source, language: language, parameters: ScriptParameters(Self.parameters)))
    }

    /// Columns and single documents must agree.
    @Test(arguments: [
        "cosineSimilarity(params.v, 'f') + 1.0", "1 / (1 + l2norm(params.v, 'f'))",
        "double value = dotProduct(params.v, 'f'); return sigmoid(1, Math.E, -value);", "-cosineSimilarity(params.v, 'f') * params.k",
        "1 / 2 + cosineSimilarity(params.v, 'f')", "cosineSimilarity(params.v, 'f') > 0.2 ? 2.0 : dotProduct(params.w, 'g')",
        "Math.max(0, cosineSimilarity(params.v, 'f')) + Math.log(2 + l1norm(params.w, 'g'))", "_score * dotProduct(params['v'], 'f')",
        "saturation(dotProduct(params.v, 'f'), 2) + Math.pow(_score, params.x)", "def x = dotProduct(params.v, 'f'); def y = x * x; y + x % 0.3",
        "cosineSimilarity([1, 2.5], 'f') - -params.k", "sigmoid(dotProduct(params.v, 'f'), 2, 1)",
        "!(dotProduct(params.v, 'f') > 1) ? 3.0 : _score", "(double) dotProduct(params.v, 'f') / 3", "_score",
        "decayNumericExp(0, 10, 0, 0.5, dotProduct(params.v, 'f'))",
    ])
    func columnsAgreeWithDocuments(_ source: String) throws {
        let script = try script(source)
        #expect(script.isColumnar)
        let count = 600
        let columns = script.vectorCalls.indices.map { call in (0..<count).map { Float($0 % 7) * 0.25 + Float(call) - 0.5 } }
        let scores = (0..<count).map { Float($0 % 5) * 0.5 }
        let (together, invalid) = try #require(script.score(ColumnInputs(count: count, vectors: columns, scores: scores)))
        #expect(invalid.isEmpty)
        let runner = script.makeRunner()
        for index in stride(from: 0, to: count, by: 37) {
            let alone = try runner.score(Document(), score: scores[index]) { columns[$0][index] }
            #expect(abs(Float(alone) - together[index]) <= 1e-6 * max(1, abs(together[index])), "\(source)")
        }
    }

    @Test(arguments: [
        "doc['n'].value + cosineSimilarity(params.v, 'f')", "5", "(int) cosineSimilarity(params.v, 'f')", "int x = 1; x + _score",
        "for (def x : [1]) { } return _score;",
        "cosineSimilarity(params.v, doc['n'].value > 1 ? 'f' : 'g')", "Math.random() + _score",
    ])
    func othersRunByDocument(_ source: String) throws {
        #expect(try !script(source).isColumnar)
    }

    @Test func callsAreSharedAndTyped() throws {
        let script = try script("cosineSimilarity(params.v, 'f') + cosineSimilarity(params.v, 'f') + dotProduct(params.w, 'g')")
        #expect(
            script.vectorCalls == [
                .init(function: .cosineSimilarity, field: "f", query: .vector([1, 0.5])),
                .init(function: .dotProduct, field: "g", query: .vector([2, 3])),
            ])
    }

    /// A query of a number for each bit is no vector of the field.
    @Test func callsMayBeLeftToTheRun() throws {
        let script = try ScoreScript(
            Script("dotProduct(params.w, 'bits')", parameters: ScriptParameters(["w": [1, 1, 0, 0, 0, 0, 0, 0]])), isShared: { _ in false })
        #expect(script.vectorCalls.isEmpty)
        #expect(!script.isColumnar)
        #expect(try script.makeRunner().score(Document(fields: ["bits": .bits([-128])]), score: 0) == 1)
    }

    @Test func missingVectorsFailWhereTheyAreUsed() throws {
        let runner = try script("doc['n'].size() > 0 ? cosineSimilarity(params.v, 'f') : 0").makeRunner()
        let without = Document(fields: ["n": .longs([])]), with = Document(fields: ["n": .longs([1])])
        #expect(try runner.score(without, score: 0) { _ in nil } == 0)
        #expect(try runner.score(with, score: 0) { _ in 0.5 } == 0.5)
        let error = try #require(throws: ScriptError.self) { try runner.score(with, score: 0) { _ in nil } }
        #expect(error.fault == .missingVector)
    }

    @Test func missingParameters() throws {
        let error = try #require(throws: ScriptError.self) { try script("cosineSimilarity(params.zz, 'f')") }
        #expect(error.fault == .nullReference("zz"))
    }

    @Test func changingVectorsAreComparedOneByOne() throws {
        let runner = try script("def v = [params.k, 1]; dotProduct(v, 'f') + l1norm(v, 'f') + l2norm(v, 'f') + cosineSimilarity(v, 'f')").makeRunner()
        let document = Document(fields: ["f": .vector([2, 1])])
        #expect(abs(try runner.score(document, score: 0) { _ in nil } - 6) < 1e-6)
    }

    @Test func luceneExpressions() throws {
        let runner = try script("_score * ln(doc['n'].value) + max(1, 2)", .expression)
        #expect(throws: Never.self) { _ = runner }
    }
}
