import FieldIndex
import Glibc
import Mapping
import Ordinals
import Query
import Shards
import Testing
import TestSupport

struct QueryExecutorTests {
    private struct Fixture {
        let directory: TemporaryDirectory
        let shard: Shard
        let view: ShardView
        let documents: Documents

        func search(_ query: Query, limit: Int = 10) throws -> [(id: String, score: Float)] {
            let hits = try view.search(try documents.plan(query), limit: limit)
            let rows = try view.documents(hits.documents.map(\.ordinal))
            return zip(rows, hits.documents).map { ($0.id, $1.score) }
        }
    }

    /// The three pictures of Elasticsearch's public kNN tests.
    private func fixture() async throws -> Fixture {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        let vector =
            #"{"type":"dense_vector","dims":5,"similarity":"l2_norm","index_options":{"type":"hnsw","m":16,"ef_construction":200}}"#
        var documents = try Documents(
            properties:
                #"{"name":{"type":"keyword"},"vector":\#(vector),"another_vector":\#(vector),"n":{"type":"long"},"b":{"type":"boolean"}}"#
        )
        let rows = [
            (
                "1",
                #"{"name":"cow.jpg","n":1,"b":true,"vector":[230.0,300.33,-34.8988,15.555,-200.0],"another_vector":[130.0,115.0,-1.02,15.555,-100.0]}"#
            ),
            (
                "2",
                #"{"name":"moose.jpg","n":2,"b":false,"vector":[-0.5,100.0,-13,14.8,-156.0],"another_vector":[-0.5,50.0,-1,1,120]}"#
            ),
            (
                "3",
                #"{"name":"rabbit.jpg","n":3,"vector":[0.5,111.3,-13.0,14.8,-156.0],"another_vector":[-0.5,11.0,0,12,111.0]}"#
            ),
        ]
        for (id, source) in rows { try await shard.write(try documents.index(id, source)) }
        return Fixture(directory: directory, shard: shard, view: try await shard.refresh(), documents: documents)
    }

    private let first: [Float] = [-0.5, 90.0, -10, 14.8, -156.0]
    private let second: [Float] = [-0.5, 11.0, 0, 12, 111.0]

    private func term(_ field: String, _ value: QueryValue) -> Query {
        Query(.term(TermQuery(field: field, value: value)))
    }

    /// More ids than a statement takes, some twice, unknown, deleted or written anew.
    @Test func manyIDsAreFound() async throws {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var documents = try Documents()
        var operations: [ShardOperation] = []
        for number in 0..<400 { operations.append(try documents.index("\(number)", "{}")) }
        for result in await shard.write(operations) { _ = try result.get() }
        try await shard.delete("7")
        try await shard.write(try documents.index("8", "{}"))
        let view = try await shard.refresh()
        let ids = (0..<600).map(String.init) + ["1", "1"]
        #expect(Set(try view.ids(.ids(ids))) == Set((0..<400).map(String.init)).subtracting(["7"]))
        #expect(try view.search(.ids(ids), limit: 1).total == 399)
        withExtendedLifetime(directory) {}
    }

    @Test func neighboursAreFoundAndScored() async throws {
        let fixture = try await fixture()
        let found = try fixture.search(
            Query(.knn(KNNQuery(field: "vector", vector: .vector(first), k: 2, candidates: 3))))
        #expect(found.map(\.id) == ["2", "3"])
        #expect(abs(found[0].score - 1 / (1 + 10.440 * 10.440)) < 1e-4)
    }

    @Test func similarityIsAGreatestDistance() async throws {
        let fixture = try await fixture()
        var knn = KNNQuery(field: "vector", vector: .vector(first), k: 3, candidates: 3, similarity: 11)
        #expect(try fixture.search(Query(.knn(knn))).map(\.id) == ["2"])
        knn.similarity = 110
        knn.filter = [term("name", .string("cow.jpg"))]
        #expect(try fixture.search(Query(.knn(knn))).isEmpty)
    }

