internal import FieldIndex
internal import Mapping
internal import Ordinals
internal import Query

/// Terms that are looked for by something else than by how many have them.
extension AggregationExecutor {
    func significantTerms(
        _ terms: SignificantTermsPlan, _ plan: AggregationPlan, _ documents: OrdinalSet
    ) throws(ShardError) -> AggregationResult.Buckets {
        let all = view.objects(of: terms.path)
        let background = try terms.background.map { query throws(ShardError) in
            try view.documents(matching: query).intersection(all)
        } ?? all
        let selector = TermSelector(include: terms.include, exclude: terms.exclude)
        let inside = try terms.distinctText.map { text throws(ShardError) in
            try DistinctTextCounter(view: view, text: text).counts(documents, selector)
        } ?? counts(terms, documents, selector)
        let outside = counts(terms, background, selector)
        var buckets: [AggregationResult.Bucket] = []
        for (key, count) in inside {
            var bucket = AggregationResult.Bucket(keys: [key], count: count)
            bucket.background = outside[key] ?? 0
            bucket.score = terms.heuristic.score(
                count: count, of: documents.count, background: bucket.background, of: background.count)
            buckets.append(bucket)
        }
        buckets.sort { $0.score != $1.score ? $0.score > $1.score : $0.key < $1.key }
        buckets = Array(buckets.prefix(terms.shardSize))
        if !plan.subplans.isEmpty {
            for index in buckets.indices {
                let members = try self.documents(with: buckets[index].key, terms, documents)
                buckets[index].results = try run(plan.subplans, over: members)
            }
        }
        var result = AggregationResult.Buckets(buckets)
        result.foreground = documents.count
        result.background = background.count
        return result
    }

    private func counts(_ terms: SignificantTermsPlan, _ documents: OrdinalSet, _ selector: TermSelector) -> [BucketKey: Int] {
        var counts: [BucketKey: Int] = [:]
        if terms.isOfTexts {
            view.fields.eachTerm(of: terms.source.field, among: documents) { term, count in
                let key = BucketKey.string(term)
                if selector.accepts(key) { counts[key, default: 0] += count }
            }
        } else if terms.source.column == .keywords, let keywords = view.keywords(terms.source.field) {
            for (rank, count) in keywords.counts(of: documents).enumerated() where count > 0 {
                let key = BucketKey.string(keywords.term(rank))
                if selector.accepts(key) { counts[key] = count }
            }
        } else {
            values.eachKey(of: terms.source, in: documents) { _, key in
                if selector.accepts(key) { counts[key, default: 0] += 1 }
            }
        }
        return counts
    }

    private func documents(
        with key: BucketKey, _ terms: SignificantTermsPlan, _ documents: OrdinalSet
    ) throws(ShardError) -> OrdinalSet {
        if case .string(let term) = key {
            return view.fields.documents(withAnyOf: [term], in: terms.source.field).intersection(documents)
        }
        var members: [UInt32] = []
        values.eachKey(of: terms.source, in: documents) { ordinal, found in if found == key { members.append(ordinal) } }
        return OrdinalSet(members)
    }

    /// Frequent ones are told too, without what is below: another shard may think them rare.
    func rareTerms(
        _ terms: RareTermsPlan, _ plan: AggregationPlan, _ documents: OrdinalSet
    ) throws(ShardError) -> AggregationResult.Buckets {
        let selector = TermSelector(include: terms.include, exclude: terms.exclude)
        var counts: [BucketKey: Int] = [:]
        values.eachKey(of: terms.source, in: documents) { ordinal, key in
            if selector.accepts(key) { counts[key, default: 0] += self.counts.of(ordinal) }
        }
        var members: [BucketKey: [UInt32]] = [:]
        if !plan.subplans.isEmpty {
            values.eachKey(of: terms.source, in: documents) { ordinal, key in
                if let count = counts[key], count <= terms.maximumCount { members[key, default: []].append(ordinal) }
            }
        }
        if let missing = terms.missing {
            let without = documents.subtracting(values.documents(having: terms.source))
            if !without.isEmpty {
                counts[missing, default: 0] += self.counts.of(without)
                members[missing, default: []] += Array(without)
            }
        }
        var buckets: [AggregationResult.Bucket] = []
        for (key, count) in counts {
            let isRare = count <= terms.maximumCount && !plan.subplans.isEmpty
            buckets.append(
                .init(keys: [key], count: count, results: isRare ? try run(plan.subplans, over: OrdinalSet(members[key] ?? [])) : []))
        }
        return .init(buckets)
    }
}

/// Which terms `include` and `exclude` let through.
struct TermSelector {
    private let include: TermSelection?
    private let exclude: TermSelection?

    init(include: TermSelection?, exclude: TermSelection?) {
        self.include = include
        self.exclude = exclude
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
        case .partition(let part, let count): return count > 0 && Int(key.distinctHash % UInt64(count)) == part
        }
    }
}
