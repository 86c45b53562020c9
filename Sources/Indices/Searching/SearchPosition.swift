internal import Query

/// Where a search goes on: after the last hit that was shown, or after the values of `search_after`.
struct SearchPosition: Sendable {
    enum Place: Sendable {
        /// Nothing but the score is known.
        case unknown
        /// After this ordinal in every shard: `_doc`.
        case ordinal(Int64)
        /// After one document: `_shard_doc`, or a hit itself.
        case document(shard: Int, ordinal: Int64)
    }

    var score: Float?
    /// What the last hit was sorted by, where fields take part; those of `search_after` are in the plan.
    var keys: [SortKey] = []
    var place: Place

    init(after document: ScoredDocument, position: Int) {
        score = document.score
        keys = document.keys
        place = .document(shard: position, ordinal: Int64(document.ordinal))
    }

    /// - Throws: `IndicesError.searchAfterMismatch`, `.searchAfterNotANumber`.
    init(_ values: [SortValue], sort: Sort?) throws(IndicesError) {
        guard let sort, !sort.isDefault else { throw .searchAfterMismatch(values: values.count, keys: 0) }
        guard values.count == sort.clauses.count else {
            throw .searchAfterMismatch(values: values.count, keys: sort.clauses.count)
        }
        place = .unknown
        for (clause, value) in zip(sort.clauses, values) {
            guard case .unknown = place else { return }
            switch clause.key {
            case .score: if score == nil { score = Float(try Self.number(value, "_score")) }
            case .document: place = .ordinal(Self.whole(try Self.number(value, "_doc")))
            case .shardDocument:
                let number = Self.whole(try Self.number(value, "_shard_doc"))
                place = .document(shard: Int(number >> 32), ordinal: number & 0xFFFF_FFFF)
            // The planner reads these, which knows their types.
            case .field: continue
            }
        }
    }

    private static func whole(_ number: Double) -> Int64 { Int64(exactly: number.rounded(.down)) ?? .max }

    private static func number(_ value: SortValue, _ key: String) throws(IndicesError) -> Double {
        switch value {
        case .value(.integer(let number)): return Double(number)
        case .value(.unsigned(let number)): return Double(number)
        case .value(.double(let number)): return number
        case .value(.string(let text)):
            guard let number = Double(text), number.isFinite else { throw .searchAfterNotANumber(text, key: key) }
            return number
        case .value(.boolean(let flag)): throw .searchAfterNotANumber(String(flag), key: key)
        case .null: throw .searchAfterNotANumber("null", key: key)
        }
    }

    /// The same place, seen from one shard.
    ///
    /// - Parameter shard: the shard's place among those of the search.
    func cursor(shard: Int, plan: SearchPlan) -> DocumentCursor {
        DocumentCursor(
            score: score, keys: keys.isEmpty ? plan.after ?? [] : keys, ordinal: ordinal(shard: shard, plan.order))
    }

    private func ordinal(shard: Int, _ order: DocumentOrder) -> Int64? {
        switch place {
        case .unknown: return nil
        case .ordinal(let ordinal): return ordinal
        case .document(shard, let ordinal): return ordinal
        case .document(let last, let ordinal):
            let isAscending = order.document == .ascending
            let isBefore = (shard < last) == isAscending
            if order.groupsShards {
                // All of a shard, or none.
                return isBefore == isAscending ? .max : -1
            }
            // The same ordinal of another shard comes before the last hit, or after it.
            return isBefore ? ordinal : ordinal + (isAscending ? -1 : 1)
        }
    }
}
