/// What is indexed of one field in one segment.
struct SegmentField: Sendable {
    /// Documents that have the field.
    let presence: Presence
    let terms: TermIndex?
    /// Ranks of terms by document; of keywords.
    let keywords: Column<UInt32>?
    let numbers: NumberColumn?
    let points: PointColumn?

    init?(_ reader: inout DirectoryReader, base: Int, span: Int) {
        guard let presence = Presence(&reader, span: span), let hasTerms = reader.flag() else { return nil }
        self.presence = presence
        var index: TermIndex?
        var column: Column<UInt32>?
        if hasTerms {
            guard let terms = TermIndex(&reader, base: base, span: span), let isKeyword = reader.flag() else { return nil }
            index = terms
            if isKeyword {
                guard let ranks = Column<UInt32>(&reader, base: base, span: span),
                    ranks.values.elements.allSatisfy({ $0 < terms.dictionary.count })
                else { return nil }
                column = ranks
            }
        }
        terms = index
        keywords = column
        guard let hasNumbers = reader.flag() else { return nil }
        if hasNumbers {
            guard let column = NumberColumn(&reader, base: base, span: span) else { return nil }
            numbers = column
        } else {
            numbers = nil
        }
        guard let hasPoints = reader.flag() else { return nil }
        if hasPoints {
            guard let column = Column<Int64>(&reader, base: base, span: span) else { return nil }
            points = PointColumn(column: column)
        } else {
            points = nil
        }
    }
}
