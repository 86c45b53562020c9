import Query
import Testing

@testable import Query

@Suite struct BucketBudgetTests {
    private func buckets(_ count: Int, below: [AggregationResult] = []) -> AggregationResult {
        .buckets(.init((0..<count).map { .init(keys: [.long(Int64($0))], count: 1, results: below) }))
    }

    private func slots(_ count: Int) -> AggregationResult { .slots((0..<count).map { .init(count: 0, results: [], index: $0) }) }

    @Test func allOfARequestCount() throws {
        let budget = BucketBudget(maximum: 10)
        for result in [buckets(20), slots(20)] { try budget.spend(result) }
        #expect(throws: AggregationFault.tooManyBuckets(limit: 10)) { try budget.spend(slots(1)) }
        try BucketBudget(maximum: 10).check(40)
        #expect(throws: AggregationFault.tooManyBuckets(limit: 10)) { try BucketBudget(maximum: 10).check(41) }
        try BucketBudget(maximum: .max).check(.max)
    }

    @Test func whatNobodyWaitsForEnds() async {
        let outcome = await Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return Result { () throws(AggregationFault) in try BucketBudget().spend(self.buckets(1)) }
        }.value
        #expect(throws: AggregationFault.cancelled) { try outcome.get() }
    }

    private func terms(size: Int, below: [AggregationPlan] = []) -> AggregationPlan {
        AggregationPlan(
            name: "t",
            kind: .terms(
                TermsPlan(
                    source: ValuesSource(field: "f", column: .longs(scale: 1), format: .raw), size: size, shardSize: 100, minimumCount: 1,
                    order: [BucketOrder(.key, isAscending: true)], missing: nil, include: nil, exclude: nil, showsError: false)),
            subplans: below, meta: nil)
    }

    /// What is answered counts, as a whole; what is cut off does not.
    @Test func theAnswerIsBounded() throws {
        let plans = [terms(size: 4, below: [terms(size: 2)])]
        let found = [buckets(6, below: [buckets(3)])]
        #expect(throws: AggregationFault.tooManyBuckets(limit: 11)) { try AggregationReduction(maximumBuckets: 11).reduce(plans, [found]) }
        let reduced = try AggregationReduction(maximumBuckets: 12).reduce(plans, [found])
        #expect(reduced[0].bucketCount == 12)
    }

    /// Slots are no buckets of an answer, but there may not be any number of them.
    @Test func slotsAreBounded() throws {
        let filters = { (below: [AggregationPlan]) in
            AggregationPlan(
                name: "f", kind: .filters(FiltersPlan(filters: (0..<10).map { .init(name: "\($0)", plan: .matchAll) }, otherName: nil, isKeyed: true)),
                subplans: below, meta: nil)
        }
        _ = try AggregationReduction(maximumBuckets: 30).reduce([filters([filters([])])], [])
        #expect(throws: AggregationFault.tooManyBuckets(limit: 20)) {
            try AggregationReduction(maximumBuckets: 20).reduce([filters([filters([])])], [])
        }
    }
}
