/// Counts a phrase in one document, as Lucene does: whole where it stands as it is, and 1 / (1 + distance) for each time that
/// it stands with its terms moved by no more than the slop.
struct PhraseMatcher {
    let slop: Int
    /// Of each slot: where its terms stand, less the slot's own place; ascending.
    var places: [[Int32]]
    /// Slots that share a term must not take it from one place.
    let groups: [Int?]
    let offsets: [Int32]
    /// Of each slot, the place that is looked at.
    private var next: [Int]
    /// The place furthest ahead.
    private var end = Int32.min

    init(_ query: PhraseQuery) {
        slop = query.slop
        places = query.slots.map { _ in [] }
        next = query.slots.map { _ in 0 }
        offsets = query.slots.map { Int32(clamping: $0.position) }
        groups = query.slots.indices.map { slot in
            let sharing = query.slots.indices.filter { !Set(query.slots[$0].terms).isDisjoint(with: query.slots[slot].terms) }
            return sharing.count > 1 ? sharing[0] : nil
        }
    }

    /// 0: it does not stand there.
    mutating func frequency() -> Float {
        for slot in places.indices {
            if places[slot].isEmpty { return 0 }
            next[slot] = 0
        }
        return slop == 0 ? exactFrequency() : sloppyFrequency()
    }

    private mutating func exactFrequency() -> Float {
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
    private mutating func sloppyFrequency() -> Float {
        if places.count == 1 { return Float(places[0].count) }
        end = .min
        // Slots of one term begin with one of its places each.
        for slot in places.indices {
            let rank = groups[slot].map { group in groups[..<slot].count { $0 == group } } ?? 0
            guard advance(slot, by: rank) else { return 0 }
        }
        for slot in places.indices { guard settle(slot) else { return 0 } }
        var frequency: Float = 0
        var slot = hindmost()
        var length = end &- place(slot)
        var following = place(hindmost(but: slot))
        while advance(slot, by: 1), settle(slot) {
            if place(slot) > following {
                if length <= slop { frequency += 1 / (1 + Float(length)) }
                slot = hindmost()
                following = place(hindmost(but: slot))
                length = end &- place(slot)
            } else {
                length = min(length, end &- place(slot))
            }
        }
        if length <= slop { frequency += 1 / (1 + Float(length)) }
        return frequency
    }

    private func place(_ slot: Int) -> Int32 { places[slot][next[slot]] }

    private func isBehind(_ slot: Int, _ other: Int) -> Bool {
        (place(slot), offsets[slot], slot) < (place(other), offsets[other], other)
    }

    private func hindmost(but left: Int? = nil) -> Int {
        var hindmost: Int?
        for slot in places.indices where slot != left {
            if hindmost.map({ isBehind(slot, $0) }) ?? true { hindmost = slot }
        }
        return hindmost ?? 0
    }

    private mutating func advance(_ slot: Int, by count: Int) -> Bool {
        next[slot] += count
        guard next[slot] < places[slot].count else { return false }
        end = max(end, place(slot))
        return true
    }

    /// Where two slots have taken one place, the one that is behind goes on.
    private mutating func settle(_ slot: Int) -> Bool {
        guard let group = groups[slot] else { return true }
        var slot = slot
        while let other = places.indices.first(where: { other in
            other != slot && groups[other] == group && place(other) &+ offsets[other] == place(slot) &+ offsets[slot]
        }) {
            slot = isBehind(slot, other) ? slot : other
            guard advance(slot, by: 1) else { return false }
        }
        return true
    }
}
