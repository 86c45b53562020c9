/// Reads positions of postings, best in their order: it goes on from the last.
struct PositionReader {
    private let index: TermIndex
    private var posting = 0
    /// Where the posting's positions begin.
    private var start = 0

    init(_ index: TermIndex) { self.index = index }

    /// Where the term stands in the document, ascending.
    ///
    /// - Complexity: O(postings between the last and this, at most 64, + positions).
    mutating func append(of wanted: Int, to positions: inout [Int32]) {
        let block = wanted / TermIndex.positionBlock
        if wanted < posting || block != posting / TermIndex.positionBlock || posting == 0 {
            guard let begin = index.positionStart(ofBlock: block) else { return }
            posting = block * TermIndex.positionBlock
            start = begin
        }
        if wanted > posting { start += index.totalFrequency(of: posting..<wanted) }
        posting = wanted
        index.appendPositions(start..<(start + index.frequency(wanted)), to: &positions)
    }
}
