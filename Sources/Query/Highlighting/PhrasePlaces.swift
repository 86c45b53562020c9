/// Finds the tokens that make a phrase, each time that it stands in a text.
struct PhrasePlaces {
    /// Tokens that may stand in each place, by their positions.
    private let slots: [[Int]]
    /// The places' own numbers.
    private let offsets: [Int]
    private let position: (Int) -> Int
    private var next: [Int]

    init(slots: [[Int]], offsets: [Int], position: @escaping (Int) -> Int) {
        self.slots = slots
        self.offsets = offsets
        self.position = position
        next = slots.map { _ in 0 }
    }

    /// Of each occurrence, a token for each slot.
    ///
    /// The slot that is furthest behind goes on, over and over; where it would overtake the next one, the closest that all came
    /// together is an occurrence, if they were moved by no more than the slop.
    ///
    /// - Complexity: O(tokens · slots).
    mutating func all(slop: Int) -> [[Int]] {
        guard !slots.isEmpty, slots.allSatisfy({ !$0.isEmpty }) else { return [] }
        var found: [[Int]] = []
        while true {
            let places = slots.indices.map(place)
            guard let least = places.min(), let greatest = places.max(), let hindmost = places.firstIndex(of: least) else { return found }
            let slot = slots[hindmost], after = next[hindmost] + 1
            let following = after < slot.count ? position(slot[after]) - offsets[hindmost] : nil
            let others = places.indices.filter { $0 != hindmost }.map { places[$0] }.min() ?? least
            let comesCloser = following.map { $0 <= others && others != least } ?? false
            if !comesCloser, greatest - least <= slop {
                let tokens = slots.indices.map { slots[$0][next[$0]] }
                // No token stands in two places.
                if Set(tokens.map(position)).count == tokens.count { found.append(tokens) }
            }
            next[hindmost] += 1
            if next[hindmost] == slots[hindmost].count { return found }
        }
    }

    private func place(_ slot: Int) -> Int { position(slots[slot][next[slot]]) - offsets[slot] }
}
