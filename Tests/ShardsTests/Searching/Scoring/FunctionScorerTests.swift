import Mapping
import Query
import Shards
import Testing
import TestSupport

@Suite struct FunctionScorerTests {
    private struct Fixture {
        let directory: TemporaryDirectory
        let shard: Shard
        let view: ShardView
        let documents: Documents

        func scores(_ kind: Query.Kind) throws -> [String: Float] {
            let hits = try view.search(try documents.plan(Query(kind)), limit: 10)
            let rows = try view.documents(hits.documents.map(\.ordinal))
            return Dictionary(uniqueKeysWithValues: zip(rows.map(\.id), hits.documents.map(\.score)))
        }
    }

    private func fixture() async throws -> Fixture {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var documents = try Documents(
            properties: #"{"t":{"type":"text"},"k":{"type":"keyword"},"n":{"type":"long"},"f":{"type":"float"},"p":{"type":"geo_point"}}"#)
        for (id, source) in [
            ("1", #"{"t":"red car","k":"a","n":4,"f":0.5,"p":[0,0]}"#), ("2", #"{"t":"red carpet","k":"b","n":9,"f":2.5,"p":[1,0]}"#),
            ("3", #"{"t":"blue card","k":"a"}"#),
        ] { try await shard.write(try documents.index(id, source)) }
        return Fixture(directory: directory, shard: shard, view: try await shard.refresh(), documents: documents)
    }

    private func functions(
        _ functions: [FunctionScoreQuery.Function], _ score: FunctionScoreQuery.ScoreMode = .multiply,
        _ boost: FunctionScoreQuery.BoostMode = .multiply, minimum: Float? = nil
    ) -> Query.Kind {
        .functionScore(
            FunctionScoreQuery(query: .matchAll, functions: functions, scoreMode: score, boostMode: boost, minimumScore: minimum))
    }

    @Test func weightsOfFilters() async throws {
        let fixture = try await fixture()
        let isA = Query(.term(TermQuery(field: "k", value: .string("a"))))
        let red = Query(.match(MatchQuery(field: "t", text: .string("red"))))
        let both: [FunctionScoreQuery.Function] = [.init(filter: isA, kind: .weight, weight: 2), .init(filter: red, kind: .weight, weight: 5)]
        #expect(try fixture.scores(functions(both)) == ["1": 10, "2": 5, "3": 2])
        #expect(try fixture.scores(functions(both, .sum)) == ["1": 7, "2": 5, "3": 2])
        #expect(try fixture.scores(functions(both, .avg)) == ["1": 1, "2": 1, "3": 1])
        #expect(try fixture.scores(functions(both, .first)) == ["1": 2, "2": 5, "3": 2])
        #expect(try fixture.scores(functions(both, .max)) == ["1": 5, "2": 5, "3": 2])
        #expect(try fixture.scores(functions(both, .min, .sum)) == ["1": 3, "2": 6, "3": 3])
        #expect(try fixture.scores(functions([both[1]], .multiply, .replace)) == ["1": 5, "2": 5, "3": 1])
        #expect(try fixture.scores(functions(both, .multiply, .multiply, minimum: 5)) == ["1": 10, "2": 5])
    }

    @Test func valuesOfFields() async throws {
        let fixture = try await fixture()
        let root = FieldValueFunction(field: "n", modifier: .sqrt, missing: 1)
        #expect(try fixture.scores(functions([.init(kind: .fieldValue(root))])) == ["1": 2, "2": 3, "3": 1])
        #expect(try fixture.scores(functions([.init(kind: .fieldValue(FieldValueFunction(field: "f", factor: 2, missing: 0)))])) == ["1": 1, "2": 5, "3": 0])
        #expect(throws: ShardError.missingFunctionValue(field: "n")) {
            try fixture.scores(functions([.init(kind: .fieldValue(FieldValueFunction(field: "n")))]))
        }
        #expect(thrownCase {
            try fixture.scores(functions([.init(kind: .fieldValue(FieldValueFunction(field: "f", factor: -1, missing: 1)))]))
        } == "invalidScore")
    }

    @Test func decays() async throws {
        let fixture = try await fixture()
        let near = DecayFunction(shape: .linear, field: "n", origin: .value(.integer(4)), scale: .integer(5))
        #expect(try fixture.scores(functions([.init(kind: .decay(near))])) == ["1": 1, "2": 0.5, "3": 1])
        let place = DecayFunction(
            shape: .exp, field: "p", origin: .point(try .init(latitude: 0, longitude: 0)), scale: .string("111.195km"))
        let scores = try fixture.scores(functions([.init(kind: .decay(place))]))
        #expect(scores["1"] == 1 && abs((scores["2"] ?? 0) - 0.5) < 1e-3)
    }

    @Test func randomScoresAreRepeated() async throws {
        let fixture = try await fixture()
        let first = try fixture.scores(functions([.init(kind: .random(seed: 7))]))
        #expect(try fixture.scores(functions([.init(kind: .random(seed: 7))])) == first)
        #expect(try fixture.scores(functions([.init(kind: .random(seed: 8))])) != first)
        #expect(Set(first.values).count == 3 && first.values.allSatisfy { (0..<1).contains($0) })
    }

    @Test func boostingAndPrefixes() async throws {
        let fixture = try await fixture()
        let red = Query(.match(MatchQuery(field: "k", text: .string("a"))))
        let scores = try fixture.scores(
            .boosting(positive: .matchAll, negative: red, negativeBoost: 0.25))
        #expect(scores == ["1": 0.25, "2": 1, "3": 0.25])
        let prefix = try fixture.scores(
            .match(MatchQuery(field: "t", text: .string("red car"), form: .phrasePrefix(slop: 0, expansions: 50))))
        #expect(Set(prefix.keys) == ["1", "2"])
        let single = try fixture.scores(.match(MatchQuery(field: "t", text: .string("car"), form: .phrasePrefix(slop: 0, expansions: 50))))
        #expect(Set(single.keys) == ["1", "2", "3"])
        #expect(try fixture.scores(.match(MatchQuery(field: "t", text: .string("x"), form: .phrasePrefix(slop: 0, expansions: 50)))).isEmpty)
    }
}
