/// Counts a phrase of single terms, none of them moved, in documents of one segment: places are compared where they lie.
struct ExactPhrase {
    private struct Word {
        var places: TermPlaces
        /// Places between the first word and this.
        let distance: Int
        /// The places of the document that is looked at.
        var found = 0..<0
    }

    private var words: [Word]

    /// Nil: a slot has several terms or one that is nowhere, or terms may be moved.
    init?(_ phrase: PhraseQuery, in index: TermIndex) {
        guard phrase.slop == 0, let first = phrase.slots.first?.position else { return nil }
        words = []
        for slot in phrase.slots {
            guard slot.terms.count == 1, let list = index.postings(of: slot.terms[0]) else { return nil }
            words.append(Word(places: TermPlaces(list), distance: slot.position - first))
        }
    }

    /// How often the phrase stands in a document that comes after those before, and a posting of its; nil: not at all.
    ///
    /// - Complexity: O(the terms' places in the document), and what `TermPlaces` takes to find them.
    mutating func occurrences(in document: Int, of index: TermIndex) -> (count: Int, posting: Int)? {
        var posting = 0
        for word in words.indices {
            guard let found = words[word].places.find(document, in: index) else { return nil }
            words[word].found = found.places
            posting = found.posting
        }
        let occurrences = index.withPositions { positions in
            switch positions {
            case .narrow(let places): count(in: places)
            case .wide(let places): count(in: places)
            }
        }
        return occurrences == 0 ? nil : (occurrences, posting)
    }

    private mutating func count(in positions: UnsafeBufferPointer<some FixedWidthInteger>) -> Int {
        var count = 0
        for first in words[0].found.clamped(to: positions.indices) {
            var isThere = true
            for word in words.indices.dropFirst() {
                let wanted = Int(positions[first]) + words[word].distance
                var rest = words[word].found.clamped(to: positions.indices)
                while let place = rest.first, Int(positions[place]) < wanted { rest.removeFirst() }
                words[word].found = rest
                guard let place = rest.first else { return count }
                if Int(positions[place]) != wanted {
                    isThere = false
                    break
                }
            }
            if isThere { count += 1 }
        }
        return count
    }
}
