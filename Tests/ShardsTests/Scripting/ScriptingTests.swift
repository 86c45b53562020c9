import JSON
import Mapping
import Query
import Scripts
import Synchronization
import TestSupport
import Testing

@testable import Shards

/// Scripts over the columns of a shard: several segments, dead documents, missing and several values.
@Suite struct ScriptingTests {
    private static let properties = """
        {"n":{"type":"long"},"f":{"type":"double"},"s":{"type":"scaled_float","scaling_factor":10},"k":{"type":"keyword"},
         "b":{"type":"boolean"},"d":{"type":"date"},"p":{"type":"geo_point"},"need":{"type":"integer"},"t":{"type":"text"},
         "u":{"type":"unsigned_long"},"hidden":{"type":"keyword"},"no":{"type":"long","doc_values":false}}
        """
    private static let runtime = #""runtime":{"twice":{"type":"long","script":"if (doc['n'].size() > 0) emit(doc['n'].value * 2)"},"hidden":{"type":"keyword","script":"emit('x' + doc['n'].size())"},"four":{"type":"double","script":"if (doc['twice'].size() > 0) emit(doc['twice'].value * 2)"},"raw":{"type":"long"},"spot":{"type":"geo_point","script":"emit(10, 20)"}},"#

    private struct Fixture {
        let directory: TemporaryDirectory
        let shard: Shard
        let view: ShardView
        let mapping: Mapping

        func plan(_ search: Search) throws -> SearchPlan {
            try Planner(mapping: mapping, now: 0, runtime: search.runtime, computed: search.computed).plan(search)
        }

        func hits(_ search: Search) throws -> (ids: [String], hits: ShardHits) {
            let plan = try plan(search)
            let seen = try #require(plan.mapping)
            let view = try view.deriving(plan.runtime, mapping: seen)
            let hits = try view.search(
                plan.query, limit: 1000, order: plan.order, aggregations: plan.aggregations, derived: plan.derived, mapping: seen)
            return (try view.documents(hits.documents.map(\.ordinal)).map(\.id), hits)
        }

        func ids(_ kind: Query.Kind) throws -> Set<String> { Set(try hits(Search(query: Query(kind))).ids) }
    }

