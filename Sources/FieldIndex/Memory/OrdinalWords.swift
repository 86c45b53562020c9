internal import Ordinals

/// A set of ordinals while it is being gathered: words of a fixed number, that are written to in any order.
struct OrdinalWords: ~Copyable {
    private let words: UnsafeMutableBufferPointer<UInt64>

    /// - Parameter limit: no ordinal reaches it.
    init(limit: Int) {
        words = .allocate(capacity: (limit + 63) / 64)
        words.initialize(repeating: 0)
    }

    deinit { words.deallocate() }

    /// Ordinals beyond the limit are left out.
    @inline(__always)
    func insert(_ ordinal: Int) {
        let index = ordinal >> 6
        guard index < words.count else { return }
        words[index] |= 1 << UInt64(ordinal & 63)
    }

    @inline(__always)
    func or(_ word: UInt64, at index: Int) {
        guard index < words.count else { return }
        words[index] |= word
    }

    /// - Parameter base: the ordinal of the first bit, a multiple of 64.
    func insert(_ other: UnsafeBufferPointer<UInt64>, base: Int) {
        let first = base >> 6
        guard first < words.count else { return }
        for index in 0..<min(other.count, words.count - first) { words[first + index] |= other[index] }
    }

    func insert(_ range: Range<Int>) {
        let range = range.clamped(to: 0..<(words.count << 6))
        guard !range.isEmpty else { return }
        let first = range.lowerBound >> 6
        let last = (range.upperBound - 1) >> 6
        for index in first...last {
            var word = UInt64.max
            if index == first { word &= .max << UInt64(range.lowerBound & 63) }
            if index == last { word &= .max >> UInt64(63 - (range.upperBound - 1) & 63) }
            words[index] |= word
        }
    }

    var set: OrdinalSet { OrdinalSet(words: Array(words)) }
}
