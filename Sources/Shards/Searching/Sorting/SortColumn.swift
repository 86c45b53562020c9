internal import FieldIndex
internal import Ordinals
internal import Query

/// A key of an order in one view: each document's value as a code, lesser codes first.
///
/// Codes of a descending order are inverted bit by bit. Keywords are coded by their ranks in the view, with room between two for
/// what is no keyword here: a place that another shard's document marks, and a stand-in for missing ones.
struct SortColumn {
    let key: OrderKey
    let numbers: [NumberColumn]
    let keywords: KeywordView?
    let mask: Int64
    let missing: Int64
    /// Each document's code, where values are of its nested objects.
    var nested: [Int64]?

    /// - Throws: `ShardError`, of a filter of nested objects.
    init(_ key: OrderKey, view: ShardView) throws(ShardError) {
        self.key = key
        mask = key.order == .ascending ? 0 : -1
        switch key.values {
        case .score: (numbers, keywords) = ([], nil)
        case .keywords: (numbers, keywords) = ([], view.keywords(key.field))
        case .floats, .doubles, .truncated:
            (numbers, keywords) = (view.fields.numbers(key.field).filter(\.isFloatingPoint), nil)
        case .longs, .unsigned, .booleans, .dates, .scaled:
            (numbers, keywords) = (view.fields.numbers(key.field).filter { !$0.isFloatingPoint }, nil)
        }
        missing = Self.code(key.missing, key, keywords, mask)
        if let order = key.nested { nested = try nestedCodes(NestedSortValues(view: view, order: order)) }
    }

    /// The code of each document by ordinal: of the values of all its objects together.
    ///
    /// - Complexity: O(objects' values + ordinals).
    private func nestedCodes(_ values: NestedSortValues) throws(ShardError) -> [Int64] {
        let objects = try values.objects()
        var codes = [Int64](repeating: missing, count: Int(values.view.limit))
        var pairs: [(document: UInt32, value: Int64)] = []
        for part in keywords?.parts ?? [] {
            var documents = NestedSortValues.Documents(values.view)
            part.column.forEachBlock(of: objects) { ordinals, ranks in
                for (ordinal, rank) in zip(ordinals, ranks) {
                    pairs.append((documents.document(of: ordinal), Int64(part.globalRank(rank)) * 4))
                }
            }
        }
        for column in numbers {
            var documents = NestedSortValues.Documents(values.view)
            column.forEachBlock(of: objects) { ordinals, values in
                for (ordinal, value) in zip(ordinals, values) {
                    pairs.append((documents.document(of: ordinal), converted(value)))
                }
            }
        }
        var rest = pairs[...]
        while let document = rest.first?.document {
            let run = rest.prefix { $0.document == document }
            rest = rest.dropFirst(run.count)
            let sorted = run.map(\.value).sorted()
            guard let least = sorted.first, let greatest = sorted.last else { continue }
            let code =
                switch key.mode {
                case .minimum: least
                case .maximum: greatest
                case .sum, .average, .median: key.values == .keywords ? least : combined(sorted)
                }
            codes[Int(document)] = code ^ mask
        }
        return codes
    }

    // MARK: Codes

    func code(_ value: SortKey) -> Int64 { Self.code(value, key, keywords, mask) }

    private static func code(_ value: SortKey, _ key: OrderKey, _ keywords: KeywordView?, _ mask: Int64) -> Int64 {
        switch value {
        case .absent: return key.absentIsFirst ? .min : .max
        case .long(let number):
            return (key.isFloating ? SortableDouble.encode(Double(number)) : number) ^ mask
        case .double(let number):
            if key.isFloating { return SortableDouble.encode(number == 0 ? 0 : number) ^ mask }
            return (Int64(exactly: number.rounded()) ?? (number < 0 ? .min : .max)) ^ mask
        case .keyword(let text):
            let rank = keywords?.rank(notBefore: text) ?? 0
            if let keywords, rank < keywords.termCount, keywords.term(rank).utf8.elementsEqual(text.utf8) {
                return Int64(rank) * 4 ^ mask
            }
            guard case .keyword(let missing) = key.missing, !missing.utf8.elementsEqual(text.utf8) else {
                return (Int64(rank) * 4 - 2) ^ mask
            }
            return (Int64(rank) * 4 - (text.utf8.lexicographicallyPrecedes(missing.utf8) ? 3 : 1)) ^ mask
        }
    }

    /// What a document's code stands for.
    func key(_ code: Int64) -> SortKey {
        if key.values == .keywords {
            if code == missing { return key.missing }
            guard let keywords, code != .max, code != .min else { return .absent }
            let rank = Int((code ^ mask) / 4)
            return keywords.termCount > rank && rank >= 0 ? .keyword(keywords.term(rank)) : .absent
        }
        return key.isFloating ? .double(SortableDouble.decode(code ^ mask)) : .long(code ^ mask)
    }
}

extension OrderKey {
    /// Whether codes are of floating-point numbers.
    var isFloating: Bool {
        switch values {
        case .score, .scaled, .floats, .doubles: true
        case .keywords, .longs, .unsigned, .booleans, .dates, .truncated: false
        }
    }
}
