public import Ordinals

/// What is indexed of the documents of a range of ordinals. Immutable.
public struct Segment: Sendable {
    /// The ordinal that documents are counted from, a multiple of 64.
    let base: Int
    /// Ordinals from `base` to the last.
    let span: Int
    /// Those that have rows here.
    let presence: Presence
    var fields: [String: SegmentField]
    /// Fields of keys that another segment has in their place.
    var hiddenKeys: Set<String> = []
    let keyedColumns = LatestFields<KeywordColumn>()
    let memory: SegmentMemory
    /// The number of its file; nil while it is in memory only.
    var fileNumber: UInt64?

    /// Documents, dead ones too.
    public var documentCount: Int { presence.count }
    public var byteCount: Int { memory.bytes.count }

    /// The first ordinal that has rows here.
    public var firstOrdinal: UInt32 {
        switch presence {
        case .range(let range): UInt32(base + range.lowerBound)
        case .bits(let words, _, _):
            UInt32(base + (words.elements.firstIndex { $0 != 0 } ?? 0) * 64 + (words.elements.first { $0 != 0 } ?? 1).trailingZeroBitCount)
        case .list(let documents): UInt32(base) + (documents.elements.first ?? 0)
        }
    }

    /// Beyond the last ordinal.
    public var endOrdinal: UInt32 { UInt32(base + span) }

    /// The ordinals that have rows here.
    public var ordinals: OrdinalSet {
        let words = OrdinalWords(limit: base + span)
        presence.insert(into: words, base: base)
        return words.set
    }

    public var fieldNames: [String] { fields.keys.sorted() }

    /// The field's numbers; nil where no document of the segment has one.
    public func numbers(_ field: String) -> NumberColumn? { fields[field]?.numbers }
    /// The field's points; nil where no document of the segment has one.
    public func points(_ field: String) -> PointColumn? { fields[field]?.points }

    /// The field's terms by document; nil for texts, and where no document of the segment has one.
    public func keywords(_ field: String) -> KeywordColumn? {
        guard let own = fields[field] else { return keyedKeywords(field) }
        return own.terms.flatMap { terms in own.keywords.map { KeywordColumn(column: $0, dictionary: terms.dictionary) } }
    }
}
