/// Terms that differ from one by few edits.
public struct FuzzyQuery: Hashable, Sendable {
    public static let maximumEdits = 2

    public var field: String
    public var term: String
    /// 0 to 2.
    public var edits: Int
    /// Scalars at the beginning that must be the same.
    public var prefixLength: Int
    /// Terms that are taken at most: the closest.
    public var maximumExpansions: Int
    /// Whether two neighbours that changed places are one edit, not two.
    public var allowsTranspositions: Bool

    public init(
        field: String, term: String, edits: Int, prefixLength: Int = 0, maximumExpansions: Int = 50,
        allowsTranspositions: Bool = true
    ) {
        self.field = field
        self.term = term
        self.edits = edits
        self.prefixLength = prefixLength
        self.maximumExpansions = maximumExpansions
        self.allowsTranspositions = allowsTranspositions
    }
}

extension FieldIndexView {
    /// The terms that a fuzzy query takes, each with what its score is multiplied by: closest first, then in their order.
    ///
    /// As Lucene's `FuzzyQuery` has it: each counts as often as the most frequent of them, so that misspellings, which are
    /// rare, do not score more than what they should have been.
    ///
    /// - Complexity: O(terms that begin with the prefix).
    public func expansions(of query: FuzzyQuery) -> [ScoredTerm] {
        let wanted = Array(query.term.unicodeScalars)
        let prefix = Array(String(String.UnicodeScalarView(wanted.prefix(max(0, query.prefixLength)))).utf8)
        var distance = EditDistance(wanted, limit: min(query.edits, FuzzyQuery.maximumEdits), query.allowsTranspositions)
        var found: [String: Float] = [:]
        for segment in segments {
            guard let dictionary = segment.fields[query.field]?.terms?.dictionary else { continue }
            for rank in dictionary.ranks(withPrefix: prefix) {
                let utf8 = dictionary.utf8(rank)
                // A scalar has four bytes at most, and one at least.
                guard utf8.count <= 4 * (wanted.count + query.edits), 4 * utf8.count + query.edits >= wanted.count else { continue }
                guard let (edits, length) = distance.edits(to: utf8) else { continue }
                found[String(decoding: utf8, as: UTF8.self)] = edits == 0 ? 1 : 1 - Float(edits) / Float(min(length, wanted.count))
            }
        }
        let kept = found.filter { $0.value > 0 }
            .sorted { $0.value != $1.value ? $0.value > $1.value : $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            .prefix(query.maximumExpansions)
        let greatest = kept.map { documentFrequency(of: $0.key, in: query.field) }.max()
        return kept.map { ScoredTerm(field: query.field, term: $0.key, boost: $0.value, documentFrequency: greatest) }
    }
}

/// The distance of words from one: insertions, deletions, replacements, and exchanges of neighbours that are not edited
/// again (optimal string alignment).
struct EditDistance {
    private let word: [UInt32]
    private let limit: Int
    private let allowsTranspositions: Bool
    /// The last three rows of the matrix, one after the other.
    private var rows: [Int32]
    /// The scalars of the word that is compared.
    private var other: [UInt32] = []

    init(_ word: [Unicode.Scalar], limit: Int, _ allowsTranspositions: Bool) {
        self.word = word.map(\.value)
        self.limit = limit
        self.allowsTranspositions = allowsTranspositions
        rows = [Int32](repeating: 0, count: 3 * (word.count + 1))
    }

    /// Nil: more than the limit. Else also how many scalars the other word has.
    mutating func edits(to utf8: UnsafeBufferPointer<UInt8>) -> (edits: Int, length: Int)? {
        other.removeAll(keepingCapacity: true)
        if utf8.allSatisfy({ $0 < 0x80 }) {
            guard abs(utf8.count - word.count) <= limit else { return nil }
            for byte in utf8 { other.append(UInt32(byte)) }
        } else {
            for scalar in String(decoding: utf8, as: UTF8.self).unicodeScalars { other.append(scalar.value) }
            guard abs(other.count - word.count) <= limit else { return nil }
        }
        let width = word.count + 1
        let (limit, allowsTranspositions) = (Int32(limit), allowsTranspositions)
        let edits = rows.withUnsafeMutableBufferPointer { rows -> Int32? in
            word.withUnsafeBufferPointer { word in
                other.withUnsafeBufferPointer { other in
                    for column in 0..<width { rows[column] = Int32(column) }
                    for row in other.indices {
                        let (above, own, twoAbove) = (row % 3 * width, (row + 1) % 3 * width, (row + 2) % 3 * width)
                        rows[own] = Int32(row + 1)
                        var least = rows[own]
                        for column in word.indices {
                            var cost = min(rows[above + column + 1], rows[own + column]) + 1
                            cost = min(cost, rows[above + column] + (word[column] == other[row] ? 0 : 1))
                            if allowsTranspositions, row > 0, column > 0, word[column] == other[row - 1],
                                word[column - 1] == other[row]
                            {
                                cost = min(cost, rows[twoAbove + column - 1] + 1)
                            }
                            rows[own + column + 1] = cost
                            least = min(least, cost)
                        }
                        if least > limit { return nil }
                    }
                    let edits = rows[other.count % 3 * width + width - 1]
                    return edits <= limit ? edits : nil
                }
            }
        }
        return edits.map { (Int($0), other.count) }
    }
}
