public import Ordinals

/// The numbers of one field in one segment: by document, and in the order of values.
///
/// Floating-point numbers are kept as integers of the same order.
public struct NumberColumn: Sendable {
    let column: Column<Int64>
    /// Positions of values, by value and then by document.
    let order: Section<UInt32>
    /// The document of each value; empty where value and document have the same number but for a constant.
    let owners: Section<UInt32>
    public let isFloatingPoint: Bool

    /// Whether no document has two.
    public var isSingleValued: Bool { column.isSingleValued }
    /// Values, of all documents.
    public var count: Int { column.values.count }
    /// Documents that have one.
    public var documentCount: Int { column.presence.count }

    /// The numbers of some documents in blocks: ordinals, and a value for each; an ordinal stands as often as it has values,
    /// which ascend.
    ///
    /// - Parameter window: only documents of these words of the set.
    /// - Complexity: O(documents in the set and in this segment); nothing is allocated for any.
    public func forEachBlock<Failure: Error>(
        of documents: OrdinalSet, within window: Range<Int> = 0..<Int.max,
        _ body: (UnsafeBufferPointer<UInt32>, UnsafeBufferPointer<Int64>) throws(Failure) -> Void
    ) throws(Failure) {
        try column.forEachBlock(in: documents, within: window, body)
    }

    /// As `forEachBlock`, of floating-point numbers.
    public func forEachDoubleBlock<Failure: Error>(
        of documents: OrdinalSet, _ body: (UnsafeBufferPointer<UInt32>, UnsafeBufferPointer<Double>) throws(Failure) -> Void
    ) throws(Failure) {
        let doubles = UnsafeMutableBufferPointer<Double>.allocate(capacity: Column<Int64>.blockLength)
        defer { doubles.deallocate() }
        try column.forEachBlock(in: documents) { (ordinals, values) throws(Failure) in
            for index in values.indices { doubles[index] = SortableDouble.decode(values[index]) }
            try body(ordinals, UnsafeBufferPointer(rebasing: doubles[..<values.count]))
        }
    }

    /// A document's numbers, ascending.
    public func values(of ordinal: UInt32) -> [Int64] { Array(column.values(of: ordinal)) }

    /// A document's numbers, ascending, of a column that holds floating-point ones.
    public func doubles(of ordinal: UInt32) -> [Double] { column.values(of: ordinal).map(SortableDouble.decode) }

    /// The least and the greatest number.
    public var bounds: ClosedRange<Int64>? {
        guard order.count > 0 else { return nil }
        return value(at: 0)...value(at: order.count - 1)
    }

    // MARK: Searching

    @inline(__always)
    private func value(at rank: Int) -> Int64 { column.values[Int(order.elements[rank])] }

    /// Where the values of a range stand in the order.
    ///
    /// - Complexity: O(log *n*).
    func ranks(of range: ClosedRange<Int64>) -> Range<Int> {
        let first = order.elements.partitioningIndex { column.values[Int($0)] >= range.lowerBound }
        let end = order.elements.partitioningIndex { column.values[Int($0)] > range.upperBound }
        return first..<max(first, end)
    }

    /// Adds the documents with a value in a range.
    ///
    /// - Complexity: O(values in the range), or O(documents / 8) for many.
    func insert(_ range: ClosedRange<Int64>, into set: borrowing OrdinalWords) {
        let ranks = ranks(of: range)
        if ranks.isEmpty { return }
        if ranks.count == order.count { return column.presence.insert(into: set, base: column.base) }
        // Marks at random places are dearer than comparing in order.
        if ranks.count > order.count / 16, case .range(let documents) = column.presence, isSingleValued {
            return scan(range, documents, into: set)
        }
        let first = documentsOffset
        for position in order.slice(ranks) {
            set.insert(column.base + (owners.count > 0 ? Int(owners.elements[Int(position)]) : Int(position) + first))
        }
    }

    /// Adds those of some documents that have a value in a range.
    ///
    /// - Complexity: O(documents), whatever the range.
    func insert(_ range: ClosedRange<Int64>, among documents: OrdinalSet, into set: borrowing OrdinalWords) {
        column.forEachBlock(in: documents) { ordinals, values in
            for index in values.indices where range.contains(values[index]) { set.insert(Int(ordinals[index])) }
        }
    }

    private var documentsOffset: Int { if case .range(let range) = column.presence { range.lowerBound } else { 0 } }

    private func scan(_ range: ClosedRange<Int64>, _ documents: Range<Int>, into set: borrowing OrdinalWords) {
        let values = column.values.elements
        let low = range.lowerBound
        let width = UInt64(bitPattern: range.upperBound &- low)
        var document = documents.lowerBound
        while document < documents.upperBound {
            let index = (column.base + document) >> 6
            let end = min(documents.upperBound, (index + 1) << 6 - column.base)
            var word: UInt64 = 0
            let slots = UnsafeBufferPointer(rebasing: values[(document - documents.lowerBound)..<(end - documents.lowerBound)])
            // From the last to the first, each making room for the one before. No branch: whether a value lies inside cannot
            // be foreseen, and one comparison tells it, with the range moved to 0.
            var slot = slots.count
            while slot > 0 {
                slot &-= 1
                word = word << 1 | (UInt64(bitPattern: slots[slot] &- low) <= width ? 1 : 0)
            }
            set.or(word << UInt64((column.base + document) & 63), at: index)
            document = end
        }
    }

    // MARK: Storage

    static func write(
        _ content: ColumnContent<Int64>, isFloatingPoint: Bool, span: Int, into writer: inout SectionWriter,
        _ directory: inout DirectoryWriter
    ) {
        directory.write(isFloatingPoint)
        content.write(span: span, into: &writer, &directory)
        directory.write(writer.append(RadixOrder.order(of: content.values)))
        let documents = content.documents
        let isPlain =
            content.values.count == documents.count
            && documents.first.map { Int(documents[documents.count - 1] - $0) == documents.count - 1 } ?? true
        directory.write(writer.append(isPlain ? [] : content.owners))
    }

    init?(_ reader: inout DirectoryReader, base: Int, span: Int) {
        guard let isFloatingPoint = reader.flag(), let column = Column<Int64>(&reader, base: base, span: span),
            let order = reader.section(of: UInt32.self), let owners = reader.section(of: UInt32.self),
            order.count == column.values.count, owners.count == 0 || owners.count == order.count,
            order.elements.allSatisfy({ $0 < column.values.count })
        else { return nil }
        self.isFloatingPoint = isFloatingPoint
        self.column = column
        self.order = order
        self.owners = owners
    }
}
