import Scripts
import Testing

@testable import Query

@Suite struct PipelinesTests {
    @Test(arguments: [
        ("a", ["a"]), ("a.max", ["a", "max"]), ("a>b.99", ["a", "b", "99"]), ("a>b[99.9]", ["a", "b", "99.9"]),
        ("@time.stamp>v", ["@time.stamp", "v"]), ("t['x']>s", ["t", "'x'", "s"]), ("_count", ["_count"]), ("a>_count", ["a", "_count"]),
    ])
    func paths(text: String, parts: [String]) { #expect(AggregationPath(text)?.parts == parts) }

    @Test(arguments: ["", ">", "a>", ">b"])
    func noPaths(text: String) { #expect(AggregationPath(text) == nil) }

    @Test func normalizations() {
        let numbers = [1.0, .nan, 3, 5]
        func run(_ method: PipelineAggregation.Normalization) -> [Double] { method.normalized(numbers).filter { !$0.isNaN } }
        #expect(run(.rescale01) == [0, 0.5, 1] && run(.rescale0100) == [0, 50, 100] && run(.mean) == [-0.5, 0, 0.5])
        let shares: [Double] = [1, 3, 5].map { $0 / 9 }
        #expect(run(.percentOfSum) == shares)
        #expect(abs(run(.softmax).reduce(0, +) - 1) < 1e-12 && abs(run(.zScore)[2] - 1.224744871391589) < 1e-12)
        #expect(PipelineAggregation.Normalization.mean.normalized([.nan])[0].isNaN)
    }

    // MARK: Over results

    private static let histogram = AggregationPlan(
        name: "h",
        kind: .histogram(
            ValuesSource(field: "n", column: .longs(scale: 1), format: .raw),
            HistogramPlan(
                rounding: .interval(1, offset: 0), minimumCount: 0, extendedBounds: nil, hardBounds: nil, isKeyed: false,
                order: BucketOrder(.key, isAscending: true), missing: nil)), subplans: [], meta: nil)

    private static let sum = AggregationPlan(
        name: "s", kind: .metric(.sum, ValuesSource(field: "n", column: .doubles, format: .raw), missing: nil, sigma: 2), subplans: [],
        meta: nil)

    /// Buckets 0, 1, … with these sums; an empty one where there is none.
    private func run(
        _ sums: [Double?], _ pipelines: [PipelineAggregation], beside siblings: [PipelineAggregation] = []
    ) throws -> [AggregationResult] {
        func plan(_ name: String, _ pipeline: PipelineAggregation) -> AggregationPlan {
            AggregationPlan(name: name, kind: .pipeline(PipelinePlan(pipeline: pipeline, format: .raw)), subplans: [], meta: nil)
        }
        var parent = Self.histogram
        parent.subplans = [Self.sum] + pipelines.enumerated().map { plan("p\($0.offset)", $0.element) }
        let buckets = sums.enumerated().compactMap { index, sum -> AggregationResult.Bucket? in
            guard let sum else { return nil }
            var summary = MetricSummary()
            summary.add(sum)
            return .init(keys: [.double(Double(index))], count: 1, results: [.metric(summary)] + pipelines.map { _ in .absent })
        }
        let plans = [parent] + siblings.enumerated().map { plan("q\($0.offset)", $0.element) }
        return try AggregationReduction().reduce(plans, [[.buckets(.init(buckets))] + siblings.map { _ in .absent }])
    }

    private func path(_ text: String) -> [(name: String, path: AggregationPath)] { AggregationPath(text).map { [("_value0", $0)] } ?? [] }

    private func numbers(_ result: AggregationResult, _ index: Int) -> [Double?] {
        guard case .buckets(let buckets) = result else { return [] }
        return buckets.buckets.map { bucket in
            guard case .value(let value) = bucket.results[index], let number = value.single, !number.isNaN else { return nil }
            return number
        }
    }

    @Test func fromBucketToBucket() throws {
        let found = try run(
            [1, 4, nil, 2],
            [
                PipelineAggregation(.derivative(unit: nil), paths: path("s")), PipelineAggregation(.cumulativeSum, paths: path("s")),
                PipelineAggregation(.serialDifference(lag: 2), paths: path("s")),
                PipelineAggregation(.derivative(unit: nil), paths: path("p1")),
                PipelineAggregation(.derivative(unit: nil), paths: path("s"), gapPolicy: .insertZeros),
            ])
        #expect(numbers(found[0], 1) == [nil, 3, nil, nil])
        #expect(numbers(found[0], 2) == [1, 5, 5, 7])
        #expect(numbers(found[0], 3) == [nil, nil, nil, -2])
        // A pipeline over a pipeline's, though it may stand before it. The empty bucket is a gap of that too.
        #expect(numbers(found[0], 4) == [nil, 4, nil, nil])
        #expect(numbers(found[0], 5) == [nil, 3, -4, 2])
    }

    @Test func besideBuckets() throws {
        let found = try run(
            [1, 4, nil, 4], [],
            beside: [
                PipelineAggregation(.buckets(.maximum), paths: path("h>s")), PipelineAggregation(.buckets(.average), paths: path("h>s")),
                PipelineAggregation(.buckets(.minimum), paths: path("h>s"), gapPolicy: .insertZeros),
                PipelineAggregation(.buckets(.percentiles([50, 100], isKeyed: true)), paths: path("h>s")),
                PipelineAggregation(.buckets(.sum), paths: path("h>_count")),
            ])
        #expect(found[1] == .value(.extreme(4, keys: ["1.0", "3.0"])))
        #expect(found[2] == .value(.number(3)))
        #expect(found[3] == .value(.extreme(0, keys: ["2.0"])))
        #expect(found[4] == .value(.percentiles([(50, 4), (100, 4)], isKeyed: true)))
        #expect(found[5] == .value(.number(3)))
    }

    /// A window of numbers before each bucket, gaps passed over.
    @Test func movingFunctions() throws {
        let script = try ParameterScript(Script("MovingFunctions.max(values)"), lists: ["values"])
        let found = try run(
            [1, 5, nil, 2, 4],
            [
                PipelineAggregation(.movingFunction(script, window: 2, shift: 0), paths: path("s")),
                PipelineAggregation(.movingFunction(script, window: 1, shift: 1), paths: path("s")),
            ])
        #expect(numbers(found[0], 1) == [nil, 1, nil, 5, 5])
        #expect(numbers(found[0], 2) == [1, 5, nil, 2, 4])
    }

    @Test func scriptsAndOrder() throws {
        let script = try ParameterScript(Script("params.s * 10"))
        let selector = try ParameterScript(Script("params.s > 1"))
        let named: [(name: String, path: AggregationPath)] = path("s").map { ("s", $0.path) }
        let found = try run(
            [5, 1, nil, 3, 7],
            [
                PipelineAggregation(.bucketScript(script), paths: named), PipelineAggregation(.bucketSelector(selector), paths: named),
                PipelineAggregation(.bucketSort([BucketOrder(.metric("s", value: nil), isAscending: false)], from: 1, size: 2), paths: []),
            ])
        #expect(numbers(found[0], 1) == [50, 30])
        #expect(throws: AggregationFault.self) {
            try run([1], [PipelineAggregation(.bucketSelector(try ParameterScript(Script("params.nope > 1"))), paths: named)])
        }
    }

    @Test func pathsThatLeadNowhere() {
        #expect(throws: AggregationFault.self) { try run([1], [PipelineAggregation(.cumulativeSum, paths: path("nope"))]) }
        #expect(throws: AggregationFault.self) { try run([1], [PipelineAggregation(.cumulativeSum, paths: path("s.nope"))]) }
    }
}
