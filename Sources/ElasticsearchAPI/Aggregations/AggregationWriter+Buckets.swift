internal import JSON
internal import Mapping
internal import Query

extension AggregationWriter {
    func buckets(_ plan: AggregationPlan, _ buckets: AggregationResult.Buckets, _ path: [String]) -> Members {
        func list(_ content: (AggregationResult.Bucket) -> Members) -> (String, JSONValue) {
            ("buckets", .array(buckets.buckets.map { .object(JSONMembers(content($0) + below(plan, $0.results, path))) }))
        }
        switch plan.kind {
        case .terms(let terms):
            return [
                ("doc_count_error_upper_bound", .int(error(buckets.error, terms.order))), ("sum_other_doc_count", .int(buckets.others)),
                list { bucket in
                    key(bucket, terms.source) + [("doc_count", .int(bucket.count))]
                        + (terms.showsError ? [("doc_count_error_upper_bound", .int(error(bucket.error, terms.order)))] : [])
                },
            ]
        case .multiTerms(let terms):
            return [
                ("doc_count_error_upper_bound", .int(error(buckets.error, terms.order))), ("sum_other_doc_count", .int(buckets.others)),
                list { bucket in
                    [
                        ("key", .array(zip(terms.terms, bucket.keys).map { self.part($1, $0.values) })),
                        ("key_as_string", .string(plan.keyText(bucket))), ("doc_count", .int(bucket.count)),
                    ] + (terms.showsError ? [("doc_count_error_upper_bound", .int(error(bucket.error, terms.order)))] : [])
                },
            ]
        case .significantTerms(let terms):
            return [
                ("doc_count", .int(buckets.foreground)), ("bg_count", .int(buckets.background)),
                list { bucket in
                    key(bucket, terms.source) + [
                        ("doc_count", .int(bucket.count)), ("score", .double(bucket.score)), ("bg_count", .int(bucket.background)),
                    ]
                },
            ]
        case .addressPrefix(let addresses): return addressPrefix(addresses, buckets.buckets) { below(plan, $0.results, path) }
        case .rareTerms(let terms): return [list { key($0, terms.source) + [("doc_count", .int($0.count))] }]
        case .composite(let composite): return self.composite(composite, buckets, plan, path)
        case .histogram(let source, let histogram):
            if histogram.isKeyed {
                return [
                    (
                        "buckets",
                        .object(
                            JSONMembers(
                                buckets.buckets.map {
                                    (source.text($0.key), .object(JSONMembers(histogramBucket($0, source) + below(plan, $0.results, path))))
                                }))
                    )
                ]
            }
            return [list { histogramBucket($0, source) }]
        case .autoDateHistogram(let source, let histogram):
            let units = histogram.intervals.units
            let letter = units.indices.contains(buckets.interval) ? units[buckets.interval].letter : "s"
            return [list { histogramBucket($0, source) }, ("interval", .string("\(buckets.step)\(letter)"))]
        case .variableWidthHistogram(let source, _):
            return [
                list { bucket in
                    let bounds = bucket.bounds ?? bucket.key.number...bucket.key.number
                    return shown("min", bounds.lowerBound, source.format) + shown("key", bucket.key.number, source.format)
                        + shown("max", bounds.upperBound, source.format) + [("doc_count", .int(bucket.count))]
                }
            ]
        case .adjacencyMatrix, .geoGrid:
            return [list { [("key", .string(plan.keyText($0))), ("doc_count", .int($0.count))] }]
        default: return []
        }
    }

    /// What a bucket may lack is known only where the frequent ones come first.
    private func error(_ error: Int, _ order: [BucketOrder]) -> Int {
        switch order.first?.key {
        case .count: order.first?.isAscending == true ? -1 : error
        case .metric: -1
        case .key, nil: error
        }
    }

    private func key(_ bucket: AggregationResult.Bucket, _ source: ValuesSource) -> Members {
        var members: Members = [("key", source.json(bucket.key))]
        if let text = source.formatted(bucket.key) { members.append(("key_as_string", .string(text))) }
        return members
    }

