/// Finds where positions of postings lie, best in their order: it goes on from the last.
struct PositionReader {
    private var posting = 0
    /// Where the posting's positions begin.
    private var start = 0

    /// Which of the field's positions are a posting's; none where no places are kept.
    ///
    /// - Parameter index: always the same. It is not kept: copying it takes longer than finding a place.
    /// - Complexity: O(postings between the last and this, at most 64).
    mutating func places(of wanted: Int, in index: TermIndex) -> Range<Int> {
        let block = wanted / TermIndex.positionBlock
        if wanted < posting || block != posting / TermIndex.positionBlock || posting == 0 {
            guard let begin = index.positionStart(ofBlock: block) else { return 0..<0 }
            posting = block * TermIndex.positionBlock
            start = begin
        }
        if wanted > posting { start += index.totalFrequency(of: posting..<wanted) }
        posting = wanted
        return start..<(start + index.frequency(wanted))
    }
}
