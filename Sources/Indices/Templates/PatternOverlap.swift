/// Whether two patterns with `*` have a name in common.
enum PatternOverlap {
    /// Whether a pattern of the one and one of the other have.
    static func exists(among left: [String], _ right: [String]) -> Bool {
        left.contains { one in right.contains { exists(Array(one.utf8), Array($0.utf8)) } }
    }

    /// - Complexity: O(*n m*).
    static func exists(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        let star = UInt8(ascii: "*")
        // row[j]: whether what is behind in `left` and the first j bytes of `right` have a name in common.
        var row = [Bool](repeating: false, count: right.count + 1)
        row[0] = true
        for (j, byte) in right.enumerated() where byte == star { row[j + 1] = row[j] }
        for byte in left {
            var next = [Bool](repeating: false, count: right.count + 1)
            next[0] = byte == star && row[0]
            for (j, other) in right.enumerated() {
                next[j + 1] =
                    byte == star || other == star ? row[j + 1] || next[j] || (byte == star && other == star && row[j])
                    : row[j] && byte == other
            }
            row = next
        }
        return row[right.count]
    }
}
