internal import Ordinals

/// How often something stands in one document, and how long the document's field is: what its score is made of.
public struct Occurrences: Equatable, Sendable {
    /// A fraction for a phrase whose words were moved.
    public var frequency: Float
    /// As scores take it: exact up to 39 tokens.
    public var length: Float
}

/// What the scores of a field's terms depend on beside their occurrences.
public struct TermStatistics: Equatable, Sendable {
    public var term: String
    /// Documents that count as having it.
    public var documents: Int

    public init(term: String, documents: Int) {
        self.term = term
        self.documents = documents
    }
}

extension FieldIndexView {
    /// Nil: the document does not have the term.
    ///
    /// - Complexity: O(segments · log terms + the term's containers).
    public func occurrences(of term: String, in field: String, ordinal: UInt32) -> Occurrences? {
        guard let segment = segment(of: ordinal), let index = segment.terms(field), let list = index.postings(of: term) else {
            return nil
        }
        var cursor = PostingCursor(list)
        guard let posting = cursor.posting(of: Int(ordinal) - index.base) else { return nil }
        return Occurrences(
            frequency: Float(index.frequency(posting)),
            length: index.isText ? Float(LengthCode.decode(index.lengths[posting])) : 1)
    }

    /// Nil: the phrase does not stand in the document.
    public func occurrences(of phrase: PhraseQuery, ordinal: UInt32) -> Occurrences? {
        var found: Occurrences?
        forEachOccurrence(of: phrase, among: [ordinal]) { _, frequency, code in
            found = Occurrences(frequency: frequency, length: Float(LengthCode.decode(code)))
        }
        return found
    }

    /// The terms of a phrase that some document has.
    public func statistics(of phrase: PhraseQuery) -> [TermStatistics] {
        phrase.slots.flatMap { slot in
            slot.terms.compactMap { term in
                let documents = documentFrequency(of: term, in: phrase.field)
                return documents > 0 ? TermStatistics(term: term, documents: documents) : nil
            }
        }
    }

    /// The terms of one document in a field; of texts, where they stand.
    ///
    /// - Complexity: O(the field's terms in the document's segment).
    public func terms(of ordinal: UInt32, in field: String) -> [String] {
        guard let segment = segment(of: ordinal), let index = segment.terms(field) else { return [] }
        return (0..<index.dictionary.count).compactMap { rank in
            var cursor = PostingCursor(index.postings(rank))
            guard cursor.posting(of: Int(ordinal) - index.base) != nil else { return nil }
            return String(decoding: index.dictionary.utf8(rank), as: UTF8.self)
        }
    }

    private func segment(of ordinal: UInt32) -> Segment? {
        segments.last { $0.firstOrdinal <= ordinal && ordinal < $0.endOrdinal }
    }
}
