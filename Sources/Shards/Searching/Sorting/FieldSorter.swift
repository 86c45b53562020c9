internal import FieldIndex
internal import Ordinals
internal import Query

/// Finds a shard's first documents in an order in which fields take part.
///
/// Documents are looked at a window at a time: the first key's values come from the columns in blocks, the others' where the
/// first has let a document through. Only the first documents are kept, so memory is that of a window.
struct FieldSorter {
    struct Sorted {
        var document: ScoredOrdinal
        var keys: [SortKey]
    }

    let order: DocumentOrder
    private let keys: [SortColumn]

    /// - Throws: `ShardError`, of a filter of nested objects.
    init(view: ShardView, order: DocumentOrder) throws(ShardError) {
        self.order = order
        keys = try order.keys.map { key throws(ShardError) in try SortColumn(key, view: view) }
    }

    /// Words of a set that are looked at together.
    private static let windowLength = 1024

    /// - Complexity: O(matches · keys), and O(log *limit*) for each that is among the first so far.
    func top(_ limit: Int, of matches: Matches, after cursor: DocumentCursor?) -> [Sorted] {
        guard limit > 0, !keys.isEmpty else { return [] }
        let mask: UInt32 = order.document == .ascending ? 0 : .max
        let place = cursor.map { cursor in
            FirstRows.Place(
                keys: zip(keys, cursor.keys).map { $0.code($1) },
                ordinal: cursor.ordinal.map { order.document == .ascending ? $0 : Int64(UInt32.max) - $0 })
        }
        var rows = FirstRows(limit: limit, after: place)
        let words = matches.ordinals.words
        let hasRest = keys.count > 1
        let size = Self.windowLength * 64
        var buffers = keys.map { _ in [Int64](repeating: 0, count: min(size, words.count * 64)) }
        var rank = 0
        var rest = [Int64](repeating: 0, count: keys.count - 1)
        for start in stride(from: 0, to: words.count, by: Self.windowLength) {
            let window = start..<min(start + Self.windowLength, words.count)
            if words[window].allSatisfy({ $0 == 0 }) { continue }
            let base = start * 64
            let before = rank
            keys[0].fill(&buffers[0], window: window, matches, rank: before)
            var isFilled = !hasRest
            for index in window {
                var word = words[index]
                while word != 0 {
                    let slot = index * 64 + word.trailingZeroBitCount - base
                    word &= word - 1
                    defer { rank += 1 }
                    let first = buffers[0][slot]
                    // Most documents end here: a comparison each.
                    if first > rows.bound { continue }
                    if !isFilled {
                        for key in 1..<keys.count { keys[key].fill(&buffers[key], window: window, matches, rank: before) }
                        isFilled = true
                    }
                    for key in 1..<keys.count { rest[key - 1] = buffers[key][slot] }
                    rows.insert(first, rest, UInt32(truncatingIfNeeded: base + slot) ^ mask, score: matches.score(at: rank))
                }
            }
        }
        return rows.sorted().map { row in
            Sorted(
                document: ScoredOrdinal(ordinal: row.ordinal ^ mask, score: row.score),
                keys: zip(keys, [row.first] + row.rest).map { $0.key($1) })
        }
    }
}
