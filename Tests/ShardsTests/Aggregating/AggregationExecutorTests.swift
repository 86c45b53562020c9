import Mapping
import Query
import Shards
import Testing

/// Random documents, and the same counted by hand.
@Suite struct AggregationExecutorTests {
    private struct Document {
        var keywords: [String]
        var number: Int?
        var decimal: Double
        var isFlagged: Bool
    }

    private struct Fixture {
        let directory: TemporaryDirectory
        let shard: Shard
        let view: ShardView
        let mapping: Mapping
        let documents: [Document]

        func run(_ aggregations: [Aggregation], query: Query = .matchAll) throws -> [AggregationResult] {
            let planner = Planner(mapping: mapping, now: 0)
            let plans = try planner.plan(aggregations)
            let found = try view.search(try planner.plan(query), limit: 0, aggregations: plans).aggregations
            return try AggregationReduction().reduce(plans, [found])
        }
    }

    /// Slots below each other are bounded on the shard already.
    @Test func bucketsOfAShardAreBounded() async throws {
        let fixture = try await fixture()
        let ten = Aggregation.Kind.filters(FiltersAggregation(filters: (0..<10).map { (name: "\($0)", query: .matchAll) }))
        let plans = try Planner(mapping: fixture.mapping, now: 0).plan([Aggregation("a", ten, subaggregations: [Aggregation("b", ten)])])
        _ = try fixture.view.search(.matchAll, limit: 0, aggregations: plans, maximumBuckets: 28)
        #expect { try fixture.view.search(.matchAll, limit: 0, aggregations: plans, maximumBuckets: 27) } throws: {
            if case ShardError.tooManyBuckets(limit: 27) = $0 { true } else { false }
        }
    }

    private func fixture() async throws -> Fixture {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var parser = try Documents(
            properties: #"{"k":{"type":"keyword"},"n":{"type":"long"},"f":{"type":"double"},"b":{"type":"boolean"},"t":{"type":"text"}}"#)
        var random = CountingRandom(state: 11)
        var documents: [Document] = []
        for index in 0..<300 {
            let document = Document(
                keywords: (0..<random.next(4)).map { _ in "k\(random.next(7))" }, number: random.next(5) == 0 ? nil : random.next(40),
                decimal: Double(random.next(1000)) / 10, isFlagged: random.next(2) == 0)
            let keywords = document.keywords.map { "\"\($0)\"" }.joined(separator: ",")
            let number = document.number.map { #","n":\#($0)"# } ?? ""
            try await shard.write(
                try parser.index(
                    "\(index)", #"{"k":[\#(keywords)],"f":\#(document.decimal),"b":\#(document.isFlagged)\#(number)}"#))
            documents.append(document)
            // Several segments.
            if index % 77 == 0 { try await shard.refresh() }
        }
        return Fixture(
            directory: directory, shard: shard, view: try await shard.refresh(), mapping: parser.mapping, documents: documents)
    }

    private func buckets(_ result: AggregationResult) -> [AggregationResult.Bucket] {
        if case .buckets(let buckets) = result { buckets.buckets } else { [] }
    }

    @Test func termsAndWhatIsBelow() async throws {
        let fixture = try await fixture()
        var terms = TermsAggregation(field: "k")
        terms.size = 3
        let average = Aggregation("a", .metric(.avg, field: "f", missing: nil))
        let result = try fixture.run([Aggregation("x", .terms(terms), subaggregations: [average])])
        var expected: [(key: String, count: Int, mean: Double)] = []
        for key in Set(fixture.documents.flatMap(\.keywords)) {
            let having = fixture.documents.filter { $0.keywords.contains(key) }
            expected.append((key, having.count, having.reduce(0) { $0 + $1.decimal } / Double(having.count)))
        }
        expected.sort { ($1.count, $0.key) < ($0.count, $1.key) }
        let found = buckets(result[0])
        #expect(found.map(\.key) == expected.prefix(3).map { .string($0.key) })
        #expect(found.map(\.count) == expected.prefix(3).map(\.count))
        for (bucket, wanted) in zip(found, expected) {
            guard case .metric(let summary) = bucket.results[0] else { throw PlanningError.unknownDecayField("") }
            #expect(abs((summary.mean ?? 0) - wanted.mean) < 1e-9)
        }
        guard case .buckets(let all) = result[0] else { return }
        #expect(all.others == expected.dropFirst(3).reduce(0) { $0 + $1.count })
    }

    @Test func termsByAMetricByKeyAndMissing() async throws {
        let fixture = try await fixture()
        var terms = TermsAggregation(field: "n")
        terms.size = 100
        terms.missing = .integer(-1)
        terms.order = [BucketOrder(.metric("m", value: nil), isAscending: true)]
        let metric = Aggregation("m", .metric(.max, field: "f", missing: nil))
        let found = buckets(try fixture.run([Aggregation("x", .terms(terms), subaggregations: [metric])])[0])
        let groups = Dictionary(grouping: fixture.documents) { $0.number ?? -1 }
        #expect(found.count == groups.count)
        let expected = groups.mapValues { $0.map(\.decimal).max() ?? 0 }.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
        #expect(found.map(\.key) == expected.map { .long(Int64($0.key)) })
        terms.order = [BucketOrder(.key, isAscending: false)]
        terms.missing = nil
        terms.include = .values([.integer(3), .integer(5)])
        #expect(buckets(try fixture.run([Aggregation("x", .terms(terms))])[0]).map(\.key) == [.long(5), .long(3)].filter { key in
            fixture.documents.contains { $0.number.map { .long(Int64($0)) == key } ?? false }
        })
    }

    @Test func histogramsRangesAndFilters() async throws {
        let fixture = try await fixture()
        let found = buckets(try fixture.run([Aggregation("h", .histogram(HistogramAggregation(field: "n", interval: 7)))])[0])
        let numbers = fixture.documents.compactMap(\.number)
        for bucket in found {
            #expect(bucket.count == numbers.filter { Double($0 / 7 * 7) == bucket.key.number }.count)
        }
        #expect(found.reduce(0) { $0 + $1.count } == numbers.count)

        let ranges = RangeAggregation(field: "f", ranges: [.init(to: .double(30)), .init(from: .double(30), to: .double(60)), .init(from: .double(60))])
        guard case .slots(let slots) = try fixture.run([Aggregation("r", .range(ranges))])[0] else { return }
        let decimals = fixture.documents.map(\.decimal)
        #expect(
            slots.map(\.count) == [
                decimals.filter { $0 < 30 }.count, decimals.filter { $0 >= 30 && $0 < 60 }.count, decimals.filter { $0 >= 60 }.count,
            ])

        let flagged = Query(.term(TermQuery(field: "b", value: .boolean(true))))
        let filters = FiltersAggregation(filters: [("yes", flagged)], otherName: "no")
        let results = try fixture.run([
            Aggregation("f", .filters(filters)), Aggregation("m", .missing(field: "n")), Aggregation("g", .global),
            Aggregation("c", .cardinality(field: "k")), Aggregation("v", .metric(.valueCount, field: "n", missing: nil)),
        ], query: flagged)
        let yes = fixture.documents.filter(\.isFlagged)
        #expect(results[0] == .slots([.init(count: yes.count, results: []), .init(count: 0, results: [], index: 1)]))
        #expect(results[1] == .slots([.init(count: yes.filter { $0.number == nil }.count, results: [])]))
        #expect(results[2] == .slots([.init(count: 300, results: [])]))
        guard case .distinct(let distinct) = results[3], case .metric(let count) = results[4] else { return }
        #expect(distinct.value == Set(yes.flatMap(\.keywords)).count)
        #expect(count.count == yes.compactMap(\.number).count)
    }

    /// Page by page, every pair once.
    @Test func compositePages() async throws {
        let fixture = try await fixture()
        var after: [String: QueryValue?]?
        var found: [[BucketKey?]: Int] = [:]
        var last: [BucketKey?]?
        while true {
            var flags = CompositeAggregation.Source(name: "b", field: "b", kind: .terms)
            flags.isAscending = false
            var keys = CompositeAggregation.Source(name: "k", field: "k", kind: .terms)
            keys.hasMissingBucket = true
            let composite = CompositeAggregation(sources: [flags, keys], size: 4, after: after)
            let page = buckets(try fixture.run([Aggregation("c", .composite(composite))])[0])
            if page.isEmpty { break }
            for bucket in page {
                #expect(found[bucket.keys] == nil)
                found[bucket.keys] = bucket.count
                last = bucket.keys
            }
            after = ["b": last?[0].map { .integer(Int($0.number)) }, "k": last?[1].map { if case .string(let text) = $0 { .string(text) } else { .string("") } }]
        }
        var expected: [[BucketKey?]: Int] = [:]
        for document in fixture.documents {
            let flag = BucketKey.long(document.isFlagged ? 1 : 0)
            let keys = Set(document.keywords)
            if keys.isEmpty { expected[[flag, nil], default: 0] += 1 }
            for key in keys { expected[[flag, .string(key)], default: 0] += 1 }
        }
        #expect(found == expected)
    }

    @Test func textsAreRefused() async throws {
        let fixture = try await fixture()
        #expect(throws: PlanningError.textNotAggregatable("t")) { try fixture.run([Aggregation("x", .terms(TermsAggregation(field: "t")))]) }
        #expect(throws: PlanningError.aggregationNotSupported(field: "k", type: "keyword", aggregation: "avg")) {
            try fixture.run([Aggregation("x", .metric(.avg, field: "k", missing: nil))])
        }
        #expect(buckets(try fixture.run([Aggregation("x", .terms(TermsAggregation(field: "unmapped")))])[0]).isEmpty)
    }
}

struct CountingRandom {
    var state: UInt64

    mutating func next(_ bound: Int) -> Int {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return Int((z ^ (z >> 31)) % UInt64(bound))
    }
}