    @Test func filtersComeBeforeTheSearchAndBoolFiltersAfter() async throws {
        let fixture = try await fixture()
        let cow = term("name", .string("cow.jpg"))
        let filtered = KNNQuery(field: "vector", vector: .vector(first), k: 1, candidates: 1, filter: [cow])
        #expect(try fixture.search(Query(.knn(filtered))).map(\.id) == ["1"])
        let nearest = Query(.knn(KNNQuery(field: "vector", vector: .vector(first), k: 1, candidates: 1)))
        #expect(try fixture.search(Query(.bool(BoolQuery(must: [nearest], filter: [cow])))).isEmpty)
    }

    @Test func topLevelNeighboursAreSummedWithTheQuery() async throws {
        let fixture = try await fixture()
        let plan = try Planner(mapping: fixture.documents.mapping, now: 0).plan(
            Search(
                query: term("name", .string("cow.jpg")),
                knn: [
                    .init(KNNQuery(field: "vector", vector: .vector(first), k: 2, candidates: 3)),
                    .init(KNNQuery(field: "another_vector", vector: .vector(second), k: 2, candidates: 3), boost: 2),
                ]))
        let lists = try plan.knn.compactMap(\.self).map {
            (documents: try fixture.view.nearest($0.plan).documents, boost: $0.boost)
        }
        let hits = try fixture.view.search(plan.query, nearest: lists, limit: 10)
        #expect(hits.total == 3)
        let ids = try fixture.view.documents(hits.documents.map(\.ordinal)).map(\.id)
        #expect(ids == ["3", "1", "2"])
        let alone = try fixture.view.search(nil, nearest: Array(lists.prefix(1)), limit: 10)
        #expect(alone.total == 2)
    }

    @Test func termsScoreTheirRarity() async throws {
        let fixture = try await fixture()
        func expect(_ query: Query, _ scores: [Float]) throws {
            let found = try fixture.search(query).map(\.score)
            #expect(found.count == scores.count && zip(found, scores).allSatisfy { abs($0 - $1) < 1e-6 }, "\(query): \(found)")
        }
        let rare = Float(log(1 + (3 - 1 + 0.5) / (1 + 0.5)))
        try expect(term("name", .string("cow.jpg")), [rare])
        try expect(term("n", .integer(2)), [1])
        try expect(Query(.term(TermQuery(field: "name", value: .string("cow.jpg"))), boost: 3), [rare * 3])
        // Two of the three have the boolean.
        try expect(term("b", .boolean(true)), [Float(log(1 + (2 - 1 + 0.5) / (1 + 0.5)))])
    }

