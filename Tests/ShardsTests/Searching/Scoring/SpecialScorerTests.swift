import Mapping
import Query
import Shards
import Testing

/// Features, nearness, spans and doc values: over refreshes, merges and a restart.
struct SpecialScorerTests {
    private static let properties = #"""
        {"r":{"type":"rank_feature"},"n":{"type":"rank_feature","positive_score_impact":false},"m":{"type":"rank_features"},
        "s":{"type":"sparse_vector"},"d":{"type":"date"},"p":{"type":"geo_point"},"i":{"type":"integer_range"},"ip":{"type":"ip"},
        "f":{"type":"flattened"},"v":{"type":"version"},"l":{"type":"unsigned_long"},"x":{"type":"double"}}
        """#
    private static let sources = [
        ("1", #"{"r":10,"n":50,"m":{"a":3,"b":5},"s":{"x":1,"y":2},"d":"2020-01-01","p":[0,0],"i":{"gte":1,"lte":5},"ip":"10.0.0.1","f":{"k":["b","a"]},"v":"1.2.0","l":7,"x":0.5}"#),
        ("2", #"{"r":100,"n":20,"m":{"b":6},"s":{"y":4},"d":"2020-01-03","p":[1,0],"i":[{"gt":5},{"lt":-5}],"ip":["::1","10.0.0.2"],"f":{"k":"c"},"v":"1.10.0"}"#),
        ("3", #"{"d":["2019-01-01","2020-01-02"]}"#),
    ]

    private func scores(_ kind: Query.Kind, _ view: ShardView, _ documents: Documents) throws -> [String: Float] {
        let hits = try view.search(try documents.plan(Query(kind)), limit: 10)
        let rows = try view.documents(hits.documents.map(\.ordinal))
        return Dictionary(uniqueKeysWithValues: zip(rows.map(\.id), hits.documents.map(\.score)))
    }

    private func check(_ view: ShardView, _ documents: Documents) throws {
        func rank(_ field: String, _ function: RankFeatureQuery.Function) throws -> [String: Float] {
            try scores(.feature(.rank(RankFeatureQuery(field: field, function: function))), view, documents)
        }
        #expect(try rank("r", .linear) == ["1": 10, "2": 100])
        #expect(try rank("r", .saturation(pivot: 10)) == ["1": 0.5, "2": 1 - 10 / Float(110)])
        #expect(try rank("m.b", .linear) == ["1": 5, "2": 6])
        #expect(try rank("m.nothing", .linear) == [:])
        let falling = try rank("n", .linear)
        #expect(try #require(falling["1"]) < #require(falling["2"]))
        #expect(try rank("r", .saturation(pivot: nil)).values.allSatisfy { $0 > 0 && $0 < 1 })
        #expect(try rank("r", .log(factor: 1)).count == 2 && rank("r", .sigmoid(pivot: 10, exponent: 0.5))["1"] == 0.5)
        var sparse = SparseVectorQuery(field: "s", tokens: [.init("x", weight: 2), .init("y", weight: 0.5), .init("z", weight: 9)])
        sparse.prunes = false
        #expect(try scores(.feature(.sparse(sparse)), view, documents) == ["1": 3, "2": 2])
        #expect(try scores(.term(TermQuery(field: "s", value: .string("y"))), view, documents) == ["1": 2, "2": 4])
        let near = DistanceFeatureQuery(field: "d", origin: .value(.string("2020-01-01")), pivot: "1d")
        #expect(try scores(.feature(.distance(near)), view, documents) == ["1": 1, "2": Float(1) / 3, "3": 0.5])
        let place = DistanceFeatureQuery(field: "p", origin: .point(try GeoPoint(latitude: 0, longitude: 0)), pivot: "1km")
        #expect(try #require(scores(.feature(.distance(place)), view, documents)["1"]) > 0.999)
        #expect(try scores(.term(TermQuery(field: "i", value: .integer(3))), view, documents) == ["1": 1])
        #expect(try scores(.term(TermQuery(field: "i", value: .integer(-7))), view, documents) == ["2": 1])
        #expect(try scores(.term(TermQuery(field: "ip", value: .string("10.0.0.0/8"))), view, documents) == ["1": 1, "2": 1])
        #expect(try scores(.terms(TermsQuery(field: "ip", values: [.string("::/120"), .string("1.2.3.4")])), view, documents) == ["2": 1])
        #expect(try Set(scores(.term(TermQuery(field: "f.k", value: .string("a"))), view, documents).keys) == ["1"])
        #expect(try scores(.pattern(PatternQuery(field: "v", text: "1.1*", kind: .wildcard)), view, documents) == ["2": 1])
        var bounds = RangeQuery(field: "v")
        bounds.lower = .init(.string("1.9"), isInclusive: true)
        #expect(try scores(.range(bounds), view, documents) == ["2": 1])
    }

    @Test func featuresNearnessAndSpans() async throws {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var documents = try Documents(properties: Self.properties)
        for (id, source) in Self.sources { try await shard.write(try documents.index(id, source)) }
        try check(await shard.refresh(), documents)
        // One more segment, and all merged into one.
        try await shard.write(try documents.index("4", #"{"r":1,"s":{"q":1}}"#))
        _ = try await shard.refresh()
        try await shard.delete("4")
        _ = try await shard.refresh()
        try await shard.forceMerge()
        try check(await shard.refresh(), documents)
        try await shard.close()
        let again = try openShard(directory, properties: Self.properties)
        try check(await again.refresh(), documents)
    }

    /// What the source lacks is kept beside it.
    @Test func documentsWithoutTheirSourceComeBack() async throws {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var documents = try Documents(properties: Self.properties, option: #""_source":{"enabled":false},"#)
        for (id, source) in Self.sources { try await shard.write(try documents.index(id, source)) }
        try check(await shard.refresh(), documents)
        let copy = try directory.copied()
        let again = try openShard(copy, properties: Self.properties)
        try check(await again.refresh(), documents)
    }

    @Test func columnsGiveValuesByDocument() async throws {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var documents = try Documents(properties: Self.properties)
        for (id, source) in Self.sources { try await shard.write(try documents.index(id, source)) }
        let view = try await shard.refresh()
        #expect(view.docValues(of: "f.k", ordinal: 0) == [.term("a"), .term("b")])
        #expect(view.docValues(of: "x", ordinal: 0) == [.double(0.5)] && view.docValues(of: "x", ordinal: 1).isEmpty)
        #expect(view.docValues(of: "d", ordinal: 2) == [.long(1_546_300_800_000), .long(1_577_923_200_000)])
        #expect(view.docPoints(of: "p", ordinal: 1).map(\.longitude).map { ($0 * 1000).rounded() } == [1000])
        #expect(view.docValues(of: "x", ordinal: 99).isEmpty)
    }
}