    private func histogramBucket(_ bucket: AggregationResult.Bucket, _ source: ValuesSource) -> Members {
        var members: Members = []
        if let text = source.formatted(bucket.key) { members.append(("key_as_string", .string(text))) }
        return members + [("key", source.json(bucket.key)), ("doc_count", .int(bucket.count))]
    }

    /// Dates, as parts of keys, are written as their type shows them.
    private func part(_ key: BucketKey?, _ source: ValuesSource) -> JSONValue {
        guard let key else { return .null }
        if source.format == .boolean { return .bool(key.number != 0) }
        return source.formatted(key).map { .string($0) } ?? source.json(key)
    }

    private func composite(
        _ composite: CompositePlan, _ buckets: AggregationResult.Buckets, _ plan: AggregationPlan, _ path: [String]
    ) -> Members {
        func key(_ keys: [BucketKey?]) -> JSONValue {
            .object(JSONMembers(zip(composite.sources, keys).map { ($0.name, $0.json($1)) }))
        }
        var content: Members = []
        if let last = buckets.lastKeys ?? buckets.buckets.last?.keys { content.append(("after_key", key(last))) }
        content.append(
            (
                "buckets",
                .array(
                    buckets.buckets.map { bucket in
                        .object(JSONMembers([("key", key(bucket.keys)), ("doc_count", .int(bucket.count))] + below(plan, bucket.results, path)))
                    })
            ))
        return content
    }

    // MARK: Slots

    func slots(_ plan: AggregationPlan, _ slots: [AggregationResult.Slot], _ path: [String]) -> Members {
        func content(_ slot: AggregationResult.Slot) -> Members {
            [("doc_count", .int(slot.count))] + below(plan, slot.results, path)
        }
        switch plan.kind {
        case .ranges(let source, let ranges, let isKeyed, _): return self.ranges(source, ranges, isKeyed, slots, content)
        case .addressRanges(let addresses): return addressRanges(addresses, slots, content)
        case .geoDistance(let source, let distance): return ranges(source, distance.ranges, distance.isKeyed, slots, content)
        case .filters(let filters):
            if !filters.isKeyed {
                let isNamed = filters.filters.first?.name != nil
                return [
                    (
                        "buckets",
                        .array(
                            slots.map { slot in
                                .object(JSONMembers((isNamed ? [("key", .string(filters.name(slot)))] : []) + content(slot)))
                            })
                    )
                ]
            }
            return [("buckets", .object(JSONMembers(slots.map { (filters.name($0), .object(JSONMembers(content($0)))) })))]
        case .sampler(.random(let probability, let seed, _)):
            var members: Members = [("seed", .int(seed)), ("probability", .double(probability))]
            if let slot = slots.first { members += content(slot) }
            return members
        default: return slots.first.map(content) ?? []
        }
    }

    private func ranges(
        _ source: ValuesSource, _ ranges: [RangePlan], _ isKeyed: Bool, _ slots: [AggregationResult.Slot],
        _ content: (AggregationResult.Slot) -> Members
    ) -> Members {
        let buckets = slots.compactMap { slot -> (String, Members)? in
            guard ranges.indices.contains(slot.index) else { return nil }
            let range = ranges[slot.index]
            let key = range.text(source)
            var members: Members = isKeyed ? [] : [("key", .string(key))]
            if let value = range.from { members += shown("from", value, source.format) }
            if let value = range.to { members += shown("to", value, source.format) }
            return (key, members + content(slot))
        }
        if isKeyed { return [("buckets", .object(JSONMembers(buckets.map { ($0, .object(JSONMembers($1))) })))] }
        return [("buckets", .array(buckets.map { .object(JSONMembers($1)) }))]
    }
}

extension FiltersPlan {
    fileprivate func name(_ slot: AggregationResult.Slot) -> String {
        filters.indices.contains(slot.index) ? filters[slot.index].name ?? "" : otherName ?? ""
    }
}
