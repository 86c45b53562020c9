/// Objects whose keys documents choose: one field holds all values, each behind its key and a 0, as Lucene's `flattened` has it.
/// What is asked of the field of one key is answered of the part of the dictionary that begins with the key.
extension Segment {
    /// The name, below an object's, of the field that holds the values of all of its keys.
    public static let keyedField = "_keyed"

    /// Of a field, or of a key of an object.
    func terms(_ field: String) -> TermIndex? {
        guard let own = fields[field] else { return keyedTerms(field) }
        return own.terms
    }

    /// Adds the documents that have a field, or a key of an object.
    func insertDocuments(having field: String, into words: borrowing OrdinalWords) {
        if let own = fields[field] { return own.presence.insert(into: words, base: base) }
        guard let terms = keyedTerms(field) else { return }
        for rank in 0..<terms.dictionary.count { terms.postings(rank).insert(into: words) }
    }

    /// How many documents have a field; of a key of an object, how many values there are.
    func documentCount(having field: String) -> Int { fields[field]?.presence.count ?? keyedTerms(field)?.postingCount ?? 0 }

    /// Whether a field is a key of an object.
    func isKey(_ field: String) -> Bool { keyedTerms(field) != nil }

    /// The dictionary of a key: what stands before some dot is the object, what follows is the key.
    private func keyedTerms(_ field: String) -> TermIndex? {
        if hiddenKeys.contains(field) { return nil }
        for dot in field.indices where field[dot] == "." {
            guard let index = fields[String(field[..<dot]) + "." + Self.keyedField]?.terms else { continue }
            return index.keyed(by: String(field[field.index(after: dot)...]))
        }
        return nil
    }

    func keyedKeywords(_ field: String) -> KeywordColumn? {
        guard let terms = keyedTerms(field) else { return nil }
        return keyedColumns.value(field) { KeywordColumn(terms, span: span) }
    }
}

extension KeywordColumn {
    /// The column of an index that has none.
    ///
    /// - Complexity: O(postings · log postings).
    init?(_ terms: TermIndex, span: Int) {
        var pairs: [UInt64] = []
        pairs.reserveCapacity(terms.postingCount)
        for rank in 0..<terms.dictionary.count {
            terms.postings(rank).forEach { document, _ in pairs.append(UInt64(document) << 32 | UInt64(rank)) }
        }
        pairs.sort()
        var content = ColumnContent<UInt32>()
        for pair in pairs { content.append(UInt32(truncatingIfNeeded: pair), document: UInt32(pair >> 32)) }
        var writer = SectionWriter()
        var directory = DirectoryWriter()
        content.write(span: span, into: &writer, &directory)
        let place = writer.append(directory.words)
        let memory = writer.finish()
        guard let words = Section<UInt64>(memory, offset: place.offset, count: place.count) else { return nil }
        var reader = DirectoryReader(memory: memory, words: words)
        guard let column = Column<UInt32>(&reader, base: terms.base, span: span) else { return nil }
        self.init(column: column, dictionary: terms.dictionary)
    }
}
