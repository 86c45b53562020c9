internal import FieldIndex
internal import Ordinals

/// How many documents each document stands for: those that were summed up before they came here say so in `_doc_count`.
///
/// Reference: https://www.elastic.co/docs/reference/elasticsearch/mapping-reference/mapping-doc-count-field
struct DocumentCounts {
    /// Those that stand for more than one.
    private var counts: [UInt32: Int] = [:]
    private var ordinals = OrdinalSet()

    /// - Complexity: O(documents that have a count).
    init(_ fields: FieldIndexView) {
        var several: [UInt32] = []
        for column in fields.numbers("_doc_count") where !column.isFloatingPoint {
            column.forEachBlock(of: fields.documents(having: "_doc_count")) { block, values in
                for (ordinal, value) in zip(block, values) where value > 1 {
                    counts[ordinal] = Int(value)
                    several.append(ordinal)
                }
            }
        }
        ordinals = OrdinalSet(several.sorted())
    }

    /// Whether each document is one.
    var areOne: Bool { counts.isEmpty }

    func of(_ ordinal: UInt32) -> Int { counts.isEmpty ? 1 : counts[ordinal] ?? 1 }

    /// Of some documents together.
    ///
    /// - Complexity: O(documents), and O(1) where each is one.
    func of(_ documents: OrdinalSet) -> Int {
        if counts.isEmpty { return documents.count }
        return ordinals.intersection(documents).reduce(documents.count) { $0 + of($1) - 1 }
    }
}
