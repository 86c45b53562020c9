/// A set of ordinals as a dense bitmap: one bit for each ordinal up to the greatest. Live documents and filters.
///
/// The words are shared until one copy changes, as an array's are. `count` is kept, not counted.
public struct OrdinalSet: Sendable {
    /// Bit `ordinal % 64` of word `ordinal / 64`. The last word is never 0, so equal sets have equal words.
    public private(set) var words: [UInt64]
    /// - Complexity: O(1).
    public private(set) var count: Int

    public init() {
        words = []
        count = 0
    }

    public init(_ ordinals: some Sequence<UInt32>) {
        self.init()
        for ordinal in ordinals { insert(ordinal) }
    }

    /// All ordinals of a range.
    ///
    /// - Complexity: O(upper bound / 64).
    public init(_ range: Range<UInt32>) {
        self.init()
        guard !range.isEmpty else { return }
        let first = Int(range.lowerBound >> 6)
        let last = Int((range.upperBound - 1) >> 6)
        words = [UInt64](repeating: 0, count: first) + [UInt64](repeating: .max, count: last - first + 1)
        words[first] &= .max << UInt64(range.lowerBound & 63)
        words[last] &= .max >> UInt64(63 - ((range.upperBound - 1) & 63))
        count = range.count
    }

    /// A set of given words; bit `ordinal % 64` of word `ordinal / 64`.
    ///
    /// - Complexity: O(*n*) in the number of words.
    public init(words: [UInt64]) {
        self.words = words
        count = words.reduce(0) { $0 + $1.nonzeroBitCount }
        trim()
    }

    public var isEmpty: Bool { count == 0 }

    /// Complexity: O(1).
    public func contains(_ ordinal: UInt32) -> Bool {
        let word = Int(ordinal >> 6)
        return word < words.count && words[word] >> UInt64(ordinal & 63) & 1 == 1
    }

    /// - Returns: whether the ordinal is new.
    /// - Complexity: O(1), or O(ordinal / 64) where the bitmap must grow.
    @discardableResult
    public mutating func insert(_ ordinal: UInt32) -> Bool {
        let word = Int(ordinal >> 6)
        let bit: UInt64 = 1 << UInt64(ordinal & 63)
        if word >= words.count { words.append(contentsOf: repeatElement(0, count: word + 1 - words.count)) }
        guard words[word] & bit == 0 else { return false }
        words[word] |= bit
        count += 1
        return true
    }

    /// - Returns: whether the ordinal was there.
    @discardableResult
    public mutating func remove(_ ordinal: UInt32) -> Bool {
        guard contains(ordinal) else { return false }
        words[Int(ordinal >> 6)] &= ~(1 << UInt64(ordinal & 63))
        count -= 1
        trim()
        return true
    }

    /// The least ordinal.
    public var first: UInt32? {
        guard let word = words.firstIndex(where: { $0 != 0 }) else { return nil }
        return UInt32(word << 6 + words[word].trailingZeroBitCount)
    }

    /// The greatest ordinal.
    ///
    /// - Complexity: O(1).
    public var last: UInt32? {
        guard let word = words.last else { return nil }
        return UInt32(words.count << 6 - 1 - word.leadingZeroBitCount)
    }

    private mutating func trim() {
        while words.last == 0 { words.removeLast() }
    }
}

extension OrdinalSet: Equatable, Hashable {}

extension OrdinalSet: ExpressibleByArrayLiteral {
    public init(arrayLiteral ordinals: UInt32...) {
        self.init(ordinals)
    }
}

extension OrdinalSet: Sequence {
    /// Ordinals in ascending order. The loop to use where speed counts; iteration is for convenience.
    public func forEach<Failure: Error>(_ body: (UInt32) throws(Failure) -> Void) throws(Failure) {
        for (index, word) in words.enumerated() {
            var rest = word
            while rest != 0 {
                try body(UInt32(index << 6 + rest.trailingZeroBitCount))
                rest &= rest - 1
            }
        }
    }

    /// Walks along the ordinals, the least first.
    public struct Iterator: IteratorProtocol {
        private let words: [UInt64]
        private var index = 0
        private var rest: UInt64

        init(_ words: [UInt64]) {
            self.words = words
            rest = words.first ?? 0
        }

        public mutating func next() -> UInt32? {
            while rest == 0 {
                index += 1
                guard index < words.count else { return nil }
                rest = words[index]
            }
            defer { rest &= rest - 1 }
            return UInt32(index << 6 + rest.trailingZeroBitCount)
        }
    }

    public func makeIterator() -> Iterator { Iterator(words) }

    public var underestimatedCount: Int { count }
}
