/// Sorting of positions by 64-bit keys: least significant digits first, skipping those that all keys share.
enum RadixOrder {
    /// The positions of the values in ascending order; equal values keep theirs.
    ///
    /// - Complexity: O(*n*) for each of the 16-bit digits that differ, at most four.
    static func order(of values: [Int64]) -> [UInt32] {
        var order = (0..<UInt32(values.count)).map { $0 }
        guard values.count > 1 else { return order }
        if values.count < 256 {
            return order.sorted { (values[Int($0)], $0) < (values[Int($1)], $1) }
        }
        let isSorted = zip(values, values.dropFirst()).allSatisfy { $0 <= $1 }
        if isSorted { return order }
        let keys = values.map { UInt64(bitPattern: $0) ^ (1 << 63) }
        let differing = keys.reduce(0) { $0 | ($1 ^ keys[0]) }
        var other = [UInt32](repeating: 0, count: order.count)
        for shift in stride(from: 0, to: 64, by: 16) as StrideTo<UInt64> where differing >> shift & 0xFFFF != 0 {
            var starts = [UInt32](repeating: 0, count: 65_537)
            keys.withUnsafeBufferPointer { keys in
                starts.withUnsafeMutableBufferPointer { starts in
                    for key in keys { starts[Int(key >> shift & 0xFFFF) + 1] += 1 }
                    for digit in 1..<starts.count { starts[digit] += starts[digit - 1] }
                    order.withUnsafeBufferPointer { order in
                        other.withUnsafeMutableBufferPointer { other in
                            for position in order {
                                let digit = Int(keys[Int(position)] >> shift & 0xFFFF)
                                other[Int(starts[digit])] = position
                                starts[digit] += 1
                            }
                        }
                    }
                }
            }
            swap(&order, &other)
        }
        return order
    }
}
