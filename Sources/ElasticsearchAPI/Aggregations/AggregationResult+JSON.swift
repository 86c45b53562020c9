internal import Indices
internal import JSON
internal import Mapping
internal import Query

/// Writes aggregations' results as Elasticsearch answers them.
struct AggregationWriter {
    /// Whether names carry their kind (`typed_keys`).
    let isTyped: Bool
    /// A `top_hits`' hit as it is answered.
    let hit: (ScoredDocument, AggregationPlan) -> JSONValue?

    func members(_ plans: [AggregationPlan], _ results: [AggregationResult]) -> JSONMembers {
        var members: JSONMembers = [:]
        for (plan, result) in zip(plans, results) {
            let name = isTyped ? plan.typedName + "#" + plan.name : plan.name
            var object: [(String, JSONValue)] = []
            if let meta = plan.meta { object.append(("meta", meta)) }
            object += content(plan, result)
            members[name] = .object(JSONMembers(object))
        }
        return members
    }

    private func content(_ plan: AggregationPlan, _ result: AggregationResult) -> [(String, JSONValue)] {
        switch (plan.kind, result) {
        case (.terms(let terms), .buckets(let buckets)):
            return [
                ("doc_count_error_upper_bound", .int(buckets.error)), ("sum_other_doc_count", .int(buckets.others)),
                ("buckets", .array(buckets.buckets.map { .object(JSONMembers(bucket($0, terms.source, plan))) })),
            ]
        case (.composite(let composite), .buckets(let buckets)): return self.composite(composite, buckets, plan)
        case (.histogram(let source, let histogram), .buckets(let buckets)):
            let written = buckets.buckets.map { ($0, bucket($0, source, plan)) }
            if histogram.isKeyed {
                return [
                    ("buckets", .object(JSONMembers(written.map { (keyText($0.key, source), .object(JSONMembers($1))) })))
                ]
            }
            return [("buckets", .array(written.map { .object(JSONMembers($1)) }))]
        case (.ranges(let source, let ranges, let isKeyed), .slots(let slots)): return self.ranges(source, ranges, isKeyed, slots, plan)
        case (.filters(let filters), .slots(let slots)):
            let written = slots.map { JSONValue.object(JSONMembers(slot($0, plan))) }
            if !filters.isKeyed { return [("buckets", .array(written))] }
            let names = filters.filters.map { $0.name ?? "" } + [filters.otherName].compactMap(\.self)
            return [("buckets", .object(JSONMembers(zip(names, written).map { ($0, $1) })))]
        case (.filter, .slots(let slots)), (.missing, .slots(let slots)), (.global, .slots(let slots)), (.nested, .slots(let slots)),
            (.reverseNested, .slots(let slots)):
            return slots.first.map { slot($0, plan) } ?? []
        case (.metric(let metric, let source, _), .metric(let summary)): return self.metric(metric, source, summary)
        case (.cardinality, .distinct(let count)): return [("value", .int(count.value))]
        case (.scriptedMetric, .scripted(let values)): return [("value", values.first ?? .null)]
        case (.topHits, .topHits(let documents, let total)):
            let best = documents.map(\.score).max()
            return [
                (
                    "hits",
                    [
                        "total": ["value": .int(total), "relation": "eq"], "max_score": best.map { .float($0) } ?? .null,
                        "hits": .array(documents.compactMap { hit($0, plan) }),
                    ]
                )
            ]
        default: return []
        }
    }

    private func slot(_ slot: AggregationResult.Slot, _ plan: AggregationPlan) -> [(String, JSONValue)] {
        [("doc_count", .int(slot.count))] + members(plan.subplans, slot.results).map { ($0.key, $0.value) }
    }

