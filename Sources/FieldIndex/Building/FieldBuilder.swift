/// What is gathered of one field.
final class FieldBuilder {
    var keywords: TermFieldBuilder?
    var texts: TermFieldBuilder?
    var features: TermFieldBuilder?
    var longs: [(value: Int64, ordinal: UInt32)] = []
    var doubles: [(value: Int64, ordinal: UInt32)] = []
    var points: [(value: Int64, ordinal: UInt32)] = []
    /// Ordinals that have the field.
    private(set) var documents: [UInt32] = []

    func addPresence(_ ordinal: UInt32) {
        if documents.last != ordinal { documents.append(ordinal) }
    }

    var byteCount: Int {
        (keywords?.byteCount ?? 0) + (texts?.byteCount ?? 0) + (features?.byteCount ?? 0)
            + 16 * (longs.count + doubles.count + points.count)
            + 4 * documents.count
    }

    func write(base: UInt32, span: Int, into writer: inout SectionWriter, _ directory: inout DirectoryWriter) {
        // A field has one type as long as an index lives; of two, one is kept.
        let terms = keywords ?? texts ?? features
        directory.write(terms != nil)
        terms?.write(base: base, span: span, into: &writer, &directory)
        let isFloatingPoint = longs.isEmpty
        let numbers = content(isFloatingPoint ? doubles : longs, base)
        directory.write(!numbers.isEmpty)
        if !numbers.isEmpty {
            NumberColumn.write(numbers, isFloatingPoint: isFloatingPoint, span: span, into: &writer, &directory)
        }
        let places = content(points, base)
        directory.write(!places.isEmpty)
        if !places.isEmpty { places.write(span: span, into: &writer, &directory) }
    }

    private func content(_ values: [(value: Int64, ordinal: UInt32)], _ base: UInt32) -> ColumnContent<Int64> {
        var content = ColumnContent<Int64>()
        for (value, ordinal) in values { content.append(value, document: ordinal - base) }
        content.sortWithinDocuments(isDistinct: false)
        return content
    }
}
