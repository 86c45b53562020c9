public import Ordinals

/// Makes one segment of several, without what is no longer needed.
public enum SegmentMerger {
    /// - Parameters:
    ///   - segments: in the order of their ordinals.
    ///   - ordinals: of which rows are kept.
    /// - Returns: nil where nothing is left.
    /// - Complexity: O(rows · log segments).
    public static func merge(_ segments: [Segment], keeping ordinals: OrdinalSet) -> Segment? {
        let sources = segments.map { Source($0, keeping: ordinals) }
        let documents = sources.flatMap { source in source.kept(source.segment.presence) }
        guard let first = documents.first, let last = documents.last else { return nil }
        let base = first & ~63
        let span = Int(last - base) + 1
        var writer = SegmentWriter(base: base, span: span)
        for name in Set(segments.flatMap(\.fields.keys)).sorted() {
            let parts = sources.compactMap { source in source.segment.fields[name].map { FieldPart(source: source, field: $0) } }
            let presence = parts.flatMap { $0.source.kept($0.field.presence) }.map { $0 - base }
            if presence.isEmpty { continue }
            let merger = FieldMerger(parts: parts, base: base, span: span)
            writer.addField(name, presence: presence) { merger.write(into: &$0, &$1) }
        }
        return writer.finish(documents: documents.map { $0 - base })
    }

    /// A segment with what is kept of it.
    struct Source {
        let segment: Segment
        let keepsAll: Bool
        /// A bit for each document, counted from the segment's base.
        private let words: [UInt64]

        init(_ segment: Segment, keeping ordinals: OrdinalSet) {
            self.segment = segment
            let own = segment.ordinals.intersection(ordinals)
            keepsAll = own.count == segment.documentCount
            words = Array(own.words.dropFirst(segment.base >> 6))
        }

        @inline(__always)
        func keeps(_ document: Int) -> Bool {
            let index = document >> 6
            return index < words.count && words[index] >> UInt64(document & 63) & 1 == 1
        }

        /// The ordinals of some documents that are kept.
        func kept(_ presence: Presence) -> [UInt32] {
            var ordinals: [UInt32] = []
            ordinals.reserveCapacity(presence.count)
            presence.forEach { document, _ in
                if keeps(document) { ordinals.append(UInt32(segment.base + document)) }
            }
            return ordinals
        }
    }

    struct FieldPart {
        let source: Source
        let field: SegmentField
    }
}

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
        var content = TermIndexContent(isText: isText)
        let having = OrdinalWords(limit: span)
        // Of each part's terms, the rank that they get; what has none is in no document any more.
        var ranks = indexes.map { [UInt32](repeating: .max, count: isText ? 0 : $0.dictionary.count) }
        var next = [Int](repeating: 0, count: indexes.count)
        var positions: [Int32] = []
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
                        index.appendPositions(of: posting, to: &positions)
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
