import Mapping
import Testing

@testable import Query

@Suite struct BucketHelpersTests {
    @Test func cells() {
        #expect(GeoGrid.geohash(precision: 5).key(latitude: 57.64911, longitude: 10.40744) == .string("u4pru"))
        #expect(GeoGrid.geohash(precision: 1).key(latitude: -90, longitude: -180) == .string("0"))
        let tile = GeoGrid.tile(zoom: 8)
        #expect(tile.text(tile.key(latitude: 51.5, longitude: -0.12)) == "8/127/85")
        #expect(tile.text(tile.key(latitude: 90, longitude: 180)) == "8/255/0")
        let deepest = GeoGrid.tile(zoom: 29)
        #expect(deepest.text(deepest.key(latitude: -89, longitude: -180)) == "29/0/536870911")
    }

    @Test func intervalsOfDates() throws {
        let intervals = try #require(AutoDateIntervals(least: nil, zone: .utc))
        let day: Int64 = 86_400_000
        #expect(intervals.units[intervals.unit(from: 0, spanning: 0...5000, buckets: 10)].letter == "s")
        #expect(intervals.units[intervals.unit(from: 0, spanning: 0...(46 * day), buckets: 10)].letter == "d")
        #expect(intervals.units[intervals.unit(from: 0, spanning: 0...(46 * day), buckets: 2)].letter == "M")
        #expect(intervals.units[intervals.unit(from: 0, spanning: 0...(4000 * 366 * day), buckets: 3)].letter == "y")
        #expect(intervals.step(3, count: 47, buckets: 10) == 7 && intervals.step(3, count: 9, buckets: 10) == 1)
        #expect(AutoDateIntervals(least: "decade", zone: .utc) == nil)
    }

    /// 1 000 documents, 100 of them inside; half of those inside have the term, and 5 in 100 of all.
    @Test func heuristics() {
        func score(_ heuristic: SignificantTermsAggregation.Heuristic, _ count: Int, _ background: Int) -> Double {
            heuristic.score(count: count, of: 100, background: background, of: 1000)
        }
        #expect(abs(score(.jlh, 50, 50) - 4.5) < 1e-12 && score(.jlh, 5, 50) == 0)
        #expect(score(.percentage, 25, 50) == 0.5)
        #expect(abs(score(.chiSquare(includesNegatives: false, backgroundIsSuperset: true), 50, 50) - 473.684210526) < 1e-6)
        #expect(score(.chiSquare(includesNegatives: false, backgroundIsSuperset: true), 1, 500) < 0)
        #expect(score(.mutualInformation(includesNegatives: false, backgroundIsSuperset: true), 50, 50) > 0)
        let distance = score(.googleDistance(backgroundIsSuperset: true), 50, 50)
        #expect(distance > 0 && distance < 1 && score(.googleDistance(backgroundIsSuperset: true), 0, 50) == 0)
        #expect(SignificantTermsAggregation.Heuristic.googleDistance(backgroundIsSuperset: true).score(count: 9, of: 9, background: 9, of: 99) == 1)
    }

    /// A field that is not mapped in the first index is the second's; whole numbers and decimals come together.
    @Test func plansOfSeveralIndices() throws {
        func plan(_ column: ValuesSource.Column) -> AggregationPlan {
            AggregationPlan(
                name: "t",
                kind: .terms(
                    TermsPlan(
                        source: ValuesSource(field: "f", column: column, format: .raw), size: 10, shardSize: 10, minimumCount: 1,
                        order: [BucketOrder(.count, isAscending: false)], missing: nil, include: nil, exclude: nil, showsError: false)),
                subplans: [], meta: nil)
        }
        let merged = AggregationPlan.merged([[plan(.none)], [plan(.keywords)]])
        #expect(merged == [plan(.keywords)])
        func part(_ key: BucketKey) -> [AggregationResult] { [.buckets(.init([.init(keys: [key], count: 1)]))] }
        let plans = [plan(.longs(scale: 1))]
        #expect(
            try AggregationReduction().reduce(plans, [part(.long(1)), part(.double(1))])
                == [.buckets(.init([.init(keys: [.double(1)], count: 2)]))])
        #expect(throws: AggregationFault.mixedTypes(aggregation: "t")) {
            try AggregationReduction().reduce(plans, [part(.long(1)), part(.string("a"))])
        }
    }

    /// A bucket lacks what the shards that left it out may have had.
    @Test func errorsOfBuckets() throws {
        var plan = TermsPlan(
            source: ValuesSource(field: "f", column: .keywords, format: .raw), size: 10, shardSize: 2, minimumCount: 1,
            order: [BucketOrder(.count, isAscending: false)], missing: nil, include: nil, exclude: nil, showsError: true)
        plan.size = 3
        let plans = [AggregationPlan(name: "t", kind: .terms(plan), subplans: [], meta: nil)]
        func shard(_ counts: [(String, Int)], error: Int) -> [AggregationResult] {
            [.buckets(.init(counts.map { .init(keys: [.string($0.0)], count: $0.1) }, others: 1, error: error))]
        }
        let reduced = try AggregationReduction().reduce(
            plans, [shard([("a", 9), ("b", 4)], error: 4), shard([("a", 7), ("c", 3)], error: 3)])
        guard case .buckets(let buckets) = reduced[0] else { return }
        #expect(buckets.error == 7 && buckets.others == 2)
        #expect(buckets.buckets.map(\.count) == [16, 4, 3] && buckets.buckets.map(\.error) == [0, 3, 4])
    }
}
