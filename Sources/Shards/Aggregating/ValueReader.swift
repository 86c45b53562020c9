internal import FieldIndex
internal import Mapping
internal import Ordinals
internal import Query

/// Reads the values that aggregations look at, field by field, in the order of documents.
struct ValueReader {
    let view: ShardView

    /// Documents that have a value.
    func documents(having source: ValuesSource) -> OrdinalSet {
        if case .constant = source.format { return view.hasNested ? view.live.union(view.nestedObjects) : view.live }
        if source.column == .none { return [] }
        return view.vectorOrdinals[source.field] ?? view.fields.documents(having: source.field)
    }

    /// Each number of some documents; of one document they ascend, and the same comes once if `isDistinct`.
    ///
    /// - Complexity: O(documents' values).
    ///
    /// - Parameter missing: the number of documents that have none, which come last; nil: they are passed over.
    func eachNumber(
        of source: ValuesSource, in documents: OrdinalSet, missing: Double? = nil, isDistinct: Bool = false,
        _ body: (UInt32, Double) -> Void
    ) {
        defer {
            if let missing { documents.subtracting(self.documents(having: source)).forEach { body($0, missing) } }
        }
        var last: (ordinal: UInt32, value: Double)?
        func hand(_ ordinal: UInt32, _ value: Double) {
            if isDistinct {
                if let last, last.ordinal == ordinal, last.value == value { return }
                last = (ordinal, value)
            }
            body(ordinal, value)
        }
        for column in view.fields.numbers(source.field) {
            switch source.column {
            case .longs(let scale) where !column.isFloatingPoint:
                column.forEachBlock(of: documents) { ordinals, values in
                    if source.format == .unsigned {
                        for (ordinal, value) in zip(ordinals, values) { hand(ordinal, Double(UInt64(bitPattern: value) ^ 1 << 63)) }
                    } else {
                        for (ordinal, value) in zip(ordinals, values) { hand(ordinal, Double(value) * scale) }
                    }
                }
            case .doubles where column.isFloatingPoint:
                column.forEachDoubleBlock(of: documents) { ordinals, values in
                    for (ordinal, value) in zip(ordinals, values) { hand(ordinal, value) }
                }
            case .none, .keywords, .longs, .doubles, .points, .vectors, .spans: break
            }
        }
    }

    /// Each keyword of some documents, as its rank in the whole.
    func eachKeyword(_ keywords: KeywordView, in documents: OrdinalSet, _ body: (UInt32, Int) -> Void) {
        for part in keywords.parts {
            part.column.forEachBlock(of: documents) { ordinals, ranks in
                for (ordinal, rank) in zip(ordinals, ranks) { body(ordinal, Int(part.globalRank(rank))) }
            }
        }
    }

    /// Each point of some documents.
    func eachPoint(of source: ValuesSource, in documents: OrdinalSet, _ body: (UInt32, EncodedPoint) -> Void) {
        for column in view.fields.points(source.field) {
            column.forEachBlock(of: documents) { ordinals, points in
                for (ordinal, point) in zip(ordinals, points) { body(ordinal, EncodedPoint(bits: point)) }
            }
        }
    }

    /// Each document's keys; documents come in any order, and one's keys together.
    ///
    /// - Parameter isDistinct: whether a number that a document has twice comes once.
    func eachKey(
        of source: ValuesSource, in documents: OrdinalSet, isDistinct: Bool = true, _ body: (UInt32, BucketKey) -> Void
    ) {
        switch source.column {
        case .none, .vectors, .spans:
            guard case .constant(let value) = source.format else { return }
            for ordinal in documents { body(ordinal, .string(value)) }
        case .keywords:
            guard let keywords = view.keywords(source.field) else { return }
            eachKeyword(keywords, in: documents) { body($0, .string(keywords.term($1))) }
        case .longs(let scale):
            let isDate = if case .date = source.format { true } else { false }
            for column in view.fields.numbers(source.field) where !column.isFloatingPoint {
                var last: (UInt32, Int64)?
                column.forEachBlock(of: documents) { ordinals, values in
                    for (ordinal, value) in zip(ordinals, values) {
                        if isDistinct, let last, last == (ordinal, value) { continue }
                        last = (ordinal, value)
                        if isDate, scale != 1 {
                            // Nanoseconds, which are told apart by milliseconds.
                            body(ordinal, .long(Int64((Double(value) * scale).rounded(.down))))
                        } else {
                            body(ordinal, scale == 1 ? .long(value) : .double(Double(value) * scale))
                        }
                    }
                }
            }
        case .doubles: eachNumber(of: source, in: documents, isDistinct: isDistinct) { body($0, .double($1)) }
        case .points:
            for column in view.fields.points(source.field) {
                column.forEachBlock(of: documents) { ordinals, points in
                    for (ordinal, point) in zip(ordinals, points) { body(ordinal, .long(point)) }
                }
            }
        }
    }
}
