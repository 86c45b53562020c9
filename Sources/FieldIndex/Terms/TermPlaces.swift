/// Finds where a term stands in documents, which are asked for in ascending order: each call goes on from the last.
struct TermPlaces {
    private var cursor: PostingCursor
    private var reader = PositionReader()

    init(_ list: PostingList) { cursor = PostingCursor(list) }

    /// The posting of a document, and which of the field's positions are its; nil if the term is not in it.
    ///
    /// - Parameter index: that of the list.
    /// - Complexity: O(documents between the last and this, at most 64, + log documents).
    mutating func find(_ document: Int, in index: TermIndex) -> (posting: Int, places: Range<Int>)? {
        guard let posting = cursor.posting(of: document) else { return nil }
        return (posting, reader.places(of: posting, in: index))
    }
}
