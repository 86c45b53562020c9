import Mapping
import Query
import Shards
import Testing
import TestSupport

/// Random documents, and the same counted by hand.
@Suite struct MoreAggregationsTests {
    private struct Document {
        var keywords: [String]
        var number: Int?
        var latitude: Double
        var longitude: Double
        var day: Int
        var text: String
    }

    private struct Fixture {
        let directory: TemporaryDirectory
        let shard: Shard
        let view: ShardView
        let mapping: Mapping
        let documents: [Document]

        func run(_ kind: Aggregation.Kind, below: [Aggregation] = [], query: Query = .matchAll) throws -> AggregationResult {
            let planner = Planner(mapping: mapping, now: 0)
            let plans = try planner.plan([Aggregation("x", kind, subaggregations: below)])
            let found = try view.search(try planner.plan(query), limit: 0, aggregations: plans).aggregations
            return try #require(try AggregationReduction().reduce(plans, [found]).first)
        }

        func buckets(_ kind: Aggregation.Kind, below: [Aggregation] = [], query: Query = .matchAll) throws -> [AggregationResult.Bucket] {
            if case .buckets(let buckets) = try run(kind, below: below, query: query) { buckets.buckets } else { [] }
        }
    }

    private func fixture() async throws -> Fixture {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var parser = try Documents(
            properties: #"{"k":{"type":"keyword"},"n":{"type":"long"},"p":{"type":"geo_point"},"d":{"type":"date"},"t":{"type":"text"}}"#)
        var state: UInt64 = 23
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        var documents: [Document] = []
        for index in 0..<250 {
            let isOdd = next(5) == 0
            let document = Document(
                keywords: Array(Set((0..<next(4)).map { _ in next(8) == 0 ? "rare\(next(60))" : "k\(next(6))" })).sorted(),
                number: next(5) == 0 ? nil : next(60), latitude: Double(next(120) - 60), longitude: Double(next(340) - 170), day: next(400),
                text: isOdd ? "odd common" : "even common")
            let keywords = document.keywords.map { "\"\($0)\"" }.joined(separator: ",")
            let number = document.number.map { #","n":\#($0)"# } ?? ""
            let date = Int64(1_600_000_000_000) + Int64(document.day) * 86_400_000
            try await shard.write(
                try parser.index(
                    "\(index)",
                    #"{"k":[\#(keywords)],"p":[\#(document.longitude),\#(document.latitude)],"d":\#(date),"t":"\#(document.text)"\#(number)}"#))
            documents.append(document)
            if index % 61 == 0 { try await shard.refresh() }
        }
        return Fixture(
            directory: directory, shard: shard, view: try await shard.refresh(), mapping: parser.mapping, documents: documents)
    }

    @Test func quantilesAndWeights() async throws {
        let fixture = try await fixture()
        let numbers = fixture.documents.compactMap(\.number).map { Double($0) }.sorted()
        guard case .quantiles(let found) = try fixture.run(.quantiles(QuantilesAggregation(field: "n", output: .percentiles([50])))) else { return }
        let middle = Double(numbers.count - 1) / 2, low = Int(middle)
        let median = numbers[low] + (middle - Double(low)) * (numbers[min(low + 1, numbers.count - 1)] - numbers[low])
        #expect(found.percentiles([0, 50, 100]) == [numbers.first, median, numbers.last])
        guard
            case .weighted(let sum) = try fixture.run(
                .weightedAverage(WeightedAverageAggregation(value: .init(field: "d"), weight: .init(field: "n", missing: .integer(2)))))
        else { return }
        let weights = fixture.documents.map { Double($0.number ?? 2) }
        let products = zip(fixture.documents, weights).reduce(0.0) { $0 + (1_600_000_000_000 + Double($1.0.day) * 86_400_000) * $1.1 }
        #expect(abs((sum.mean ?? 0) / (products / weights.reduce(0, +)) - 1) < 1e-12)
    }

    @Test func pointsAndTexts() async throws {
        let fixture = try await fixture()
        guard case .geo(let summary) = try fixture.run(.geoMetric(GeoMetricAggregation(field: "p", output: .centroid))) else { return }
        #expect(summary.count == 250)
        #expect(abs((summary.centroid?.latitude ?? 99) - fixture.documents.reduce(0) { $0 + $1.latitude } / 250) < 1e-4)
        let cells = try fixture.buckets(.geoGrid(GeoGridAggregation(field: "p", grid: .geohash(precision: 1))))
        #expect(cells.reduce(0) { $0 + $1.count } == 250)
        #expect(cells.map(\.count) == cells.map(\.count).sorted(by: >))
        let distances = GeoDistanceAggregation(
            field: "p", origin: try GeoPoint(latitude: 0, longitude: 0), unit: 1000, ranges: [(nil, nil, 5000), (nil, 5000, nil)])
        guard case .slots(let slots) = try fixture.run(.geoDistance(distances)) else { return }
        #expect(slots.reduce(0) { $0 + $1.count } == 250 && slots[0].count > 0 && slots[1].count > 0)
        guard case .strings(let strings) = try fixture.run(.stringStatistics(StringStatisticsAggregation(field: "k"))) else { return }
        let keywords = fixture.documents.flatMap(\.keywords)
        #expect(strings.count == keywords.count && strings.totalLength == keywords.reduce(0) { $0 + $1.count })
        #expect(strings.longest == keywords.map(\.count).max() && strings.shortest == keywords.map(\.count).min())
    }

    @Test func combinationsAndRareOnes() async throws {
        let fixture = try await fixture()
        var multi = MultiTermsAggregation(terms: [.init(field: "k"), .init(field: "n")])
        multi.size = 1000
        var expected: [[BucketKey?]: Int] = [:]
        for document in fixture.documents {
            guard let number = document.number else { continue }
            for keyword in document.keywords { expected[[.string(keyword), .long(Int64(number))], default: 0] += 1 }
        }
        let found = try fixture.buckets(.multiTerms(multi))
        #expect(Dictionary(uniqueKeysWithValues: found.map { ($0.keys, $0.count) }) == expected)
        #expect(found.map(\.count) == found.map(\.count).sorted(by: >))

        var counts: [String: Int] = [:]
        for keyword in fixture.documents.flatMap(\.keywords) { counts[keyword, default: 0] += 1 }
        let rare = try fixture.buckets(
            .rareTerms(RareTermsAggregation(field: "k")), below: [Aggregation("m", .metric(.max, field: "d", missing: nil))])
        #expect(Set(rare.map(\.key)) == Set(counts.filter { $0.value == 1 }.keys.map { .string($0) }))
        #expect(rare.allSatisfy { $0.results.count == 1 })
    }

    @Test func filtersThatMeet() async throws {
        let fixture = try await fixture()
        func has(_ keyword: String) -> Query { Query(.term(TermQuery(field: "k", value: .string(keyword)))) }
        let matrix = AdjacencyMatrixAggregation(filters: [("a", has("k0")), ("b", has("k1")), ("c", has("none"))])
        let found = try fixture.buckets(.adjacencyMatrix(matrix))
        func count(_ keywords: [String]) -> Int { fixture.documents.count { document in keywords.allSatisfy(document.keywords.contains) } }
        #expect(found.map(\.key) == [.string("a"), .string("a&b"), .string("b")])
        #expect(found.map(\.count) == [count(["k0"]), count(["k0", "k1"]), count(["k1"])])
    }

    @Test func histogramsThatChoose() async throws {
        let fixture = try await fixture()
        var dates = AutoDateHistogramAggregation(field: "d")
        dates.buckets = 20
        guard case .buckets(let found) = try fixture.run(.autoDateHistogram(dates)) else { return }
        #expect(found.buckets.count <= 20 && found.buckets.reduce(0) { $0 + $1.count } == 250)
        for (bucket, after) in zip(found.buckets, found.buckets.dropFirst()) {
            let inside = fixture.documents.count { document in
                let moment = 1_600_000_000_000 + Double(document.day) * 86_400_000
                return moment >= bucket.key.number && moment < after.key.number
            }
            #expect(bucket.count == inside)
        }
        var clusters = VariableWidthHistogramAggregation(field: "n")
        clusters.buckets = 4
        let numbers = fixture.documents.compactMap(\.number)
        let wide = try fixture.buckets(.variableWidthHistogram(clusters))
        #expect(wide.count == 4 && wide.reduce(0) { $0 + $1.count } == numbers.count)
        for (left, right) in zip(wide, wide.dropFirst()) { #expect((left.bounds?.upperBound ?? 0) <= (right.bounds?.lowerBound ?? 0)) }
    }

    @Test func firstOnesAndSamples() async throws {
        let fixture = try await fixture()
        let sort = Sort([Sort.Clause(.field(FieldSort(name: "n")), .descending)])
        guard case .topMetrics(let top) = try fixture.run(.topMetrics(TopMetricsAggregation(metrics: ["n", "d"], sort: sort, size: 5))) else { return }
        #expect(top.map { $0.metrics[0]?.number } == fixture.documents.compactMap(\.number).sorted(by: >).prefix(5).map { Double($0) })
        var hits = TopHitsAggregation(size: 2)
        hits.sort = sort
        guard case .topHits(let documents, let total) = try fixture.run(.topHits(hits)) else { return }
        #expect(documents.map(\.ordinal) == top.prefix(2).map(\.document.ordinal) && total == 250)
        guard case .slots(let best) = try fixture.run(.sampler(.best(shardSize: 7))),
            case .slots(let diverse) = try fixture.run(.sampler(.diverse(field: "n", perValue: 1, shardSize: 1000))),
            case .slots(let all) = try fixture.run(.sampler(.random(probability: 0.1, seed: 1, shardSeed: nil))),
            case .slots(let whole) = try fixture.run(.sampler(.random(probability: 1, seed: 1, shardSeed: nil)))
        else { return }
        let without = fixture.documents.count { $0.number == nil }
        #expect(best[0].count == 7 && whole[0].count == 250 && (10...45).contains(all[0].count))
        #expect(diverse[0].count == Set(fixture.documents.compactMap(\.number)).count + without)
    }

    @Test func significantOnes() async throws {
        let fixture = try await fixture()
        let odd = Query(.match(MatchQuery(field: "t", text: .string("odd"))))
        guard case .buckets(let found) = try fixture.run(.significantTerms(SignificantTermsAggregation(field: "t", isOfTexts: true)), query: odd)
        else { return }
        let count = fixture.documents.count { $0.text.hasPrefix("odd") }
        #expect(found.foreground == count && found.background == 250)
        // What all have tells nothing.
        #expect(found.buckets.map(\.key) == [.string("odd")] && found.buckets.first?.count == count)
        #expect(found.buckets.first?.background == count)
    }

    @Test func partitionsAndErrors() async throws {
        let fixture = try await fixture()
        var keys: [BucketKey] = []
        for part in 0..<3 {
            var terms = TermsAggregation(field: "k")
            terms.size = 1000
            terms.include = .partition(part, of: 3)
            keys += try fixture.buckets(.terms(terms)).map(\.key)
        }
        #expect(keys.count == Set(keys).count && Set(keys) == Set(fixture.documents.flatMap(\.keywords).map { .string($0) }))
        let severalWeights = WeightedAverageAggregation(value: .init(field: "n"), weight: .init(field: "w"))
        _ = try fixture.run(.weightedAverage(severalWeights))
        var numeric = TermsAggregation(field: "n")
        numeric.include = .pattern("1.*")
        #expect(thrownCase { try fixture.run(.terms(numeric)) } == "patternOfNumbers")
        #expect(thrownCase { try fixture.run(.geoMetric(GeoMetricAggregation(field: "n", output: .centroid))) } == "aggregationNotSupported")
        #expect(thrownCase { try fixture.run(.quantiles(QuantilesAggregation(field: "k", output: .boxplot))) } == "aggregationNotSupported")
    }
}