    private func bucket(
        _ bucket: AggregationResult.Bucket, _ source: ValuesSource, _ plan: AggregationPlan
    ) -> [(String, JSONValue)] {
        var members: [(String, JSONValue)] = []
        if case .histogram = plan.kind, let text = formatted(bucket.key, source) {
            members.append(("key_as_string", .string(text)))
            members.append(("key", keyValue(bucket.key, source)))
        } else {
            members.append(("key", keyValue(bucket.key, source)))
            if let text = formatted(bucket.key, source) { members.append(("key_as_string", .string(text))) }
        }
        members.append(("doc_count", .int(bucket.count)))
        return members + self.members(plan.subplans, bucket.results).map { ($0.key, $0.value) }
    }

    private func composite(
        _ composite: CompositePlan, _ buckets: AggregationResult.Buckets, _ plan: AggregationPlan
    ) -> [(String, JSONValue)] {
        func key(_ bucket: AggregationResult.Bucket) -> JSONValue {
            .object(
                JSONMembers(
                    zip(composite.sources, bucket.keys).map { source, key in
                        guard let key else { return (source.name, .null) }
                        // Dates are numbers unless a format is asked for.
                        return (source.name, source.values.format == .boolean ? .bool(key.number != 0) : keyValue(key, source.values))
                    }))
        }
        var content: [(String, JSONValue)] = []
        if let last = buckets.buckets.last { content.append(("after_key", key(last))) }
        content.append(
            (
                "buckets",
                .array(
                    buckets.buckets.map { bucket in
                        .object(
                            JSONMembers(
                                [("key", key(bucket)), ("doc_count", .int(bucket.count))]
                                    + members(plan.subplans, bucket.results).map { ($0.key, $0.value) }))
                    })
            ))
        return content
    }

    private func ranges(
        _ source: ValuesSource, _ ranges: [RangePlan], _ isKeyed: Bool, _ slots: [AggregationResult.Slot],
        _ plan: AggregationPlan
    ) -> [(String, JSONValue)] {
        let buckets = zip(ranges, slots).map { range, slot -> (String, [(String, JSONValue)]) in
            let from = range.from.map { rangeText($0, source) }, to = range.to.map { rangeText($0, source) }
            let key = range.key ?? "\(from ?? "*")-\(to ?? "*")"
            var members: [(String, JSONValue)] = isKeyed ? [] : [("key", .string(key))]
            if let value = range.from {
                members.append(("from", .double(value)))
                if source.isDate, let from { members.append(("from_as_string", .string(from))) }
            }
            if let value = range.to {
                members.append(("to", .double(value)))
                if source.isDate, let to { members.append(("to_as_string", .string(to))) }
            }
            return (key, members + self.slot(slot, plan))
        }
        if isKeyed { return [("buckets", .object(JSONMembers(buckets.map { ($0, .object(JSONMembers($1))) })))] }
        return [("buckets", .array(buckets.map { .object(JSONMembers($1)) }))]
    }

    private func metric(
        _ metric: Aggregation.Metric, _ source: ValuesSource, _ summary: MetricSummary
    ) -> [(String, JSONValue)] {
        func value(_ name: String) -> JSONValue { summary.value(name).map { .double($0) } ?? .null }
        func single(_ name: String) -> [(String, JSONValue)] {
            var members = [("value", value(name))]
            if let number = summary.value(name), let text = formatted(.double(number), source) {
                members.append(("value_as_string", .string(text)))
            }
            return members
        }
        switch metric {
        case .min, .max, .avg, .sum: return single(metric.rawValue)
        case .valueCount: return [("value", .int(summary.count))]
        case .stats, .extendedStats:
            var members: [(String, JSONValue)] = [
                ("count", .int(summary.count)), ("min", value("min")), ("max", value("max")), ("avg", value("avg")), ("sum", value("sum")),
            ]
            if metric == .extendedStats { members += extended(summary) }
            if source.isDate, summary.count > 0 {
                for name in ["min", "max", "avg", "sum"] {
                    if let number = summary.value(name), let text = formatted(.double(number), source) {
                        members.append((name + "_as_string", .string(text)))
                    }
                }
            }
            return members
        }
    }