    private func fixture(count: Int = 160) async throws -> Fixture {
        var random = SeededGenerator(seed: 5)
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var documents = try Documents(properties: Self.properties, option: Self.runtime)
        for number in 0..<count {
            let n = (0..<Int.random(in: 0...2, using: &random)).map { _ in Int.random(in: -9...9, using: &random) }
            let f = (0..<Int.random(in: 0...1, using: &random)).map { _ in Double.random(in: -2...2, using: &random) }
            let k = (0..<Int.random(in: 0...3, using: &random)).map { _ in "k\(Int.random(in: 0...4, using: &random))" }
            let words = k.map { "\"\($0)\"" }.joined(separator: ",")
            // A third are written again, so that segments hold dead ones.
            try await shard.write(
                try documents.index(
                    "\(number % 100)",
                    #"{"n":\#(n),"f":\#(f),"s":1.3,"k":[\#(words)],"b":\#(number % 3 == 0),"d":\#(number),"need":\#(number % 4),"p":"\#(number % 60),10","u":18446744073709551615,"no":1,"raw":\#(number % 100)}"#))
            if number % 37 == 36 { _ = try await shard.refresh() }
        }
        return Fixture(directory: directory, shard: shard, view: try await shard.refresh(), mapping: documents.mapping)
    }

    private func script(_ source: String, _ parameters: JSONMembers = [:]) -> ScriptReference {
        .inline(Script(source, parameters: ScriptParameters(parameters)))
    }

    /// The second of each pair is run for each document.
    @Test(arguments: [
        ("doc['n'].size() > 0 && doc['n'].value > 2", "def x = doc['n']; x.size() > 0 && x[0] > 2"),
        ("doc['f'].empty || doc['f'].value * 2 < 1", "def l = [doc['f']]; l[0].empty || l[0].value * 2 < 1"),
        ("doc['b'].value", "def v = doc['b']; v.value"), ("doc['s'].value * 10 == 13.0", "def v = doc['s']; v.value * 10 == 13.0"),
        ("doc['d'].value.getMillis() % 3 == 1", "def v = doc['d'].value; v.getMillis() % 3 == 1"),
        ("doc['k'].length > 1", "def v = doc['k']; v.size() > 1"), ("doc['p'].size() == 1", "def v = doc['p']; v.size() == 1"),
        ("doc['twice'].size() == 0 || doc['twice'].value > 4", "def v = doc['n']; v.size() == 0 || v.value > 2"),
    ])
    func columnsAgreeWithDocuments(_ columns: String, _ each: String) async throws {
        let fixture = try await fixture()
        let found = try fixture.ids(.script(script(columns)))
        #expect(found == (try fixture.ids(.script(script(each)))))
        #expect(!found.isEmpty)
    }

    @Test func columnsAreWhatTheSourceSays() async throws {
        let fixture = try await fixture()
        let compared = try fixture.hits(
            Search(
                query: Query(
                    .script(
                        script(
                            """
                            def n = new ArrayList(params._source.n); n.sort(null); def k = new TreeSet(params._source.k);
                            if (n.size() != doc['n'].size() || k.size() != doc['k'].size()) return false;
                            for (int i = 0; i < n.size(); ++i) { if (n[i] != doc['n'][i]) return false; }
                            for (def x : doc['k']) { if (!k.contains(x)) return false; }
                            return doc['u'].value == -1L && doc['p'].value.lon > 9.99 && doc['d'].value.toInstant().toEpochMilli() == params._source.d;
                            """)))))
        #expect(compared.ids.count == fixture.view.documentCount)
    }

    @Test func faults() async throws {
        let fixture = try await fixture()
        for (source, fault) in [
            ("doc['n'].value > 0", ScriptFault.missingValue), ("doc['zz'].value > 0", .unmappedField("zz")),
            ("doc['t'].value == 'x'", .fieldWithoutDocValues("t", type: "text")),
            ("doc['no'].value > 0", .fieldWithoutDocValues("no", type: "long")), ("1 / doc['n'].size() > 0", .divisionByZero),
            ("5", .cannotCast(from: "java.lang.Integer", to: "boolean")),
        ] {
            let error = try #require(throws: ShardError.self) { try fixture.ids(.script(script(source))) }
            guard case .script(let error) = error else {
                Issue.record("\(error)")
                continue
            }
            #expect(error.fault == fault, "\(source)")
        }
    }

    @Test func runtimeFieldsAreFields() async throws {
        let fixture = try await fixture()
        let range = RangeQuery(field: "twice", lower: .init(.integer(4), isInclusive: true))
        let byHand = try fixture.ids(.script(script("doc['n'].size() > 0 && doc['n'].value >= 2")))
        #expect(try fixture.ids(.range(range)) == byHand)
        #expect(try fixture.ids(.range(RangeQuery(field: "four", lower: .init(.integer(8), isInclusive: true)))) == byHand)
        // It hides the mapped field, and is scored 1.
        let hidden = try fixture.hits(Search(query: Query(.term(TermQuery(field: "hidden", value: .string("x0"))))))
        #expect(Set(hidden.ids) == (try fixture.ids(.script(script("doc['n'].empty")))))
        #expect(hidden.hits.documents.allSatisfy { $0.score == 1 })
        // Without a script, from the source.
        #expect(try fixture.ids(.term(TermQuery(field: "raw", value: .integer(7)))) == ["7"])
        let sorted = try fixture.hits(Search(query: .matchAll, sort: Sort([.init(.field(FieldSort(name: "raw")), .descending)])))
        #expect(sorted.ids.prefix(3) == ["99", "98", "97"])
        let circle = GeoQuery(field: "spot", shape: .circle(centre: try GeoPoint(latitude: 10, longitude: 20), radius: 1), ignoresUnmapped: false)
        #expect(try fixture.ids(.geo(circle)).count == fixture.view.documentCount)
        let result = try fixture.hits(
            Search(size: 0, aggregations: [Aggregation("m", .metric(.max, field: "raw", missing: nil))])).hits.aggregations
        guard case .metric(let summary)? = result.first else {
            Issue.record("no metric")
            return
        }
        #expect(summary.value("max") == 99)
    }

    @Test func runtimeFieldsAreComputedOnceForAView() async throws {
        let fixture = try await fixture()
        let plan = try fixture.plan(Search(query: Query(.exists(field: "twice"))))
        #expect(plan.runtime.map(\.name) == ["twice"])
        let mapping = try #require(plan.mapping)
        _ = try fixture.view.deriving(plan.runtime, mapping: mapping)
        #expect(fixture.view.derived.withLock { Set($0.keys) } == ["twice"])
        // Another definition of the same name is another field.
        var search = Search(query: Query(.exists(field: "twice")))
        search.runtime = try RuntimeFields(decoding: try JSONDocument(parsing: #"{"twice":{"type":"long","script":"emit(1)"}}"#).root)
        #expect(try fixture.hits(search).ids.count == fixture.view.documentCount)
        #expect(try fixture.plan(Search(query: .matchAll)).runtime.isEmpty)
    }

    @Test func cyclesAreRefused() async throws {
        let fixture = try await fixture(count: 3)
        var search = Search(query: Query(.exists(field: "a")))
        search.runtime = try RuntimeFields(
            decoding: try JSONDocument(
                parsing: #"{"a":{"type":"long","script":"emit(doc['b2'].value)"},"b2":{"type":"long","script":"emit(doc['a'].value)"}}"#).root)
        #expect(throws: PlanningError.cyclicRuntimeFields(["a", "b2", "a"])) { try fixture.plan(search) }
    }

    @Test func failingRuntimeScripts() async throws {
        let fixture = try await fixture()
        var search = Search(query: Query(.exists(field: "x")))
        search.runtime = try RuntimeFields(
            decoding: try JSONDocument(parsing: #"{"x":{"type":"long","script":"emit(doc['n'].value)","on_script_error":"continue"}}"#).root)
        #expect(Set(try fixture.hits(search).ids) == (try fixture.ids(.exists(field: "n"))))
        search.runtime = try RuntimeFields(
            decoding: try JSONDocument(parsing: #"{"x":{"type":"long","script":"emit(doc['n'].value)"}}"#).root)
        #expect(thrownCase { try fixture.hits(search) } == "script.missingValue")
    }

    @Test func sortsByScripts() async throws {
        let fixture = try await fixture()
        func ids(_ type: String, _ source: String, _ order: Sort.Order) throws -> [String] {
            var search = Search(
                query: .matchAll, sort: Sort([.init(.field(FieldSort(name: "_sort:0")), order)]))
            search.computed = [ComputedField(name: "_sort:0", type: type, kind: .script(script(source)))]
            return try fixture.hits(search).ids
        }
        #expect(try ids("double", "params._source.raw * -1", .ascending).prefix(3) == ["99", "98", "97"])
        #expect(try ids("keyword", "'z' + params._source.raw", .descending).prefix(3) == ["99", "98", "97"])
        #expect(try ids("double", "doc['d'].value.getMillis() % 50 * _score", .descending).count == fixture.view.documentCount)
        let error = #expect(throws: ShardError.self) { try ids("double", "'x'", .ascending) }
        #expect(error == .derivedValue(field: "_sort:0", value: "x"))
    }

    @Test func sortsByDistance() async throws {
        let fixture = try await fixture()
        func hits(_ places: [GeoPoint], _ mode: String?) throws -> ShardHits {
            var sort = FieldSort(name: "_sort:0", mode: mode)
            sort.missing = .string("Infinity")
            var search = Search(query: .matchAll, sort: Sort([.init(.field(sort), .ascending)]))
            search.computed = [
                ComputedField(name: "_sort:0", type: "double", kind: .distance(DistanceSort(field: "p", places: places, unit: 1000)))
            ]
            return try fixture.hits(search).hits
        }
        let origin = try GeoPoint(latitude: 0, longitude: 10), far = try GeoPoint(latitude: 0, longitude: 60)
        let near = try hits([origin], nil)
        guard case .double(let first)? = near.keys.first?.first, case .double(let last)? = near.keys.last?.first else {
            Issue.record("no keys")
            return
        }
        #expect(first < 0.01)
        #expect(abs(last - 59 * 111.195) < 20)
        #expect(try hits([origin, far], "min").keys.first == near.keys.first)
        #expect(try hits([origin, far], "avg").keys.first != near.keys.first)
    }

    @Test func termsSets() async throws {
        let fixture = try await fixture()
        let terms: [QueryValue] = ["k0", "k1", "k2"].map { .string($0) }
        func ids(_ minimum: TermsSetQuery.Minimum) throws -> Set<String> {
            try fixture.ids(.termsSet(TermsSetQuery(field: "k", terms: terms, minimum: minimum)))
        }
        func byHand(_ needed: String) throws -> Set<String> {
            try fixture.ids(
                .script(script("int c = 0; for (def x : doc['k']) { if (params.t.contains(x)) ++c; } c >= Math.max(1, \(needed))", ["t": ["k0", "k1", "k2"]])))
        }
        #expect(try ids(.given(2)) == byHand("2"))
        #expect(try ids(.field("need")) == byHand("doc['need'].value"))
        #expect(try ids(.script(script("Math.min(params.num_terms, doc['need'].value)"))) == byHand("doc['need'].value"))
        #expect(throws: PlanningError.unknownTermsSetField("zz")) { try ids(.field("zz")) }
    }

    @Test func functionsAndScriptFields() async throws {
        let fixture = try await fixture()
        let function = FunctionScoreQuery.Function(kind: .script(script("params._source.raw + _score")))
        let best = try fixture.hits(
            Search(query: Query(.functionScore(FunctionScoreQuery(query: .matchAll, functions: [function], boostMode: .replace)))))
        #expect(best.hits.documents.first?.score == 100)
        var search = Search(query: .matchAll)
        search.fetch.scriptFields = [
            ScriptField(name: "a", script: script("doc['four'].size()")), ScriptField(name: "b", script: script("doc['n'].value"), ignoresFailure: true),
        ]
        let plan = try fixture.plan(search)
        let mapping = try #require(plan.mapping)
        let view = try fixture.view.deriving(plan.runtime, mapping: mapping)
        let ordinals = Array(view.documents)
        let values = try view.values(plan.scriptFields, of: ordinals, mapping: mapping)
        #expect(values.count == ordinals.count)
        #expect(values.contains { $0.count == 1 && $0.first?.value == 0 })
        #expect(values.contains { $0.count == 2 && $0.first?.value == 1 })
    }
}
