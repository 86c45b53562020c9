internal import FieldIndex
internal import Mapping
internal import Ordinals
internal import Query

/// Buckets of spans: a span is in each bucket that it touches.
extension AggregationExecutor {
    /// The most buckets that one document may be in.
    private static let bucketLimit = 10_000
    /// How often documents may stand in buckets that have aggregations of their own: 400 MB of ordinals.
    private static let memberLimit = 100_000_000

    /// What one bucket has.
    private struct Members {
        var count = 0
        var last: UInt32?
        /// Where aggregations are carried out over them.
        var ordinals: [UInt32] = []
    }

    /// - Throws: `ShardError.tooManyBucketsOfDocument`, where a span has no end, mostly.
    /// - Complexity: O(documents' spans · buckets of each).
    func histogram(
        _ source: ValuesSource, of spans: SpanValues, _ rounding: HistogramPlan.Rounding, _ bounds: ClosedRange<Double>?,
        _ missing: Double?, _ plan: AggregationPlan, _ documents: OrdinalSet
    ) throws(ShardError) -> AggregationResult.Buckets {
        var members: [Double: Members] = [:]
        let keepsOrdinals = !plan.subplans.isEmpty
        var kept = 0
        func add(_ ordinal: UInt32, _ start: Double) {
            // Of one document they come one after the other, so that a bucket has it once.
            guard members[start]?.last != ordinal else { return }
            members[start, default: Members()].last = ordinal
            members[start]?.count += counts.of(ordinal)
            if keepsOrdinals {
                members[start]?.ordinals.append(ordinal)
                kept += 1
            }
        }
        if let keywords = view.keywords(source.field) {
            let whole = bounds ?? -.infinity ... .infinity
            var latest: (rank: Int, starts: [Double])?
            var fault: ShardError?
            values.eachKeyword(keywords, in: documents) { ordinal, rank in
                if fault != nil { return }
                if latest?.rank != rank {
                    let found = spans.ends(of: keywords.term(rank)).map { buckets(of: $0, rounding, in: whole) } ?? []
                    guard let found else { return fault = .tooManyBucketsOfDocument(limit: Self.bucketLimit) }
                    latest = (rank, found)
                }
                for start in latest?.starts ?? [] { add(ordinal, start) }
                do throws(ShardError) {
                    try check(kept > Self.memberLimit ? .max : members.count)
                    if Task.isCancelled { throw .cancelled }
                } catch {
                    fault = error
                }
            }
            if let fault { throw fault }
        }
        if let missing {
            for ordinal in documents.subtracting(values.documents(having: source)) { add(ordinal, rounding.start(of: missing)) }
        }
        try check(members.count)
        var results: [AggregationResult.Bucket] = []
        for (start, found) in members {
            results.append(
                .init(
                    keys: [rounding.key(start)], count: found.count,
                    results: keepsOrdinals ? try run(plan.subplans, over: OrdinalSet(found.ordinals.sorted())) : []))
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
