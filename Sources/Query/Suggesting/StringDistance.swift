/// How like two words are, from 0 to 1: Lucene's measures.
public enum StringDistance: String, CaseIterable, Equatable, Sendable {
    /// Edits, those of neighbours that changed places among them, of the shorter word.
    case `internal`
    case damerauLevenshtein = "damerau_levenshtein"
    /// Edits of the longer word.
    case levenshtein
    /// Winkler, "String Comparator Metrics and Enhanced Decision Rules" (1990).
    case jaroWinkler = "jaro_winkler"
    /// Kondrak, "N-Gram Similarity and Distance" (2005), of pairs of characters.
    case ngram

    /// - Complexity: O(*n m*).
    public func similarity(_ left: String, _ right: String) -> Float {
        let left = Array(left.utf16), right = Array(right.utf16)
        if left.isEmpty || right.isEmpty { return left.isEmpty && right.isEmpty ? 1 : 0 }
        switch self {
        case .internal, .damerauLevenshtein:
            return 1 - Float(Self.edits(left, right, allowsTranspositions: true)) / Float(min(left.count, right.count))
        case .levenshtein:
            return 1 - Float(Self.edits(left, right, allowsTranspositions: false)) / Float(max(left.count, right.count))
        case .jaroWinkler: return Self.jaroWinkler(left, right)
        case .ngram: return Self.pairs(left, right)
        }
    }

    private static func edits(_ left: [UInt16], _ right: [UInt16], allowsTranspositions: Bool) -> Int {
        var before: [Int] = []
        var last = Array(0...right.count)
        for i in left.indices {
            var row = [i + 1]
            for j in right.indices {
                var edits = min(row[j] + 1, last[j + 1] + 1, last[j] + (left[i] == right[j] ? 0 : 1))
                if allowsTranspositions, i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] { edits = min(edits, before[j - 1] + 1) }
                row.append(edits)
            }
            (before, last) = (last, row)
        }
        return last[right.count]
    }

    private static func jaroWinkler(_ left: [UInt16], _ right: [UInt16]) -> Float {
        let (short, long) = left.count > right.count ? (right, left) : (left, right)
        let range = max(long.count / 2 - 1, 0)
        var partners = [Int?](repeating: nil, count: short.count)
        var isTaken = [Bool](repeating: false, count: long.count)
        for i in short.indices {
            let window = max(i - range, 0)..<max(max(i - range, 0), min(i + range + 1, long.count))
            guard let partner = window.first(where: { !isTaken[$0] && long[$0] == short[i] }) else { continue }
            partners[i] = partner
            isTaken[partner] = true
        }
        let ownOrder = short.indices.filter { partners[$0] != nil }.map { short[$0] }
        let otherOrder = long.indices.filter { isTaken[$0] }.map { long[$0] }
        let matches = Float(ownOrder.count)
        if matches == 0 { return 0 }
        let moved = Float(zip(ownOrder, otherOrder).count { $0 != $1 } / 2)
        let jaro = (matches / Float(left.count) + matches / Float(right.count) + (matches - moved) / matches) / 3
        let prefix = zip(short, long).prefix { $0 == $1 }.count
        return jaro < 0.7 ? jaro : jaro + min(0.1, 1 / Float(long.count)) * Float(prefix) * (1 - jaro)
    }

    private static func pairs(_ left: [UInt16], _ right: [UInt16]) -> Float {
        let longest = Float(max(left.count, right.count))
        if left.count < 2 || right.count < 2 { return Float(zip(left, right).count { $0 == $1 }) / longest }
        // A character that no word has stands before both.
        let own = [0] + left, other = [0] + right
        var last = (0...left.count).map(Float.init)
        for j in 1...right.count {
            var row = [Float(j)]
            for i in 1...left.count {
                var unlike = 0, compared = 2
                for place in [-1, 0] {
                    if own[i + place] != other[j + place] { unlike += 1 } else if own[i + place] == 0 { compared -= 1 }
                }
                row.append(min(row[i - 1] + 1, last[i] + 1, last[i - 1] + Float(unlike) / Float(compared)))
            }
            last = row
        }
        return 1 - last[left.count] / longest
    }
}
