/// How far a character filter moved what stands behind each of its changes.
struct OffsetCorrections: Sendable {
    private var offsets: [Int] = []
    private var shifts: [Int] = []

    /// From `offset` of the filtered text on, the original place is `shift` units further.
    mutating func add(from offset: Int, shift: Int) {
        // Several changes end at one place: the last one counts.
        while let last = offsets.last, last >= offset {
            offsets.removeLast()
            shifts.removeLast()
        }
        offsets.append(offset)
        shifts.append(shift)
    }

    /// - Complexity: O(log *n*) in the changes.
    func original(_ offset: Int) -> Int {
        var low = 0, high = offsets.count
        while low < high {
            let middle = (low + high) / 2
            if offsets[middle] <= offset { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? offset : offset + shifts[low - 1]
    }
}

/// Builds a filtered text and its corrections side by side.
struct TextRewriter {
    private(set) var bytes: [UInt8] = []
    private var corrections = OffsetCorrections()
    private var written = 0
    private var read = 0

    /// Copies a part of the source.
    mutating func copy(_ part: ArraySlice<UInt8>) {
        bytes.append(contentsOf: part)
        let count = UTF8Scalars.utf16Count(part)
        written += count
        read += count
    }

    /// Writes `replacement` in the place of a part of the source.
    mutating func replace(_ part: ArraySlice<UInt8>, with replacement: some Collection<UInt8>) {
        let removed = UTF8Scalars.utf16Count(part), added = UTF8Scalars.utf16Count(replacement)
        bytes.append(contentsOf: replacement)
        if added > removed {
            // What is longer than the original stands where its last unit did.
            let last = read + max(removed - 1, 0)
            for extra in removed..<added { corrections.add(from: written + extra, shift: last - written - extra) }
        }
        written += added
        read += removed
        if added != removed { corrections.add(from: written, shift: read - written) }
    }

    /// The text so far, standing upon the corrections of `source`.
    func finished(from source: SourceText) -> SourceText {
        SourceText(bytes: bytes, corrections: source.corrections + [corrections])
    }
}
