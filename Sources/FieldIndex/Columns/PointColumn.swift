public import Ordinals

/// The geo points of one field in one segment, in Lucene's precision: 2³² steps of latitude and of longitude.
public struct PointColumn: Sendable {
    let column: Column<Int64>

    public var isSingleValued: Bool { column.isSingleValued }
    public var documentCount: Int { column.presence.count }

    /// The points of some documents in blocks: ordinals, and for each a point as `EncodedPoint` reads it.
    ///
    /// - Complexity: O(documents in the set and in this segment); nothing is allocated for any.
    public func forEachBlock<Failure: Error>(
        of documents: OrdinalSet, _ body: (UnsafeBufferPointer<UInt32>, UnsafeBufferPointer<Int64>) throws(Failure) -> Void
    ) throws(Failure) {
        try column.forEachBlock(in: documents, body)
    }

    /// A document's points.
    public func points(of ordinal: UInt32) -> [EncodedPoint] { column.values(of: ordinal).map { EncodedPoint(bits: $0) } }

    /// Adds the documents with a point that is accepted.
    ///
    /// - Complexity: O(points).
    @inline(__always)
    func insert(into set: borrowing OrdinalWords, where isAccepted: (EncodedPoint) -> Bool) {
        column.presence.forEach { document, slot in
            for position in column.range(ofSlot: slot) where isAccepted(EncodedPoint(bits: column.values.elements[position])) {
                return set.insert(column.base + document)
            }
        }
    }
}
