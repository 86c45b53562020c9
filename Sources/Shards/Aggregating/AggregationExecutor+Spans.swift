internal import FieldIndex
internal import Mapping
internal import Ordinals
internal import Query

/// Buckets of spans: a span is in each bucket that it touches.
extension AggregationExecutor {
    /// The most buckets that one document may be in.
    private static let bucketLimit = 10_000

    /// - Throws: `ShardError.tooManyBucketsOfDocument`, where a span has no end, mostly.
    /// - Complexity: O(documents' spans · buckets of each).
    func histogram(
        _ source: ValuesSource, of spans: SpanValues, _ rounding: HistogramPlan.Rounding, _ bounds: ClosedRange<Double>?,
        _ missing: Double?, _ plan: AggregationPlan, _ documents: OrdinalSet
    ) throws(ShardError) -> AggregationResult.Buckets {
        var members: [Double: [UInt32]] = [:]
        func add(_ ordinal: UInt32, _ start: Double) {
            // Of one document they come one after the other, so that a bucket has it once.
            if members[start]?.last != ordinal { members[start, default: []].append(ordinal) }
        }
        if let keywords = view.keywords(source.field) {
            let whole = bounds ?? -.infinity ... .infinity
            var starts: [Int: [Double]] = [:], tooMany = false
            values.eachKeyword(keywords, in: documents) { ordinal, rank in
                if tooMany { return }
                if starts[rank] == nil {
                    let found = spans.ends(of: keywords.term(rank)).map { buckets(of: $0, rounding, in: whole) } ?? []
                    guard let found else { return tooMany = true }
                    starts[rank] = found
                }
                for start in starts[rank] ?? [] { add(ordinal, start) }
            }
            if tooMany { throw .tooManyBucketsOfDocument(limit: Self.bucketLimit) }
        }
        if let missing {
            for ordinal in documents.subtracting(values.documents(having: source)) { add(ordinal, rounding.start(of: missing)) }
        }
        try check(members.count)
        var results: [AggregationResult.Bucket] = []
        for (start, ordinals) in members {
            let found = OrdinalSet(ordinals.sorted())
            results.append(
                .init(
                    keys: [rounding.key(start)], count: counts.of(found),
                    results: plan.subplans.isEmpty ? [] : try run(plan.subplans, over: found)))
        }
        return .init(results)
    }

    /// Where the buckets begin that a span touches; nil: they are too many.
    private func buckets(
        of span: ClosedRange<Double>, _ rounding: HistogramPlan.Rounding, in bounds: ClosedRange<Double>
    ) -> [Double]? {
        let (lower, upper) = (max(span.lowerBound, bounds.lowerBound), min(span.upperBound, bounds.upperBound))
        guard lower <= upper else { return [] }
        guard lower > -.infinity, upper < .infinity else { return nil }
        var starts: [Double] = []
        var start = rounding.start(of: lower)
        let last = rounding.start(of: upper)
        while start <= last {
            starts.append(start)
            guard starts.count <= Self.bucketLimit else { return nil }
            let next = rounding.next(after: start)
            // Where numbers are too large, an interval adds nothing.
            guard next > start else { return nil }
            start = next
        }
        return starts
    }
}
