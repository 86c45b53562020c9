/// A column while it is being written: documents ascend, and each document's values do.
struct ColumnContent<Value: BitwiseCopyable & Comparable & Sendable> {
    /// Counted from the segment's base.
    private(set) var documents: [UInt32] = []
    private(set) var values: [Value] = []
    /// Where each document's values begin.
    private var starts: [UInt32] = []

    mutating func append(_ value: Value, document: UInt32) {
        if documents.last != document {
            documents.append(document)
            starts.append(UInt32(values.count))
        }
        values.append(value)
    }

    mutating func append(_ some: UnsafeBufferPointer<Value>, document: UInt32) {
        for value in some { append(value, document: document) }
    }

    var isEmpty: Bool { documents.isEmpty }
    private var isSingleValued: Bool { values.count == documents.count }

    /// Sorts the values of each document, and leaves out what stands twice in one if `isDistinct`.
    mutating func sortWithinDocuments(isDistinct: Bool) {
        guard !isSingleValued else { return }
        var sorted = ColumnContent()
        for (index, document) in documents.enumerated() {
            let end = index + 1 < starts.count ? Int(starts[index + 1]) : values.count
            var last: Value?
            for value in values[Int(starts[index])..<end].sorted() where !isDistinct || value != last {
                sorted.append(value, document: document)
                last = value
            }
        }
        self = sorted
    }

    /// The document of each value.
    var owners: [UInt32] {
        if isSingleValued { return documents }
        return documents.indices.flatMap { index in
            repeatElement(documents[index], count: (index + 1 < starts.count ? Int(starts[index + 1]) : values.count) - Int(starts[index]))
        }
    }

    func write(span: Int, into writer: inout SectionWriter, _ directory: inout DirectoryWriter) {
        Presence.write(documents, span: span, into: &writer, &directory)
        directory.write(writer.append(isSingleValued ? [] : starts + [UInt32(values.count)]))
        directory.write(writer.append(values))
    }
}
