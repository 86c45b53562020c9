extension OrdinalSet {
    /// - Complexity: O(*n*) in words, as for the other operations.
    public func union(_ other: OrdinalSet) -> OrdinalSet {
        let (long, short) = words.count >= other.words.count ? (words, other.words) : (other.words, words)
        var result = long
        for index in short.indices { result[index] |= short[index] }
        return OrdinalSet(words: result)
    }

    /// What both have. Complexity: O(the smaller's largest ordinal / 64).
    public func intersection(_ other: OrdinalSet) -> OrdinalSet {
        let shared = Swift.min(words.count, other.words.count)
        var result = [UInt64](words[..<shared])
        for index in 0..<shared { result[index] &= other.words[index] }
        return OrdinalSet(words: result)
    }

    /// How many are in both.
    public func intersectionCount(_ other: OrdinalSet) -> Int {
        words.withUnsafeBufferPointer { own in
            other.words.withUnsafeBufferPointer { others in
                var count = 0
                for index in 0..<Swift.min(own.count, others.count) { count += (own[index] & others[index]).nonzeroBitCount }
                return count
            }
        }
    }

    /// What this has and the other has not. Complexity: O(largest ordinal / 64).
    public func subtracting(_ other: OrdinalSet) -> OrdinalSet {
        var result = words
        for index in 0..<Swift.min(words.count, other.words.count) { result[index] &= ~other.words[index] }
        return OrdinalSet(words: result)
    }

    /// Adds what the other has.
    public mutating func formUnion(_ other: OrdinalSet) { self = union(other) }
    /// Keeps what the other has, too.
    public mutating func formIntersection(_ other: OrdinalSet) { self = intersection(other) }
    /// Removes what the other has.
    public mutating func subtract(_ other: OrdinalSet) { self = subtracting(other) }

    /// Whether the other has all of this. Complexity: O(largest ordinal / 64).
    public func isSubset(of other: OrdinalSet) -> Bool {
        guard words.count <= other.words.count else { return false }
        return words.withUnsafeBufferPointer { own in
            other.words.withUnsafeBufferPointer { others in
                // All at once: wide instructions are faster than an early end.
                var missing: UInt64 = 0
                for index in own.indices { missing |= own[index] & ~others[index] }
                return missing == 0
            }
        }
    }
}
