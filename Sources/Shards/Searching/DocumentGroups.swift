internal import Ordinals
internal import Query

/// What documents have in common with others of their group: a field's value.
struct DocumentGroups {
    private let column: SortColumn

    /// - Throws: `ShardError`, of a filter of nested objects.
    init(view: ShardView, key: OrderKey) throws(ShardError) {
        column = try SortColumn(key, view: view)
    }

    private static let windowLength = 1024

    /// Of each document in turn; `absent` for those without a value, which are one group.
    ///
    /// - Complexity: O(documents + the view's ordinals / 64).
    func keys(of documents: [UInt32]) -> [SortKey] {
        let ordinals = OrdinalSet(documents)
        let matches = Matches(ordinals, score: 0)
        var codes: [UInt32: Int64] = [:]
        codes.reserveCapacity(documents.count)
        var buffer = [Int64](repeating: 0, count: min(Self.windowLength, ordinals.words.count) * 64)
        for start in stride(from: 0, to: ordinals.words.count, by: Self.windowLength) {
            let window = start..<min(start + Self.windowLength, ordinals.words.count)
            if ordinals.words[window].allSatisfy({ $0 == 0 }) { continue }
            column.fill(&buffer, window: window, matches, rank: 0)
            for index in window {
                var word = ordinals.words[index]
                while word != 0 {
                    let slot = index * 64 + word.trailingZeroBitCount
                    word &= word - 1
                    codes[UInt32(truncatingIfNeeded: slot)] = buffer[slot - start * 64]
                }
            }
        }
        return documents.map { ordinal in
            // No number that a document has is coded so but the greatest of all.
            guard let code = codes[ordinal], code != .max else { return .absent }
            return column.key(code)
        }
    }
}
