/// A value for each scalar, in two stages: pages of 256 scalars that are alike share one.
struct ScalarTable<Value: Hashable & Sendable>: Sendable {
    private let pages: [UInt16]
    private let values: [Value]

    /// - Parameter fill: gets a function that sets the value of a range of scalars.
    init(_ standard: Value, _ fill: ((ClosedRange<UInt32>, Value) -> Void) -> Void) {
        var flat: [Int: [Value]] = [:]
        fill { range, value in
            for page in Int(range.lowerBound >> 8)...Int(range.upperBound >> 8) {
                let first = max(Int(range.lowerBound), page << 8) & 255, last = min(Int(range.upperBound), page << 8 | 255) & 255
                var content = flat.removeValue(forKey: page) ?? Array(repeating: standard, count: 256)
                for index in first...last { content[index] = value }
                flat[page] = content
            }
        }
        var pages = [UInt16](repeating: 0, count: 0x1100)
        var values = [Value](repeating: standard, count: 256)
        var known: [[Value]: UInt16] = [values: 0]
        for (page, content) in flat where page < pages.count {
            if let same = known[content] {
                pages[page] = same
            } else {
                pages[page] = UInt16(values.count / 256)
                known[content] = pages[page]
                values += content
            }
        }
        self.pages = pages
        self.values = values
    }

    /// - Complexity: O(1).
    @inline(__always)
    subscript(scalar: UInt32) -> Value { values[Int(pages[Int(scalar >> 8)]) << 8 | Int(scalar & 255)] }
}
