public import Ordinals

/// Makes one segment of several, without what is no longer needed.
public enum SegmentMerger {
    /// What one segment holds at most: its places are counted in 32 bits.
    public static let maximumBytes = 4 << 30

    /// Neighbours that one segment can hold, as few groups as there may be.
    public static func runs(of segments: [Segment], maximumBytes: Int = Self.maximumBytes) -> [[Segment]] {
        var runs: [[Segment]] = []
        var bytes = 0
        for segment in segments {
            bytes += segment.byteCount
            if runs.isEmpty || bytes > maximumBytes {
                runs.append([])
                bytes = segment.byteCount
            }
            runs[runs.count - 1].append(segment)
        }
        return runs
    }

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
