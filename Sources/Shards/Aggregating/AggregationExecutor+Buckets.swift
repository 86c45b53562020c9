internal import FieldIndex
internal import Mapping
internal import Ordinals
internal import Query

/// Buckets that come from values.
extension AggregationExecutor {
    // MARK: Terms

    func terms(
        _ terms: TermsPlan, _ plan: AggregationPlan, _ documents: OrdinalSet
    ) throws(ShardError) -> AggregationResult.Buckets {
        if terms.source.column == .keywords, let keywords = view.keywords(terms.source.field) {
            return try self.terms(terms, plan, documents, keywords)
        }
        var counts: [BucketKey: Int] = [:]
        let selection = TermSelector(terms)
        values.eachKey(of: terms.source, in: documents) { _, key in
            if selection.accepts(key) { counts[key, default: 0] += 1 }
        }
        if let missing = terms.missing {
            let count = documents.subtracting(values.documents(having: terms.source)).count
            if count > 0 { counts[missing, default: 0] += count }
        }
        if terms.minimumCount == 0 {
            values.eachKey(of: terms.source, in: view.needed) { _, key in
                if counts[key] == nil, selection.accepts(key) { counts[key] = 0 }
            }
        }
        return try chosen(counts.map { .init(keys: [$0.key], count: $0.value) }, terms, plan, documents)
    }

    /// Keywords are counted by their ranks: no term is looked at before it is known to be answered.
    private func terms(
        _ terms: TermsPlan, _ plan: AggregationPlan, _ documents: OrdinalSet, _ keywords: KeywordView
    ) throws(ShardError) -> AggregationResult.Buckets {
        let counts = keywords.counts(of: documents)
        let selection = TermSelector(terms)
        var ranks = counts.indices.filter { counts[$0] > 0 || terms.minimumCount == 0 }
        if !selection.isEmpty { ranks.removeAll { !selection.accepts(.string(keywords.term($0))) } }
        let missing = terms.missing == nil ? 0 : documents.subtracting(values.documents(having: terms.source)).count
        // Ranks stand in the order of terms, so the best by count or by key are known without the terms.
        var others = 0
        let isByCount = terms.order.first == BucketOrder(.count, isAscending: false) && terms.order.count == 1
        if isByCount, missing == 0, ranks.count > terms.shardSize {
            ranks.sort { (counts[$1], $0) < (counts[$0], $1) }
            others = ranks[terms.shardSize...].reduce(0) { $0 + counts[$1] }
            let error = counts[ranks[terms.shardSize - 1]]
            ranks.removeSubrange(terms.shardSize...)
            let buckets = ranks.map { AggregationResult.Bucket(keys: [.string(keywords.term($0))], count: counts[$0]) }
            return .init(try filled(buckets, terms, plan, documents), others: others, error: error)
        }
        var buckets = ranks.map { AggregationResult.Bucket(keys: [.string(keywords.term($0))], count: counts[$0]) }
        if missing > 0, let key = terms.missing {
            if let index = buckets.firstIndex(where: { $0.keys == [key] }) {
                buckets[index].count += missing
            } else {
                buckets.append(.init(keys: [key], count: missing))
            }
        }
        return try chosen(buckets, terms, plan, documents)
    }

    /// The buckets that are answered, with what is below them.
    private func chosen(
        _ all: [AggregationResult.Bucket], _ terms: TermsPlan, _ plan: AggregationPlan, _ documents: OrdinalSet
    ) throws(ShardError) -> AggregationResult.Buckets {
        var buckets = all
        let needsMetrics = terms.order.contains { if case .metric = $0.key { true } else { false } }
        if needsMetrics {
            guard buckets.count <= AggregationReduction.maximumBuckets else {
                throw .tooManyBuckets(limit: AggregationReduction.maximumBuckets)
            }
            buckets = try filled(buckets, terms, plan, documents)
        }
        buckets.sort(by: terms.order, plan)
        let left = buckets.dropFirst(terms.shardSize)
        let others = left.reduce(0) { $0 + $1.count }
        let error = left.isEmpty || !(terms.order.first?.key == .count) ? 0 : buckets[terms.shardSize - 1].count
        buckets = Array(buckets.prefix(terms.shardSize))
        return .init(needsMetrics ? buckets : try filled(buckets, terms, plan, documents), others: others, error: error)
    }

    private func filled(
        _ buckets: [AggregationResult.Bucket], _ terms: TermsPlan, _ plan: AggregationPlan, _ documents: OrdinalSet
    ) throws(ShardError) -> [AggregationResult.Bucket] {
        if plan.subplans.isEmpty { return buckets }
        var places: [BucketKey: Int] = [:]
        for (index, bucket) in buckets.enumerated() { places[bucket.key] = index }
        var members = [[UInt32]](repeating: [], count: buckets.count)
        if terms.source.column == .keywords, let keywords = view.keywords(terms.source.field) {
            var placeOfRank = [Int32](repeating: -1, count: keywords.termCount)
            for rank in placeOfRank.indices where !places.isEmpty {
                if let place = places[.string(keywords.term(rank))] { placeOfRank[rank] = Int32(place) }
            }
            values.eachKeyword(keywords, in: documents) { ordinal, rank in
                let place = placeOfRank[rank]
                if place >= 0 { members[Int(place)].append(ordinal) }
            }
        } else {
            values.eachKey(of: terms.source, in: documents) { ordinal, key in
                if let place = places[key] { members[place].append(ordinal) }
            }
        }
        if let missing = terms.missing, let place = places[missing] {
            members[place] += Array(documents.subtracting(values.documents(having: terms.source)))
        }
        return try filled(buckets, members, plan)
    }

