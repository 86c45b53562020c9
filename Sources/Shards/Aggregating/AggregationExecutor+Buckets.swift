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
        let selection = TermSelector(include: terms.include, exclude: terms.exclude)
        values.eachKey(of: terms.source, in: documents) { ordinal, key in
            if selection.accepts(key) { counts[key, default: 0] += self.counts.of(ordinal) }
        }
        if let missing = terms.missing {
            let count = self.counts.of(documents.subtracting(values.documents(having: terms.source)))
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
        let counts = documentCounts(of: keywords, documents)
        let selection = TermSelector(include: terms.include, exclude: terms.exclude)
        var ranks = counts.indices.filter { counts[$0] > 0 || terms.minimumCount == 0 }
        if !selection.isEmpty { ranks.removeAll { !selection.accepts(.string(keywords.term($0))) } }
        let missing = terms.missing == nil ? 0 : self.counts.of(documents.subtracting(values.documents(having: terms.source)))
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

    /// How many documents have each keyword, by rank.
    private func documentCounts(of keywords: KeywordView, _ documents: OrdinalSet) -> [Int] {
        if counts.areOne { return keywords.counts(of: documents) }
        var found = [Int](repeating: 0, count: keywords.termCount)
        values.eachKeyword(keywords, in: documents) { ordinal, rank in found[rank] += counts.of(ordinal) }
        return found
    }

    private func chosen(
        _ all: [AggregationResult.Bucket], _ terms: TermsPlan, _ plan: AggregationPlan, _ documents: OrdinalSet
    ) throws(ShardError) -> AggregationResult.Buckets {
        try chosen(all, Frequent(order: terms.order, shardSize: terms.shardSize), plan) { (buckets) throws(ShardError) in
            try filled(buckets, terms, plan, documents)
        }
    }

    struct Frequent {
        var order: [BucketOrder]
        var shardSize: Int
    }

    /// The buckets that are answered, with what is below them.
    func chosen(
        _ all: [AggregationResult.Bucket], _ frequent: Frequent, _ plan: AggregationPlan,
        _ fill: ([AggregationResult.Bucket]) throws(ShardError) -> [AggregationResult.Bucket]
    ) throws(ShardError) -> AggregationResult.Buckets {
        var buckets = all
        let needsMetrics = frequent.order.contains { if case .metric = $0.key { true } else { false } }
        if needsMetrics {
            try check(buckets.count)
            buckets = try fill(buckets)
        }
        buckets.sort(by: frequent.order, plan)
        let left = buckets.dropFirst(frequent.shardSize)
        let others = left.reduce(0) { $0 + $1.count }
        let error = left.isEmpty || frequent.order.first?.key != .count ? 0 : buckets[frequent.shardSize - 1].count
        buckets = Array(buckets.prefix(frequent.shardSize))
        return .init(needsMetrics ? buckets : try fill(buckets), others: others, error: error)
    }

    private func filled(
        _ buckets: [AggregationResult.Bucket], _ terms: TermsPlan, _ plan: AggregationPlan, _ documents: OrdinalSet
    ) throws(ShardError) -> [AggregationResult.Bucket] {
        if plan.subplans.isEmpty { return buckets }
        var places: [BucketKey: Int] = [:]
        for (index, bucket) in buckets.enumerated() { places[bucket.key] = index }
        var members = [[UInt32]](repeating: [], count: buckets.count)
        if terms.source.column == .keywords, let keywords = view.keywords(terms.source.field) {
            // Looked up by their terms: there are few of them beside the field's.
            var placeOfRank = [Int32](repeating: -1, count: keywords.termCount)
            for (key, place) in places {
                guard case .string(let term) = key else { continue }
                let rank = keywords.rank(notBefore: term)
                if rank < keywords.termCount, keywords.term(rank) == term { placeOfRank[rank] = Int32(place) }
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
}
