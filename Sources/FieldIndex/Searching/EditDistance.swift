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
