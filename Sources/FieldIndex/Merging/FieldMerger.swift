internal import Ordinals

/// Merges one field of several segments.
struct FieldMerger {
    let parts: [SegmentMerger.FieldPart]
    /// Of the merged segment.
    let base: UInt32
    let span: Int

    func write(into writer: inout SectionWriter, _ directory: inout DirectoryWriter) {
        let isText = parts.lazy.compactMap(\.field.terms).first?.isText ?? false
        let withTerms = parts.filter { $0.field.terms.map { $0.isText == isText } ?? false }
        directory.write(!withTerms.isEmpty)
        if !withTerms.isEmpty { writeTerms(withTerms, isText: isText, into: &writer, &directory) }

        let isFloatingPoint = parts.lazy.compactMap(\.field.numbers).first?.isFloatingPoint ?? false
        let numbers = content(
            parts.compactMap { part in
                part.field.numbers.flatMap { $0.isFloatingPoint == isFloatingPoint ? (part.source, $0.column) : nil }
            }) { value, _ in value }
        directory.write(!numbers.isEmpty)
        if !numbers.isEmpty {
            NumberColumn.write(numbers, isFloatingPoint: isFloatingPoint, span: span, into: &writer, &directory)
        }
        let points = content(parts.compactMap { part in part.field.points.map { (part.source, $0.column) } }) { value, _ in value }
        directory.write(!points.isEmpty)
        if !points.isEmpty { points.write(span: span, into: &writer, &directory) }
    }

    private func content<Value>(
        _ columns: [(SegmentMerger.Source, Column<Value>)], _ translate: (Value, _ part: Int) -> Value
    ) -> ColumnContent<Value> {
        var content = ColumnContent<Value>()
        for (part, (source, column)) in columns.enumerated() {
            column.presence.forEach { document, slot in
                guard source.keeps(document) else { return }
                for position in column.range(ofSlot: slot) {
                    content.append(
                        translate(column.values.elements[position], part),
                        document: UInt32(column.base + document) - base)
                }
            }
        }
        return content
    }

    private func writeTerms(
        _ parts: [SegmentMerger.FieldPart], isText: Bool, into writer: inout SectionWriter, _ directory: inout DirectoryWriter
    ) {
        let indexes = parts.compactMap(\.field.terms)
        var content = TermIndexContent(isText: isText, hasPositions: indexes.first?.hasPositions ?? true)
        let having = OrdinalWords(limit: span)
        // Of each part's terms, the rank that they get; what has none is in no document any more.
        var ranks = indexes.map { [UInt32](repeating: .max, count: isText ? 0 : $0.dictionary.count) }
        var next = [Int](repeating: 0, count: indexes.count)
        var positions: [Int32] = []
        var readers = indexes.map { _ in PositionReader() }
        while let least = Self.least(indexes, next) {
            let term = indexes[least].dictionary.utf8(next[least])
            let rank = UInt32(content.termCount)
            var isKept = false
            for part in indexes.indices {
                let index = indexes[part]
                guard next[part] < index.dictionary.count,
                    part == least || TermDictionary.compare(index.dictionary.utf8(next[part]), term) == 0
                else { continue }
                let source = parts[part].source
                index.postings(next[part]).forEach { document, posting in
                    guard source.keepsAll || source.keeps(document) else { return }
                    isKept = true
                    let merged = index.base + document - Int(base)
                    having.insert(merged)
                    if isText {
                        positions.removeAll(keepingCapacity: true)
                        index.appendPositions(readers[part].places(of: posting, in: index), to: &positions)
                        content.append(
                            UInt32(merged), lengthCode: index.lengths[posting], frequency: index.frequency(posting),
                            positions: positions.lazy.map { UInt32(bitPattern: $0) })
                    } else {
                        content.append(UInt32(merged))
                    }
                }
                if isKept, !isText { ranks[part][next[part]] = rank }
                next[part] += 1
            }
            content.endTerm(term)
        }
        content.write(documentCount: having.set.count, into: &writer, &directory)
        directory.write(!isText)
        if !isText {
            let columns = parts.compactMap { part in part.field.keywords.map { (part.source, $0) } }
            self.content(columns) { ranks[$1][Int($0)] }.write(span: span, into: &writer, &directory)
        }
    }

    /// The part whose next term is the least; nil when all are at their ends.
    private static func least(_ indexes: [TermIndex], _ next: [Int]) -> Int? {
        var least: Int?
        for part in indexes.indices where next[part] < indexes[part].dictionary.count {
            guard let best = least else {
                least = part
                continue
            }
            let order = TermDictionary.compare(
                indexes[part].dictionary.utf8(next[part]), indexes[best].dictionary.utf8(next[best]))
            if order < 0 { least = part }
        }
        return least
    }
}