    private func filled(
        _ buckets: [AggregationResult.Bucket], _ members: [[UInt32]], _ plan: AggregationPlan
    ) throws(ShardError) -> [AggregationResult.Bucket] {
        var buckets = buckets
        for index in buckets.indices { buckets[index].results = try run(plan.subplans, over: OrdinalSet(members[index])) }
        return buckets
    }

    // MARK: Histograms

    func histogram(
        _ source: ValuesSource, _ histogram: HistogramPlan, _ plan: AggregationPlan, _ documents: OrdinalSet
    ) throws(ShardError) -> AggregationResult.Buckets {
        var buckets: [Double: (count: Int, members: [UInt32])] = [:]
        let keepsMembers = !plan.subplans.isEmpty
        var last: (ordinal: UInt32, start: Double)?
        func add(_ ordinal: UInt32, _ value: Double) {
            if let bounds = histogram.hardBounds, !bounds.contains(value) { return }
            let start = histogram.rounding.start(of: value)
            // A document with several values in one bucket counts once; its values ascend.
            if let last, last == (ordinal, start) { return }
            last = (ordinal, start)
            buckets[start, default: (0, [])].count += 1
            if keepsMembers { buckets[start]?.members.append(ordinal) }
        }
        values.eachNumber(of: source, in: documents, isDistinct: true, add)
        if let missing = histogram.missing {
            last = nil
            for ordinal in documents.subtracting(values.documents(having: source)) { add(ordinal, missing) }
        }
        guard buckets.count <= AggregationReduction.maximumBuckets else {
            throw .tooManyBuckets(limit: AggregationReduction.maximumBuckets)
        }
        var results: [AggregationResult.Bucket] = []
        for (start, bucket) in buckets {
            results.append(
                .init(
                    keys: [histogram.rounding.key(start)], count: bucket.count,
                    results: keepsMembers ? try run(plan.subplans, over: OrdinalSet(bucket.members)) : []))
        }
        return .init(results)
    }

    // MARK: Composite

    func composite(
        _ composite: CompositePlan, _ plan: AggregationPlan, _ documents: OrdinalSet
    ) throws(ShardError) -> AggregationResult.Buckets {
        let columns = composite.sources.map { source in keys(of: source, documents) }
        var buckets: [[BucketKey?]: (count: Int, members: [UInt32])] = [:]
        let keepsMembers = !plan.subplans.isEmpty
        for ordinal in documents {
            var tuples: [[BucketKey?]] = [[]]
            for (source, column) in zip(composite.sources, columns) {
                let keys = column[ordinal] ?? []
                if keys.isEmpty {
                    tuples = source.hasMissingBucket ? tuples.map { $0 + [nil] } : []
                } else {
                    tuples = tuples.flatMap { tuple in keys.map { tuple + [$0] } }
                }
                if tuples.isEmpty { break }
            }
            for tuple in tuples {
                if let after = composite.after, !composite.precedes(after, tuple) { continue }
                buckets[tuple, default: (0, [])].count += 1
                if keepsMembers { buckets[tuple]?.members.append(ordinal) }
            }
        }
        var results: [AggregationResult.Bucket] = []
        for keys in buckets.keys.sorted(by: { composite.precedes($0, $1) }).prefix(composite.size) {
            guard let bucket = buckets[keys] else { continue }
            results.append(
                .init(
                    keys: keys, count: bucket.count,
                    results: keepsMembers ? try run(plan.subplans, over: OrdinalSet(bucket.members)) : []))
        }
        return .init(results)
    }

    private func keys(of source: CompositePlan.Source, _ documents: OrdinalSet) -> [UInt32: [BucketKey]] {
        var keys: [UInt32: [BucketKey]] = [:]
        values.eachKey(of: source.values, in: documents) { ordinal, key in
            let rounded: BucketKey =
                switch source.rounding {
                case .none: key
                case .interval(let interval): .double(HistogramPlan.Rounding.interval(interval, offset: 0).start(of: key.number))
                case .date(let rounding):
                    if case .long(let moment) = key { .long(rounding.start(of: moment)) } else { key }
                }
            if keys[ordinal]?.last != rounded { keys[ordinal, default: []].append(rounded) }
        }
        return keys
    }
}

/// Which terms `include` and `exclude` let through.
private struct TermSelector {
    private let include: TermSelection?
    private let exclude: TermSelection?

    init(_ terms: TermsPlan) {
        include = terms.include
        exclude = terms.exclude
    }

    var isEmpty: Bool { include == nil && exclude == nil }

    func accepts(_ key: BucketKey) -> Bool {
        (include.map { Self.matches($0, key) } ?? true) && !(exclude.map { Self.matches($0, key) } ?? false)
    }

    private static func matches(_ selection: TermSelection, _ key: BucketKey) -> Bool {
        switch selection {
        case .keys(let keys): return keys.contains(key)
        case .pattern(let pattern):
            guard case .string(let text) = key else { return false }
            return (try? pattern.matches(text)) ?? false
        }
    }
}
