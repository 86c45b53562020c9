public import Ordinals

/// The keywords of one field in one segment, as ranks in the segment's sorted dictionary.
public struct KeywordColumn: Sendable {
    let column: Column<UInt32>
    let dictionary: TermDictionary

    public var isSingleValued: Bool { column.isSingleValued }
    public var documentCount: Int { column.presence.count }
    /// Different keywords.
    public var termCount: Int { dictionary.count }

    /// The keyword of a rank, which must be less than `termCount`.
    public func term(_ rank: Int) -> String { dictionary.term(rank) }

    /// The keywords of some documents in blocks: ordinals, and a rank for each; an ordinal stands as often as it has
    /// keywords, which ascend.
    ///
    /// - Parameter window: only documents of these words of the set.
    /// - Complexity: O(documents in the set and in this segment); nothing is allocated for any.
    public func forEachBlock<Failure: Error>(
        of documents: OrdinalSet, within window: Range<Int> = 0..<Int.max,
        _ body: (UnsafeBufferPointer<UInt32>, UnsafeBufferPointer<UInt32>) throws(Failure) -> Void
    ) throws(Failure) {
        try column.forEachBlock(in: documents, within: window, body)
    }

    /// A document's keywords, as ranks that ascend.
    public func ranks(of ordinal: UInt32) -> [UInt32] { Array(column.values(of: ordinal)) }
}
