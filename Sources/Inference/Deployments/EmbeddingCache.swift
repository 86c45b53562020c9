internal import Synchronization

/// The vectors of texts that were asked for lately, by their tokens. The one that was not used for longest goes first.
final class EmbeddingCache: Sendable {
    struct Entry {
        let tokens: [Int32]
        let vector: [Float]
        /// Places of the entries that were used just before and just after this one; nil at the ends.
        var older: Int?
        var newer: Int?

        /// What it takes, about: both arrays with their headers, the entry, and its place in the table.
        var bytes: Int { 4 * (tokens.count + vector.count) + 192 }
    }

    struct State {
        var places: [[Int32]: Int] = [:]
        var entries: [Entry?] = []
        var free: [Int] = []
        var oldest: Int?
        var newest: Int?
        var bytes = 0
    }

    let capacity: Int
    private let state = Mutex(State())

    /// - Parameter capacity: in bytes; 0 keeps nothing.
    init(capacity: Int) {
        self.capacity = capacity
    }

    var bytes: Int { state.withLock { $0.bytes } }

    /// - Complexity: O(tokens).
    func vector(of tokens: [Int32]) -> [Float]? {
        guard capacity > 0 else { return nil }
        return state.withLock { state in
            guard let place = state.places[tokens], let vector = state.entries[place]?.vector else { return nil }
            state.detach(place)
            state.append(place)
            return vector
        }
    }

    /// - Complexity: O(tokens), amortised.
    func insert(_ vector: [Float], for tokens: [Int32]) {
        let entry = Entry(tokens: tokens, vector: vector)
        guard entry.bytes <= capacity else { return }
        state.withLock { state in
            if let place = state.places[tokens] { state.remove(place) }
            state.insert(entry)
            while state.bytes > capacity, let oldest = state.oldest { state.remove(oldest) }
        }
    }

    func removeAll() {
        state.withLock { $0 = State() }
    }
}

extension EmbeddingCache.State {
    fileprivate mutating func insert(_ entry: EmbeddingCache.Entry) {
        let place = free.popLast() ?? entries.count
        if place == entries.count { entries.append(entry) } else { entries[place] = entry }
        places[entry.tokens] = place
        bytes += entry.bytes
        append(place)
    }

    fileprivate mutating func remove(_ place: Int) {
        guard let entry = entries[place] else { return }
        detach(place)
        entries[place] = nil
        places[entry.tokens] = nil
        bytes -= entry.bytes
        free.append(place)
    }

    fileprivate mutating func append(_ place: Int) {
        entries[place]?.older = newest
        if let newest { entries[newest]?.newer = place } else { oldest = place }
        newest = place
    }

    fileprivate mutating func detach(_ place: Int) {
        guard let entry = entries[place] else { return }
        if let older = entry.older { entries[older]?.newer = entry.newer } else { oldest = entry.newer }
        if let newer = entry.newer { entries[newer]?.older = entry.older } else { newest = entry.older }
        entries[place]?.older = nil
        entries[place]?.newer = nil
    }
}
