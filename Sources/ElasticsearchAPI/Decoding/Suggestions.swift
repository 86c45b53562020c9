/// The names closest to one that is not known: "did you mean".
struct Suggestions {
    /// Best first.
    let names: [String]

    /// - Parameters:
    ///   - candidates: those that are similar enough are suggested.
    ///   - threshold: of Levenshtein's similarity, 0 to 1.
    init(for unknown: String, among candidates: some Sequence<String>, above threshold: Float = 0.5) {
        let scored = candidates.map { (name: $0, score: Self.similarity(unknown, $0)) }.filter { $0.score > threshold }
        names = scored.sorted { ($1.score, $0.name) < ($0.score, $1.name) }.map(\.name)
    }

    /// `[a]?` or `any of [a, b]?`; nil if there is nothing to suggest.
    var text: String? {
        switch names.count {
        case 0: nil
        case 1: "[\(names[0])]?"
        default: "any of [\(names.joined(separator: ", "))]?"
        }
    }

    /// 1 − distance / longer length. Names longer than any real one are never similar: the distance costs O(*n m*).
    private static func similarity(_ left: String, _ right: String) -> Float {
        let left = Array(left.utf16.prefix(128)), right = Array(right.utf16)
        guard !left.isEmpty, !right.isEmpty else { return left.isEmpty && right.isEmpty ? 1 : 0 }
        var row = Array(0...right.count)
        for (i, a) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, b) in right.enumerated() {
                let substitution = diagonal + (a == b ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(substitution, row[j] + 1, diagonal + 1)
            }
        }
        return 1 - Float(row[right.count]) / Float(max(left.count, right.count))
    }
}
