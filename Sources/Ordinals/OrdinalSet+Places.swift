extension OrdinalSet {
    /// The least ordinal that is not less than one.
    ///
    /// - Complexity: O(distance / 64).
    public func first(from ordinal: UInt32) -> UInt32? {
        var index = Int(ordinal >> 6)
        guard index < words.count else { return nil }
        var word = words[index] & (.max << UInt64(ordinal & 63))
        while word == 0 {
            index += 1
            guard index < words.count else { return nil }
            word = words[index]
        }
        return UInt32(index << 6 + word.trailingZeroBitCount)
    }

    /// The ordinals directly before one, without a gap: where they begin.
    ///
    /// - Returns: `ordinal` itself if the one before it is not in the set.
    /// - Complexity: O(length of the run).
    public func runStart(before ordinal: UInt32) -> UInt32 {
        var start = ordinal
        while start > 0, contains(start - 1) { start -= 1 }
        return start
    }
}
