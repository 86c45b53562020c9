import Mapping
import Query
import Shards
import Testing

/// Random spans and counts of documents, and the same counted by hand.
@Suite struct SpanHistogramTests {
    private struct Document {
        var spans: [ClosedRange<Int>]
        var count: Int
        var keyword: String
        var number: Int?
    }

    private struct Fixture {
        let directory: TemporaryDirectory
        let shard: Shard
        let view: ShardView
        let mapping: Mapping
        let documents: [Document]

        func run(_ kind: Aggregation.Kind, below: [Aggregation] = []) throws -> AggregationResult {
            let planner = Planner(mapping: mapping, now: 0)
            let plans = try planner.plan([Aggregation("x", kind, subaggregations: below)])
            let found = try view.search(.matchAll, limit: 0, aggregations: plans).aggregations
            return try #require(try AggregationReduction().reduce(plans, [found]).first)
        }

        func buckets(_ kind: Aggregation.Kind, below: [Aggregation] = []) throws -> [BucketKey: Int] {
            guard case .buckets(let found) = try run(kind, below: below) else { return [:] }
            return Dictionary(uniqueKeysWithValues: found.buckets.filter { $0.count > 0 }.map { ($0.key, $0.count) })
        }
    }

    private func fixture() async throws -> Fixture {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var parser = try Documents(
            properties: #"{"r":{"type":"integer_range"},"d":{"type":"date_range"},"k":{"type":"keyword"},"n":{"type":"long"}}"#)
        var random = CountingRandom(state: 5)
        var documents: [Document] = []
        for index in 0..<200 {
            let spans = (0..<random.next(3)).map { _ in
                let start = random.next(100)
                return start...(start + random.next(40))
            }
            let document = Document(
                spans: spans, count: 1 + random.next(4), keyword: "k\(random.next(5))", number: random.next(4) == 0 ? nil : random.next(30))
            let ranges = spans.map { #"{"gte":\#($0.lowerBound),"lte":\#($0.upperBound)}"# }.joined(separator: ",")
            let dates = spans.map { #"{"gte":\#($0.lowerBound * 3_600_000),"lte":\#($0.upperBound * 3_600_000)}"# }.joined(separator: ",")
            let count = document.count == 1 ? "" : #","_doc_count":\#(document.count)"#
            let number = document.number.map { #","n":\#($0)"# } ?? ""
            try await shard.write(
                try parser.index("\(index)", #"{"r":[\#(ranges)],"d":[\#(dates)],"k":"\#(document.keyword)"\#(number)\#(count)}"#))
            documents.append(document)
            if index % 61 == 0 { try await shard.refresh() }
        }
        return Fixture(directory: directory, shard: shard, view: try await shard.refresh(), mapping: parser.mapping, documents: documents)
    }

    private func counted(_ documents: [Document], _ keys: (Document) -> Set<BucketKey>) -> [BucketKey: Int] {
        var counts: [BucketKey: Int] = [:]
        for document in documents { for key in keys(document) { counts[key, default: 0] += document.count } }
        return counts
    }

    @Test func spansOfNumbers() async throws {
        let fixture = try await fixture()
        for (offset, bounds) in [(0, nil), (3, nil), (0, 20...60), (1, 35...35)] as [(Int, ClosedRange<Int>?)] {
            var histogram = HistogramAggregation(field: "r", interval: 10)
            histogram.offset = Double(offset)
            histogram.hardBounds = bounds.map { Double($0.lowerBound)...Double($0.upperBound) }
            let expected = counted(fixture.documents) { document in
                var keys: Set<BucketKey> = []
                for span in document.spans {
                    let (low, high) = (max(span.lowerBound, bounds?.lowerBound ?? .min), min(span.upperBound, bounds?.upperBound ?? .max))
                    guard low <= high else { continue }
                    for value in low...high { keys.insert(.double((Double(value - offset) / 10).rounded(.down) * 10 + Double(offset))) }
                }
                return keys
            }
            #expect(try fixture.buckets(.histogram(histogram)) == expected, "\(offset) \(String(describing: bounds))")
        }
    }

    @Test func spansOfDates() async throws {
        let fixture = try await fixture()
        let day = 86_400_000
        let found = try fixture.buckets(.dateHistogram(DateHistogramAggregation(field: "d", interval: .day)))
        let expected = counted(fixture.documents) { document in
            Set(document.spans.flatMap { span in span.map { BucketKey.long(Int64($0 * 3_600_000 / day * day)) } })
        }
        #expect(found == expected)
    }

    @Test func eachBucketCountsWhatDocumentsStandFor() async throws {
        let fixture = try await fixture()
        let all = fixture.documents.reduce(0) { $0 + $1.count }
        let byKeyword = counted(fixture.documents) { [.string($0.keyword)] }
        #expect(try fixture.buckets(.terms(TermsAggregation(field: "k"))) == byKeyword)
        // What is below changes nothing.
        let metric = Aggregation("m", .metric(.valueCount, field: "n", missing: nil))
        #expect(try fixture.buckets(.terms(TermsAggregation(field: "k")), below: [metric]) == byKeyword)
        #expect(
            try fixture.buckets(.terms(TermsAggregation(field: "n"))).values.reduce(0, +)
                == Array(counted(fixture.documents) { document in document.number.map { [.long(Int64($0))] } ?? [] }.values.sorted().suffix(10)).reduce(0, +))
        let histogram = counted(fixture.documents) { document in document.number.map { [.double(Double($0 / 7 * 7))] } ?? [] }
        #expect(try fixture.buckets(.histogram(HistogramAggregation(field: "n", interval: 7))) == histogram)
        let composite = CompositeAggregation(sources: [.init(name: "k", field: "k", kind: .terms)])
        #expect(try fixture.buckets(.composite(composite)) == byKeyword)
        guard case .slots(let whole) = try fixture.run(.global), case .slots(let without) = try fixture.run(.missing(field: "n")) else {
            Issue.record("no slots")
            return
        }
        #expect(whole.map(\.count) == [all])
        #expect(without.map(\.count) == [fixture.documents.filter { $0.number == nil }.reduce(0) { $0 + $1.count }])
        guard case .metric(let summary) = try fixture.run(.metric(.valueCount, field: "n", missing: nil)) else { return }
        #expect(summary.count == fixture.documents.filter { $0.number != nil }.count)
    }

    @Test func whatHasNoEndIsRefused() async throws {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var parser = try Documents(properties: #"{"r":{"type":"long_range"},"a":{"type":"ip_range"}}"#)
        try await shard.write(try parser.index("1", #"{"r":{"gte":5},"a":"10.0.0.0/8"}"#))
        let view = try await shard.refresh()
        let planner = Planner(mapping: parser.mapping, now: 0)
        func run(_ histogram: HistogramAggregation) throws -> [AggregationResult] {
            try view.search(.matchAll, limit: 0, aggregations: try planner.plan([Aggregation("h", .histogram(histogram))])).aggregations
        }
        var histogram = HistogramAggregation(field: "r", interval: 10)
        #expect(throws: ShardError.self) { try run(histogram) }
        histogram.hardBounds = 0...100
        guard case .buckets(let found)? = try run(histogram).first else { return }
        #expect(found.buckets.count == 11)
        #expect(throws: PlanningError.self) { try planner.plan([Aggregation("h", .histogram(HistogramAggregation(field: "a", interval: 1)))]) }
        #expect(throws: PlanningError.self) {
            try planner.plan([Aggregation("h", .dateHistogram(DateHistogramAggregation(field: "r", interval: .day)))])
        }
    }
}
