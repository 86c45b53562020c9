internal import Ordinals

/// The values of a segment's documents in one field, in the order of documents, and of values within one.
struct Column<Value: BitwiseCopyable & Comparable & Sendable>: Sendable {
    /// Values that are handed out at a time.
    static var blockLength: Int { 1024 }

    let base: Int
    /// Documents of the segment.
    let span: Int
    let presence: Presence
    /// Where each slot's values begin, and an end; empty: each has one.
    let offsets: Section<UInt32>
    let values: Section<Value>

    var isSingleValued: Bool { offsets.count == 0 }

    @inline(__always)
    func range(ofSlot slot: Int) -> Range<Int> {
        isSingleValued ? slot..<(slot + 1) : Int(offsets.elements[slot])..<Int(offsets.elements[slot + 1])
    }

    /// The values of a document, ascending; none where it has none.
    func values(of ordinal: UInt32) -> UnsafeBufferPointer<Value> {
        guard Int(ordinal) >= base, let slot = presence.slot(of: Int(ordinal) - base) else { return values.slice(0..<0) }
        return values.slice(range(ofSlot: slot))
    }

    /// Hands out the values of some documents in blocks: ordinals, and a value for each; an ordinal stands as often as it
    /// has values.
    ///
    /// - Parameter window: only documents of these words of the set.
    /// - Complexity: O(documents in the set and in this segment); nothing is allocated for any.
    func forEachBlock<Failure: Error>(
        in set: OrdinalSet, within window: Range<Int> = 0..<Int.max,
        _ body: (UnsafeBufferPointer<UInt32>, UnsafeBufferPointer<Value>) throws(Failure) -> Void
    ) throws(Failure) {
        let words = set.words
        let end = min(words.count, (base + span + 63) >> 6, window.upperBound)
        let first = max(base >> 6, window.lowerBound)
        guard first < end else { return }
        let ordinals = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: Self.blockLength)
        let block = UnsafeMutableBufferPointer<Value>.allocate(capacity: Self.blockLength)
        defer {
            ordinals.deallocate()
            block.deallocate()
        }
        var count = 0
        for index in first..<end {
            var rest = words[index]
            while rest != 0 {
                let ordinal = index << 6 + rest.trailingZeroBitCount
                rest &= rest - 1
                guard let slot = presence.slot(of: ordinal - base) else { continue }
                for position in range(ofSlot: slot) {
                    ordinals[count] = UInt32(truncatingIfNeeded: ordinal)
                    block[count] = values.elements[position]
                    count += 1
                    if count == Self.blockLength {
                        try body(UnsafeBufferPointer(ordinals), UnsafeBufferPointer(block))
                        count = 0
                    }
                }
            }
        }
        if count > 0 {
            try body(UnsafeBufferPointer(rebasing: ordinals[..<count]), UnsafeBufferPointer(rebasing: block[..<count]))
        }
    }

    // MARK: Storage

    init?(_ reader: inout DirectoryReader, base: Int, span: Int) {
        guard let presence = Presence(&reader, span: span), let offsets = reader.section(of: UInt32.self),
            let values = reader.section(of: Value.self)
        else { return nil }
        let isConsistent =
            offsets.count == 0
            ? values.count == presence.count
            : offsets.count == presence.count + 1 && offsets[0] == 0 && Int(offsets[offsets.count - 1]) == values.count
                && (1..<offsets.count).allSatisfy { offsets[$0 - 1] <= offsets[$0] }
        guard isConsistent else { return nil }
        self.base = base
        self.span = span
        self.presence = presence
        self.offsets = offsets
        self.values = values
    }
}