    private func extended(_ summary: MetricSummary) -> [(String, JSONValue)] {
        func number(_ value: Double?) -> JSONValue { value.map { $0.isFinite ? .double($0) : .string("NaN") } ?? .null }
        let variance = summary.variance, deviation = variance?.squareRoot(), mean = summary.mean
        let sampling = summary.count > 1 ? variance.map { $0 * Double(summary.count) / Double(summary.count - 1) } : variance.map { _ in Double.nan }
        func bound(_ deviation: Double?, _ sign: Double) -> JSONValue {
            number(deviation.flatMap { deviation in mean.map { $0 + sign * 2 * deviation } })
        }
        return [
            ("sum_of_squares", number(summary.count == 0 ? nil : summary.sumOfSquares)), ("variance", number(variance)),
            ("variance_population", number(variance)), ("variance_sampling", number(sampling)), ("std_deviation", number(deviation)),
            ("std_deviation_population", number(deviation)), ("std_deviation_sampling", number(sampling?.squareRoot())),
            (
                "std_deviation_bounds",
                [
                    "upper": bound(deviation, 1), "lower": bound(deviation, -1), "upper_population": bound(deviation, 1),
                    "lower_population": bound(deviation, -1), "upper_sampling": bound(sampling?.squareRoot(), 1),
                    "lower_sampling": bound(sampling?.squareRoot(), -1),
                ]
            ),
        ]
    }

    // MARK: Values

    private func keyValue(_ key: BucketKey, _ source: ValuesSource) -> JSONValue {
        switch (key, source.format) {
        case (.string(let term), .coded(let coding)): return .string(coding.text(term))
        case (.long(let value), .unsigned):
            let number = UInt64(bitPattern: value) ^ 1 << 63
            return Int(exactly: number).map { .int($0) } ?? .unsigned(number)
        default: break
        }
        return switch key {
        case .string(let text): .string(text)
        case .long(let value): .int(Int(value))
        case .double(let value): .double(value)
        }
    }

    private func keyText(_ key: BucketKey, _ source: ValuesSource) -> String {
        if let text = formatted(key, source) { return text }
        return switch key {
        case .string(let text): text
        case .long(let value): String(value)
        case .double(let value): String(value)
        }
    }

    private func rangeText(_ value: Double, _ source: ValuesSource) -> String {
        formatted(.double(value), source) ?? String(value)
    }

    /// The value as its type shows it; nil where it shows itself.
    private func formatted(_ key: BucketKey, _ source: ValuesSource) -> String? {
        switch source.format {
        case .raw, .unsigned, .coded, .constant: nil
        case .boolean: key.number == 0 ? "false" : "true"
        case .date(let format, let offset):
            format.string(milliseconds: (Int64(exactly: key.number.rounded()) ?? 0) &+ Int64(offset) * 1000)
        }
    }
}

extension ValuesSource {
    fileprivate var isDate: Bool { if case .date = format { true } else { false } }
}

extension AggregationPlan {
    /// The kind as typed keys have it.
    fileprivate var typedName: String {
        switch kind {
        case .terms(let terms):
            switch terms.source.column {
            case .longs(scale: 1): "lterms"
            case .longs, .doubles: "dterms"
            case .none: if case .constant = terms.source.format { "sterms" } else { "umterms" }
            case .keywords, .points, .vectors: "sterms"
            }
        case .composite: "composite"
        case .ranges(let source, _, _): source.isDate ? "date_range" : "range"
        case .histogram(_, let histogram): if case .date = histogram.rounding { "date_histogram" } else { "histogram" }
        case .filter: "filter"
        case .filters: "filters"
        case .missing: "missing"
        case .global: "global"
        case .nested: "nested"
        case .reverseNested: "reverse_nested"
        case .cardinality: "cardinality"
        case .metric(let metric, _, _): metric.rawValue
        case .topHits: "top_hits"
        case .scriptedMetric: "scripted_metric"
        }
    }
}
