/// A bucket as pipelines see it, of whatever kind.
struct AggregationRow {
    /// As a text.
    var key: String
    /// Of histograms.
    var place: Double
    var count: Int
    var results: [AggregationResult]
    /// Which of the buckets before it was.
    var index: Int
}

extension AggregationResult {
    /// Its buckets; none of what has none.
    func rows(_ plan: AggregationPlan) -> [AggregationRow] {
        switch self {
        case .buckets(let buckets):
            buckets.buckets.enumerated().map { index, bucket in
                AggregationRow(
                    key: plan.keyText(bucket), place: bucket.key.number, count: bucket.count, results: bucket.results, index: index)
            }
        case .slots(let slots):
            slots.enumerated().map { index, slot in
                AggregationRow(
                    key: plan.keyText(slot), place: Double(slot.index), count: slot.count, results: slot.results, index: index)
            }
        default: []
        }
    }

    /// The same with other buckets: those of some rows, in their order.
    func with(_ rows: [AggregationRow]) -> AggregationResult {
        switch self {
        case .buckets(var buckets):
            buckets.buckets = rows.map { row in
                var bucket = buckets.buckets[row.index]
                bucket.results = row.results
                return bucket
            }
            return .buckets(buckets)
        case .slots(let slots):
            return .slots(
                rows.map { row in
                    var slot = slots[row.index]
                    slot.results = row.results
                    return slot
                })
        default: return self
        }
    }
}

extension AggregationPlan {
    /// Whether it has one bucket always, which paths lead through.
    var isSingleBucket: Bool {
        switch kind {
        case .filter, .missing, .global, .sampler, .nested, .reverseNested, .join: true
        default: false
        }
    }

    /// A bucket's key as `buckets_path` names it: the `key_as_string` that the answer shows.
    public func keyText(_ bucket: AggregationResult.Bucket) -> String {
        switch kind {
        case .terms(let terms): terms.source.text(bucket.key)
        case .histogram(let source, _), .autoDateHistogram(let source, _), .variableWidthHistogram(let source, _):
            source.text(bucket.key)
        case .significantTerms(let terms): terms.source.text(bucket.key)
        case .rareTerms(let terms): terms.source.text(bucket.key)
        case .multiTerms(let multi):
            zip(multi.terms, bucket.keys).map { $1.map($0.values.text) ?? "null" }.joined(separator: "|")
        case .composite(let composite):
            "{" + zip(composite.sources, bucket.keys).map { "\($0.name)=\($1.map($0.values.text) ?? "null")" }.joined(separator: ", ") + "}"
        case .geoGrid(_, let grid): grid.grid.text(bucket.key)
        case .addressPrefix(let addresses): if case .string(let term) = bucket.key { addresses.text(term) } else { "" }
        default: if case .string(let text) = bucket.key { text } else { "" }
        }
    }

    func keyText(_ slot: AggregationResult.Slot) -> String {
        switch kind {
        case .ranges(let source, let ranges, _, _): ranges.indices.contains(slot.index) ? ranges[slot.index].text(source) : ""
        case .geoDistance(let source, let distance):
            distance.ranges.indices.contains(slot.index) ? distance.ranges[slot.index].text(source) : ""
        case .addressRanges(let addresses):
            addresses.ranges.indices.contains(slot.index) ? addresses.ranges[slot.index].key : ""
        case .filters(let filters):
            filters.filters.indices.contains(slot.index) ? filters.filters[slot.index].name ?? "" : filters.otherName ?? ""
        default: name
        }
    }

    /// What Elasticsearch's class of it is called; its errors name it.
    var javaName: String {
        switch kind {
        case .terms(let terms):
            switch terms.source.column {
            case .longs(scale: 1): "LongTerms"
            case .longs, .doubles: "DoubleTerms"
            case .none: "UnmappedTerms"
            case .keywords, .points, .vectors, .spans: "StringTerms"
            }
        case .histogram(_, let histogram): if case .date = histogram.rounding { "InternalDateHistogram" } else { "InternalHistogram" }
        case .ranges: "InternalRange"
        case .filters: "InternalFilters"
        case .composite: "InternalComposite"
        case .topHits: "InternalTopHits"
        default: "InternalMultiBucketAggregation"
        }
    }
}
