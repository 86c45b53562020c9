import JSON
import Mapping
import Query
import Scripts
import Testing

struct PlannerTests {
    private let mapping = try? Mapping(
        decoding: JSONDocument(
            parsing: """
                {"properties":{"k":{"type":"keyword"},"t":{"type":"text"},"n":{"type":"long"},"f":{"type":"float"},
                 "b":{"type":"boolean"},"d":{"type":"date"},"p":{"type":"geo_point"},
                 "hidden":{"type":"keyword","index":false,"doc_values":false},
                 "v":{"type":"dense_vector","dims":2},"w":{"type":"dense_vector"},
                 "raw":{"type":"dense_vector","dims":2,"index":false},
                 "o":{"properties":{"x":{"type":"long"},"y":{"type":"keyword"}}}}}
                """
        ).root)

    private func planner(size: Int = 10) throws -> Planner {
        Planner(mapping: try #require(mapping), now: 1_709_209_815_123, size: size)
    }

    private func plan(_ kind: Query.Kind, size: Int = 10) throws -> QueryPlan {
        try planner(size: size).plan(Query(kind))
    }

    private func failure(_ kind: Query.Kind) -> PlanningError? {
        do {
            _ = try plan(kind)
            return nil
        } catch {
            return error as? PlanningError
        }
    }

    @Test func termsAreResolved() throws {
        let cases: [(String, QueryValue, QueryPlan)] = [
            ("k", .string("A"), .term(field: "k", value: .term("A"), scoring: .bm25)),
            ("k", .integer(7), .term(field: "k", value: .term("7"), scoring: .bm25)),
            ("n", .string("7"), .term(field: "n", value: .long(7), scoring: .constant)),
            ("n", .double(7.5), .matchNone),
            ("b", .string("true"), .term(field: "b", value: .long(1), scoring: .bm25)),
            ("d", .string("2024-02-29"), .term(field: "d", value: .long(1_709_164_800_000), scoring: .constant)),
            ("nothing", .string("x"), .matchNone), ("o", .string("x"), .matchNone), ("_id", .integer(3), .ids(["3"])),
        ]
        for (field, value, expected) in cases {
            #expect(try plan(.term(TermQuery(field: field, value: value))) == expected, "\(field) \(value)")
        }
        #expect(
            try plan(.term(TermQuery(field: "k", value: .string("A"), isCaseInsensitive: true)))
                == .termIgnoringCase(field: "k", term: "A"))
        #expect(
            try plan(.terms(TermsQuery(field: "n", values: [.integer(1), .string("1"), .double(1.5), .integer(2)])))
                == .terms(field: "n", values: [.long(1), .long(2)]))
        #expect(try plan(.terms(TermsQuery(field: "n", values: []))) == .matchNone)
        #expect(try plan(.terms(TermsQuery(field: "_id", values: [.string("a"), .integer(1)]))) == .ids(["a", "1"]))
    }

    @Test func rangesAreResolved() throws {
        let cases: [(RangeQuery, QueryPlan)] = [
            (
                RangeQuery(field: "n", lower: .init(.integer(1), isInclusive: false)),
                .range(field: "n", range: .longs(2...(.max)))
            ),
            (
                RangeQuery(
                    field: "n", lower: .init(.integer(1), isInclusive: false),
                    upper: .init(.integer(2), isInclusive: false)),
                .matchNone
            ),
            (RangeQuery(field: "n"), .exists(fields: ["n"])),
            (RangeQuery(field: "nothing", lower: .init(.integer(1), isInclusive: true)), .matchNone),
            (
                RangeQuery(field: "d", upper: .init(.string("now/d"), isInclusive: false)),
                .range(field: "d", range: .longs(.min...1_709_164_799_999))
            ),
            (
                RangeQuery(
                    field: "d", lower: .init(.string("01.03.2024"), isInclusive: true), format: "dd.MM.yyyy",
                    timeZone: "+01:00"),
                .range(field: "d", range: .longs(1_709_247_600_000...(.max)))
            ),
        ]
        for (query, expected) in cases { #expect(try plan(.range(query)) == expected, "\(query)") }
    }

    @Test func existenceLooksBelowObjects() throws {
        #expect(try plan(.exists(field: "o")) == .exists(fields: ["o.x", "o.y"]))
        #expect(try plan(.exists(field: "k")) == .exists(fields: ["k"]))
        #expect(try plan(.exists(field: "o.*")) == .exists(fields: ["o.x", "o.y"]))
        #expect(try plan(.exists(field: "nothing")) == .matchNone)
        #expect(try plan(.exists(field: "_id")) == .matchAll)
    }

    @Test func boolsAreSimplified() throws {
        let term = Query(.term(TermQuery(field: "n", value: .integer(1))))
        let plan1 = QueryPlan.term(field: "n", value: .long(1), scoring: .constant)
        let nothing = Query(.matchNone)
        #expect(try plan(.bool(BoolQuery())) == .matchAll)
        #expect(try plan(.bool(BoolQuery(must: [term, nothing]))) == .matchNone)
        #expect(try plan(.bool(BoolQuery(filter: [nothing]))) == .matchNone)
        #expect(try plan(.bool(BoolQuery(must: [term], mustNot: [nothing]))) == .bool(BoolPlan(must: [plan1])))
        #expect(try plan(.bool(BoolQuery(should: [term]))) == .bool(BoolPlan(should: [plan1], minimumShouldMatch: 1)))
        #expect(
            try plan(.bool(BoolQuery(filter: [term], should: [term])))
                == .bool(BoolPlan(filter: [plan1], should: [plan1])))
        #expect(try plan(.bool(BoolQuery(should: [term], minimumShouldMatch: 2))) == .matchNone)
        #expect(
            try plan(.bool(BoolQuery(should: [term, term, term], minimumShouldMatch: -1)))
                == .bool(BoolPlan(should: [plan1, plan1, plan1], minimumShouldMatch: 2)))
    }

    @Test func boostsAndNamesWrap() throws {
        let query = Query(.matchAll, boost: 2, name: "all")
        #expect(try planner().plan(query) == .named(.boosted(.matchAll, by: 2), "all"))
        #expect(try plan(.constantScore(filter: query)) == .constantScore(.named(.boosted(.matchAll, by: 2), "all")))
        #expect(try planner().plan(query).namedPlans.map(\.name) == ["all"])
    }

    @Test func neighboursHaveTheirDefaults() throws {
        func knn(_ k: Int?, _ candidates: Int?, size: Int) throws -> KNNPlan? {
            let query = KNNQuery(field: "v", vector: .vector([1, 0]), k: k, candidates: candidates)
            guard case .knn(let plan) = try plan(.knn(query), size: size) else { return nil }
            return plan
        }
        #expect(try knn(nil, nil, size: 10) == KNNPlan(field: "v", vector: [1, 0], k: 10, candidates: 15))
        #expect(try knn(nil, 4, size: 10) == KNNPlan(field: "v", vector: [1, 0], k: 4, candidates: 4))
        #expect(try knn(3, nil, size: 10) == KNNPlan(field: "v", vector: [1, 0], k: 3, candidates: 5))
        #expect(try knn(nil, nil, size: 9000) == KNNPlan(field: "v", vector: [1, 0], k: 9000, candidates: 10_000))
    }

    @Test func oversamplingRaisesCandidates() throws {
        func plan(_ type: String, _ requested: Float?, k: Int = 10, candidates: Int = 20) throws -> KNNPlan? {
            let document = try JSONDocument(
                parsing: #"{"properties":{"v":{"type":"dense_vector","dims":64,"index_options":{"type":"\#(type)"}}}}"#)
            let planner = Planner(mapping: try Mapping(decoding: document.root), now: 0)
            let query = KNNQuery(
                field: "v", vector: .vector([Float](repeating: 1, count: 64)), k: k, candidates: candidates,
                oversample: requested)
            guard case .knn(let plan) = try planner.plan(Query(.knn(query))) else { return nil }
            return plan
        }
        #expect(try plan("bbq_hnsw", nil)?.oversample == 3 && plan("bbq_hnsw", nil)?.candidates == 30)
        #expect(try plan("bbq_hnsw", 0)?.oversample == nil && plan("bbq_hnsw", 0)?.candidates == 20)
        #expect(try plan("int8_hnsw", 2.05)?.candidates == 21)
        #expect(try plan("hnsw", 5)?.oversample == nil && plan("hnsw", 5)?.candidates == 20)
        #expect(try plan("bbq_hnsw", 3, k: 9000, candidates: 9000)?.candidates == 10_000)
    }

    @Test func searchesPutTopLevelNeighboursAside() throws {
        let filter = Query(.term(TermQuery(field: "n", value: .integer(1))))
        let knn = KNNQuery(field: "v", vector: .vector([1, 0]), filter: [filter, .matchAll], similarity: 0.5)
        let plan = try planner(size: 5).plan(Search(knn: [.init(knn, boost: 2, name: "x")], size: 5, minimumScore: 0.1))
        let bound = QueryPlan.bool(
            BoolPlan(filter: [.term(field: "n", value: .long(1), scoring: .constant), .matchAll]))
        let expected = KNNPlan(field: "v", vector: [1, 0], k: 5, candidates: 8, filter: bound, similarity: 0.5)
        #expect(plan == SearchPlan(query: nil, knn: [.init(expected, boost: 2, name: "x")], minimumScore: 0.1))
        #expect(try planner().plan(Search()) == SearchPlan(query: .matchAll))
        let unmapped = Search(knn: [.init(KNNQuery(field: "nothing", vector: .vector([1])))])
        #expect(try planner().plan(unmapped).query == nil)
        #expect(try planner().plan(unmapped).knn == [nil])
    }

    @Test func fieldsWithoutVectorsFindNothing() throws {
        #expect(try plan(.knn(KNNQuery(field: "w", vector: .vector([1])))) == .matchNone)
        let nothing = KNNQuery(field: "v", vector: .vector([1, 0]), filter: [Query(.matchNone)])
        #expect(try plan(.knn(nothing)) == .matchNone)
    }

    @Test func whatCannotBePlannedIsNamed() {
        func knn(_ field: String, _ vector: [Float] = [1, 0], k: Int? = nil, candidates: Int? = nil) -> Query.Kind {
            .knn(KNNQuery(field: field, vector: .vector(vector), k: k, candidates: candidates))
        }
        func script(
            _ field: String, _ vector: [Float] = [1, 0], _ function: String = "l2norm"
        ) -> Query.Kind {
            let parameters = ScriptParameters(["v": .floats(vector)])
            let script = Script("1 + \(function)(params.v, '\(field)')", parameters: parameters)
            return .scriptScore(ScriptScoreQuery(query: .matchAll, script: .inline(script)))
        }
        func range(_ field: String, format: String? = nil, timeZone: String? = nil) -> Query.Kind {
            .range(
                RangeQuery(
                    field: field, lower: .init(.string("x"), isInclusive: true), format: format, timeZone: timeZone))
        }
        let cases: [(Query.Kind, PlanningError)] = [
            (knn("k"), .notAVectorField(field: "k", type: "keyword")),
            (knn("raw"), .vectorFieldNotIndexed(field: "raw")),
            (knn("v", [1]), .dimensionMismatch(field: "v", actual: 1, expected: 2, isScript: false)),
            (
                script("raw", [0, 0], "cosineSimilarity"),
                .unusableVector(field: "raw", problem: .zeroMagnitude(preview: [0, 0]), similarity: .cosine)
            ),
            (
                knn("v", [0, 0]),
                .unusableVector(field: "v", problem: .zeroMagnitude(preview: [0, 0]), similarity: .cosine)
            ),
            (knn("v", k: 0), .neighboursNotPositive(0)),
            (knn("v", k: 5, candidates: 4), .candidatesBelowNeighbours(candidates: 4, k: 5)),
            (knn("v", k: 5, candidates: 10_001), .tooManyCandidates(10_001)),
            (.knn(KNNQuery(field: "v", vector: .text(modelID: nil, text: "a"))), .vectorNotBuilt(field: "v")),
            (script("nothing"), .scriptFieldNotMapped("nothing")),
            (script("n"), .notAVectorField(field: "n", type: "long")),
            (script("raw", [1]), .dimensionMismatch(field: "raw", actual: 1, expected: 2, isScript: true)),
            (script("raw", [1, 0], "hamming"), .hammingOfFloats(field: "raw")),
            (.scriptScore(ScriptScoreQuery(query: .matchAll, script: .stored(id: "x", parameters: .init()))), .storedScriptMissing("x")),
            (range("n"), .malformedValue(field: "n", type: "long", cause: .notANumber("x"))),
            (range("p"), .rangeNotSupported(field: "p", type: "geo_point")),
            (range("d", format: "{"), .invalidDateFormat("{")),
            (range("d", timeZone: "Mars"), .unknownTimeZone("Mars")), (range("hidden"), .fieldNotSearchable("hidden")),
            (.term(TermQuery(field: "v", value: .integer(1))), .termNotSupported(field: "v", type: "dense_vector")),
        ]
        for (kind, expected) in cases { #expect(failure(kind) == expected, "\(kind)") }
    }
}
