internal import Analysis
internal import JSON
internal import Mapping
internal import Ordinals
internal import Query

/// Counts the documents that have each word, but for words in rows that another text had before: forwards, quotations and
/// boilerplate would else look significant.
///
/// Source: Elasticsearch's `DeDuplicatingTokenFilter`, which looks at six words in a row.
struct DistinctTextCounter {
    private static let rowLength = 6
    /// Documents that are read at once.
    static let batch = 500

    let view: ShardView
    let text: DistinctTextPlan

    /// - Complexity: O(the documents' words).
    /// - Throws: `ShardError`.
    func counts(_ documents: OrdinalSet, _ selector: TermSelector) throws(ShardError) -> [BucketKey: Int] {
        var counts: [BucketKey: Int] = [:]
        var seen = Set<Int>()
        var batch: [UInt32] = []
        func count() throws(ShardError) {
            if Task.isCancelled { throw .cancelled }
            for document in try view.documents(batch) {
                var words = Set<String>()
                for text in texts(of: document) { words.formUnion(newWords(of: text, &seen)) }
                for word in words {
                    let key = BucketKey.string(word)
                    if selector.accepts(key) { counts[key, default: 0] += 1 }
                }
            }
            batch.removeAll(keepingCapacity: true)
        }
        for ordinal in documents {
            batch.append(ordinal)
            if batch.count == Self.batch { try count() }
        }
        try count()
        return counts
    }

    private func texts(of document: ShardDocument) -> [String] {
        guard let source = document.source, let document = try? JSONDocument(parsing: source) else { return [] }
        return text.paths.flatMap { FieldsExtraction.values(at: $0, in: document.root).compactMap { ScalarValue($0)?.text } }
    }

    private func newWords(of text: String, _ seen: inout Set<Int>) -> [String] {
        guard let words = try? self.text.field.tokens(of: text).map(\.term) else { return [] }
        var isOld = [Bool](repeating: false, count: words.count)
        for start in words.indices.dropLast(Self.rowLength - 1) {
            let row = start..<(start + Self.rowLength)
            guard !seen.insert(Array(words[row]).hashValue).inserted else { continue }
            for place in row { isOld[place] = true }
        }
        return words.indices.filter { !isOld[$0] }.map { words[$0] }
    }
}