    @Test func everyKindMatchesWhatItShould() async throws {
        let fixture = try await fixture()
        let cow = term("name", .string("cow.jpg"))
        let many = Query(.terms(TermsQuery(field: "n", values: [.integer(2), .integer(3), .integer(9)])))
        let cases: [(Query, [String])] = [
            (.matchAll, ["1", "2", "3"]), (Query(.matchNone), []), (many, ["2", "3"]),
            (Query(.exists(field: "b")), ["1", "2"]), (Query(.exists(field: "nothing")), []),
            (Query(.ids(["3", "1", "x"])), ["1", "3"]), (term("_id", .string("2")), ["2"]),
            (Query(.range(RangeQuery(field: "n", lower: .init(.integer(1), isInclusive: false)))), ["2", "3"]),
            (
                Query(.range(RangeQuery(field: "name", upper: .init(.string("moose.jpg"), isInclusive: true)))),
                ["1", "2"]
            ),
            (Query(.term(TermQuery(field: "name", value: .string("COW.JPG"), isCaseInsensitive: true))), ["1"]),
            (term("name", .string("COW.JPG")), []), (Query(.constantScore(filter: cow)), ["1"]),
            (Query(.bool(BoolQuery(mustNot: [cow]))), ["2", "3"]), (Query(.bool(BoolQuery())), ["1", "2", "3"]),
            (Query(.bool(BoolQuery(should: [cow, many], minimumShouldMatch: 2))), []),
            (Query(.bool(BoolQuery(must: [many], should: [term("n", .integer(3))]))), ["3", "2"]),
            (Query(.bool(BoolQuery(should: [cow, many, term("n", .integer(2))], minimumShouldMatch: 2))), ["2"]),
        ]
        for (query, expected) in cases { #expect(try fixture.search(query).map(\.id) == expected, "\(query)") }
    }

    @Test func patternsPhrasesAndPlacesAreFound() async throws {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var documents = try Documents(properties: #"{"k":{"type":"keyword"},"t":{"type":"text"},"p":{"type":"geo_point"}}"#)
        let rows = [
            #"{"k":"cow","t":"a quick brown fox","p":[9.2,48.8]}"#, #"{"k":"Crow","t":["brown","fox quick"],"p":[[0,0],[9.1,48.7]]}"#,
            #"{"k":["cat","dog"],"t":"fox fox fox"}"#, #"{"k":"cow","t":"a quick fxo"}"#,
        ]
        for (id, row) in rows.enumerated() { try await shard.write(try documents.index("\(id)", row)) }
        try await shard.delete("3")
        let view = try await shard.refresh()
        func term(_ word: String) -> QueryPlan { .term(field: "t", value: .term(word), scoring: .bm25) }
        let cases: [(QueryPlan, [String])] = [
            (.matchingTerms(field: "k", .prefix("c")), ["0", "2"]), (.matchingTerms(field: "k", .wildcard("c*w", ignoringCase: true)), ["0", "1"]),
            (.matchingTerms(field: "k", try .regexp("[cd]o.")), ["0", "2"]), (.phrase(PhraseQuery(field: "t", terms: ["brown", "fox"])), ["0"]),
            (.phrase(PhraseQuery(field: "t", terms: ["brown", "fox"], slop: 100)), ["0", "1"]),
            (.geoCircle(field: "p", GeoCircle(latitude: 48.78, longitude: 9.18, radius: 5000)), ["0"]),
            (.geoBox(field: "p", GeoBox(top: 49, left: 9, bottom: 48, right: 10)), ["0", "1"]),
            (.fuzzy(FuzzyQuery(field: "t", term: "fix", edits: 1)), ["2", "1", "0"]),
            (.bool(BoolPlan(should: [term("fox"), .boosted(term("brown"), by: 10)], minimumShouldMatch: 1)), ["1", "0", "2"]),
            (.disMax([term("fox"), .boosted(term("brown"), by: 10)], tieBreaker: 0), ["1", "0", "2"]), (term("fox"), ["2", "1", "0"]),
            (.bool(BoolPlan(must: [term("fox")], filter: [term("quick")], mustNot: [term("a")])), ["1"]),
        ]
        for (plan, expected) in cases {
            #expect(try view.ids(plan) == expected, "\(plan)")
            #expect(try view.documents(matching: plan).count == expected.count)
        }
        func scores(_ plan: QueryPlan) throws -> [UInt32: Float] {
            Dictionary(uniqueKeysWithValues: try view.search(plan, limit: 10).documents.map { ($0.ordinal, $0.score) })
        }
        let (fox, brown) = (try scores(term("fox")), try scores(term("brown")))
        for (ordinal, score) in try scores(.disMax([term("fox"), term("brown")], tieBreaker: 0.5)) {
            let pair = [fox[ordinal] ?? 0, brown[ordinal] ?? 0]
            #expect(abs(score - (pair.max() ?? 0) - 0.5 * (pair.min() ?? 0)) < 1e-6)
        }
        let complex = QueryPlan.matchingTerms(field: "k", try .regexp("(.*c.{3}|.*o.{4})", maximumStates: 1))
        #expect(thrownCase { try view.search(complex, limit: 1) } == "pattern.tooComplex")
    }

    @Test func scriptsScoreExactly() async throws {
        let fixture = try await fixture()
        let scripts = [
            ("1 / (1 + l2norm(params.v, 'vector'))", ["2", "3", "1"]), ("cosineSimilarity(params.v, 'vector') + 1", ["2", "3", "1"]),
            ("double d = dotProduct(params.v, 'vector'); return sigmoid(1, Math.E, -d)", ["1", "2", "3"]),
            ("doc['n'].value * (cosineSimilarity(params.v, 'vector') + 1)", ["3", "2", "1"]),
            ("if (doc['b'].size() > 0 && doc['b'].value) { return 10 } return doc['n'].value", ["1", "3", "2"]),
        ]
        for (script, expected) in scripts {
            let query = scriptScore(script, first)
            let found = try fixture.search(Query(.scriptScore(query)))
            #expect(found.map(\.id) == expected, "\(script)")
        }
        let distance = try fixture.search(
            Query(
                .scriptScore(scriptScore("1 / (1 + l2norm(params.v, 'vector'))", first))
            ))
        #expect(abs(distance[0].score - 1 / (1 + 10.440)) < 1e-4)
    }

    @Test func scriptsNeedAVectorInEveryDocument() async throws {
        let fixture = try await fixture()
        var documents = fixture.documents
        try await fixture.shard.write(try documents.index("4", #"{"n":4}"#))
        let view = try await fixture.shard.refresh()
        let all = scriptScore("1 / (1 + l2norm(params.v, 'vector'))", first)
        #expect(throws: ShardError.documentWithoutVector(field: "vector")) {
            try view.search(try documents.plan(Query(.scriptScore(all))), limit: 10)
        }
        var some = all
        some.query = Query(.exists(field: "vector"))
        some.minimumScore = 0.04
        // One by one, only a document that the script asks for its vector needs one.
        let asked = scriptScore("doc['n'].value == 4 ? 7 : l2norm(params.v, 'vector')", first)
        #expect(try view.ids(try documents.plan(Query(.scriptScore(asked)))).contains("4"))
        let negative = scriptScore("-1.0 - _score", first)
        #expect(throws: ShardError.negativeScore(-2, document: 0)) {
            try view.search(try documents.plan(Query(.scriptScore(negative))), limit: 10)
        }
        #expect(try view.ids(try documents.plan(Query(.scriptScore(some)))) == ["2", "3"])
    }

    @Test func namedQueriesAreReported() async throws {
        let fixture = try await fixture()
        let named = Query(
            .bool(
                BoolQuery(should: [
                    Query(.term(TermQuery(field: "name", value: .string("cow.jpg"))), name: "cow"),
                    Query(.range(RangeQuery(field: "n", lower: .init(.integer(0), isInclusive: true))), name: "all"),
                ])))
        let names = try fixture.view.matchedQueries(try fixture.documents.plan(named), among: [0, 1])
        #expect(names.mapValues { $0.map(\.name) } == [0: ["cow", "all"], 1: ["all"]])
    }

    @Test func lowScoresAndLateHitsAreCutButCounted() async throws {
        let fixture = try await fixture()
        #expect(
            try fixture.view.search(.matchAll, limit: 2)
                == ShardHits(
                    documents: [ScoredOrdinal(ordinal: 0, score: 1), ScoredOrdinal(ordinal: 1, score: 1)], total: 3))
        #expect(try fixture.view.search(.matchAll, limit: 2, minimumScore: 1.5).total == 0)
        #expect(try fixture.view.search(.matchAll, limit: 0) == ShardHits(documents: [], total: 3))
    }

    @Test func vectorsCanBeRead() async throws {
        let fixture = try await fixture()
        #expect(try fixture.view.vector(field: "another_vector", ordinal: 2) == second)
        #expect(try fixture.view.vector(field: "another_vector", ordinal: 9) == nil)
        #expect(try fixture.view.vector(field: "name", ordinal: 0) == nil)
    }
}
