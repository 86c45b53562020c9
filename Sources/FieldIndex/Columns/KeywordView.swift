public import Ordinals

/// A field's keywords over all segments: ranks of segments brought to one numbering, in the order of the terms' bytes.
public struct KeywordView: Sendable {
    /// A segment's keywords, and what its ranks are in the whole.
    public struct Part: Sendable {
        public let column: KeywordColumn
        /// By the segment's rank; empty where both are the same.
        let global: [UInt32]

        /// The rank in the whole of a segment's rank.
        @inline(__always)
        public func globalRank(_ rank: UInt32) -> UInt32 { global.isEmpty ? rank : global[Int(rank)] }
    }

    public let parts: [Part]
    /// Where each term of the whole is found.
    private let terms: [(part: UInt32, rank: UInt32)]

    /// - Complexity: O(terms · segments): to be made once for a view.
    init(_ columns: [KeywordColumn]) {
        if columns.count == 1 {
            parts = [Part(column: columns[0], global: [])]
            terms = []
            return
        }
        var next = [Int](repeating: 0, count: columns.count)
        var global = columns.map { [UInt32](repeating: 0, count: $0.termCount) }
        var terms: [(part: UInt32, rank: UInt32)] = []
        while true {
            var least: Int?
            for part in columns.indices where next[part] < columns[part].termCount {
                let isLess = least.map {
                    TermDictionary.compare(columns[part].dictionary.utf8(next[part]), columns[$0].dictionary.utf8(next[$0])) < 0
                } ?? true
                if isLess { least = part }
            }
            guard let least else { break }
            let term = columns[least].dictionary.utf8(next[least])
            let rank = UInt32(terms.count)
            terms.append((UInt32(least), UInt32(next[least])))
            for part in columns.indices where next[part] < columns[part].termCount {
                if part == least || TermDictionary.compare(columns[part].dictionary.utf8(next[part]), term) == 0 {
                    global[part][next[part]] = rank
                    next[part] += 1
                }
            }
        }
        parts = zip(columns, global).map { Part(column: $0, global: $1) }
        self.terms = terms
    }

    /// Different keywords.
    public var termCount: Int { terms.isEmpty ? parts.first?.column.termCount ?? 0 : terms.count }

    /// The keyword of a rank in the whole, which must be less than `termCount`.
    public func term(_ rank: Int) -> String {
        if terms.isEmpty { return parts[0].column.term(rank) }
        return parts[Int(terms[rank].part)].column.term(Int(terms[rank].rank))
    }

    /// The first rank of a keyword that does not come before a text, by bytes; `termCount` if all do.
    ///
    /// - Complexity: O(log *terms*).
    public func rank(notBefore text: String) -> Int {
        var (low, high) = (0, termCount)
        while low < high {
            let middle = (low + high) / 2
            if term(middle).utf8.lexicographicallyPrecedes(text.utf8) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// How many of some documents have each keyword, by rank in the whole.
    ///
    /// - Complexity: O(documents' keywords + terms).
    public func counts(of documents: OrdinalSet) -> [Int] {
        var counts = [Int](repeating: 0, count: termCount)
        for part in parts {
            counts.withUnsafeMutableBufferPointer { counts in
                part.column.forEachBlock(of: documents) { _, ranks in
                    if part.global.isEmpty {
                        for rank in ranks { counts[Int(rank)] += 1 }
                    } else {
                        part.global.withUnsafeBufferPointer { global in
                            for rank in ranks { counts[Int(global[Int(rank)])] += 1 }
                        }
                    }
                }
            }
        }
        return counts
    }
}

extension FieldIndexView {
    /// A field's keywords over all segments; nil where there are none.
    ///
    /// - Complexity: O(terms · segments).
    public func keywords(_ field: String) -> KeywordView? {
        let columns = segments.compactMap { $0.keywords(field) }
        return columns.isEmpty ? nil : KeywordView(columns)
    }

    /// Whether a field is a key of an object whose keys documents choose.
    public func isKey(_ field: String) -> Bool { segments.contains { $0.isKey(field) } }

    /// A field's numbers, a column a segment that has some.
    public func numbers(_ field: String) -> [NumberColumn] { segments.compactMap { $0.numbers(field) } }

    /// A field's points, a column a segment that has some.
    public func points(_ field: String) -> [PointColumn] { segments.compactMap { $0.points(field) } }
}
