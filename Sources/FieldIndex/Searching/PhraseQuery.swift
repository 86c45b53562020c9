public import Ordinals

/// Terms that stand one after the other.
public struct PhraseQuery: Hashable, Sendable {
    /// One place of a phrase.
    public struct Slot: Hashable, Sendable {
        /// Any of them may stand there.
        public var terms: [String]
        /// The place, counted as the analyzer does: it leaves gaps where it left words out.
        public var position: Int

        public init(_ terms: [String], position: Int) {
            self.terms = terms
            self.position = position
        }
    }

    public var field: String
    public var slots: [Slot]
    /// How many places terms may have been moved, together.
    public var slop: Int

    public init(field: String, slots: [Slot], slop: Int = 0) {
        self.field = field
        self.slots = slots
        self.slop = slop
    }

    /// Consecutive terms.
    public init(field: String, terms: [String], slop: Int = 0) {
        self.init(field: field, slots: terms.enumerated().map { Slot([$1], position: $0) }, slop: slop)
    }
}

/// Counts a phrase in one document, as Lucene does: whole where it stands as it is, and 1 / (1 + distance) for each time that
/// it stands with its terms moved by no more than the slop.
struct PhraseMatcher {
    let slop: Int
    /// Of each slot: where its terms stand, less the slot's own place; ascending.
    var places: [[Int32]]
    /// Slots that share a term must not take it from one place.
    let groups: [Int?]
    let offsets: [Int32]

    init(_ query: PhraseQuery) {
        slop = query.slop
        places = query.slots.map { _ in [] }
        offsets = query.slots.map { Int32(clamping: $0.position) }
        groups = query.slots.indices.map { slot in
            let sharing = query.slots.indices.filter { !Set(query.slots[$0].terms).isDisjoint(with: query.slots[slot].terms) }
            return sharing.count > 1 ? sharing[0] : nil
        }
    }

    /// 0: it does not stand there.
    func frequency() -> Float {
        if places.contains(where: \.isEmpty) { return 0 }
        return slop == 0 ? exactFrequency() : sloppyFrequency()
    }

    private func exactFrequency() -> Float {
        var next = [Int](repeating: 0, count: places.count)
        var count = 0
        for place in places[0] {
            var isThere = true
            for slot in places.indices.dropFirst() {
                while next[slot] < places[slot].count, places[slot][next[slot]] < place { next[slot] += 1 }
                guard next[slot] < places[slot].count else { return Float(count) }
                if places[slot][next[slot]] != place {
                    isThere = false
                    break
                }
            }
            if isThere { count += 1 }
        }
        return Float(count)
    }

    /// The slot that is furthest behind goes on until it is no longer, over and over: each time that it overtakes another,
    /// the closest it came to the one furthest ahead is a match.
    private func sloppyFrequency() -> Float {
        var next = [Int](repeating: 0, count: places.count)
        var end = Int32.min
        func place(_ slot: Int) -> Int32 { places[slot][next[slot]] }
        func isBehind(_ slot: Int, _ other: Int) -> Bool { (place(slot), offsets[slot], slot) < (place(other), offsets[other], other) }
        func advance(_ slot: Int, by count: Int = 1) -> Bool {
            next[slot] += count
            guard next[slot] < places[slot].count else { return false }
            end = max(end, place(slot))
            return true
        }
        /// Where two slots have taken one place, the one that is behind goes on.
        func settle(_ slot: Int) -> Bool {
            guard let group = groups[slot] else { return true }
            var slot = slot
            while let other = places.indices.first(where: { other in
                other != slot && groups[other] == group && place(other) + offsets[other] == place(slot) + offsets[slot]
            }) {
                slot = isBehind(slot, other) ? slot : other
                guard advance(slot) else { return false }
            }
            return true
        }
        // Slots of one term begin with one of its places each.
        for slot in places.indices {
            let rank = groups[slot].map { group in groups[..<slot].count { $0 == group } } ?? 0
            guard advance(slot, by: rank) else { return 0 }
        }
        for slot in places.indices { guard settle(slot) else { return 0 } }
        func hindmost(but left: Int? = nil) -> Int {
            places.indices.filter { $0 != left }.min(by: isBehind) ?? 0
        }
        var frequency: Float = 0
        var slot = hindmost()
        var length = end - place(slot)
        if places.count == 1 { return Float(places[0].count) }
        var following = place(hindmost(but: slot))
        while true {
            guard advance(slot), settle(slot) else { break }
            if place(slot) > following {
                if length <= slop { frequency += 1 / (1 + Float(length)) }
                slot = hindmost()
                following = place(hindmost(but: slot))
                length = end - place(slot)
            } else {
                length = min(length, end - place(slot))
            }
        }
        if length <= slop { frequency += 1 / (1 + Float(length)) }
        return frequency
    }
}

extension FieldIndexView {
    /// Documents in which a phrase stands, by BM25: as one term that is as rare as all of its terms together.
    ///
    /// - Complexity: O(documents that have all terms, and the terms' places in them).
    public func score(_ phrase: PhraseQuery, boost: Float = 1, among accepted: OrdinalSet) -> ScoredDocuments {
        guard !phrase.slots.isEmpty else { return ScoredDocuments() }
        let statistics = statistics(of: phrase.field)
        var rarity: Float = 0
        var candidates = accepted
        for slot in phrase.slots {
            for term in slot.terms {
                let matching = documentFrequency(of: term, in: phrase.field)
                if matching > 0 { rarity += BM25.inverseDocumentFrequency(documents: statistics.documents, matching: matching) }
            }
            candidates.formIntersection(documents(withAnyOf: slot.terms, in: phrase.field))
        }
        if candidates.isEmpty { return ScoredDocuments() }
        let scorer = BM25(inverseDocumentFrequency: rarity, averageLength: statistics.averageLength, boost: boost)
        var found: [UInt32] = []
        var scores: [Float] = []
        for segment in segments {
            guard let index = segment.fields[phrase.field]?.terms, index.isText else { continue }
            let inside = candidates.intersection(segment.ordinals)
            if inside.isEmpty { continue }
            var matcher = PhraseMatcher(phrase)
            var cursors = phrase.slots.map { slot in slot.terms.compactMap { index.postings(of: $0).map(PostingCursor.init) } }
            inside.forEach { ordinal in
                var lengthCode: UInt8 = 1
                for slot in cursors.indices {
                    matcher.places[slot].removeAll(keepingCapacity: true)
                    for term in cursors[slot].indices {
                        guard let posting = cursors[slot][term].posting(of: Int(ordinal) - index.base) else { continue }
                        lengthCode = index.lengths[posting]
                        index.appendPositions(of: posting, to: &matcher.places[slot])
                    }
                    if cursors[slot].count > 1 { matcher.places[slot].sort() }
                    for place in matcher.places[slot].indices { matcher.places[slot][place] &-= matcher.offsets[slot] }
                }
                let frequency = matcher.frequency()
                guard frequency > 0 else { return }
                found.append(ordinal)
                scores.append(scorer.score(frequency: frequency, lengthCode: lengthCode))
            }
        }
        return ScoredDocuments(ordinals: OrdinalSet(found), scores: scores)
    }
}
