extension RandomAccessCollection where Index == Int {
    /// The first index from which on `isBeyond` holds, in a collection that is partitioned by it.
    ///
    /// - Complexity: O(log *n*).
    @inlinable
    @inline(__always)
    package func partitioningIndex(where isBeyond: (Element) -> Bool) -> Int {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = low + (high - low) / 2
            if isBeyond(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
