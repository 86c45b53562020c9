/// Floating-point numbers as integers of the same order, as Lucene's `NumericUtils.doubleToSortableLong` has them.
public enum SortableDouble {
    /// The integer of a number; -0 stands before 0.
    public static func encode(_ value: Double) -> Int64 {
        let bits = Int64(bitPattern: value.bitPattern)
        return bits ^ (bits >> 63) & .max
    }

    /// The number of an integer.
    public static func decode(_ value: Int64) -> Double {
        Double(bitPattern: UInt64(bitPattern: value ^ (value >> 63) & .max))
    }

    /// A range of numbers; the two zeros are one.
    static func encode(_ range: ClosedRange<Double>) -> ClosedRange<Int64> {
        let low = encode(range.lowerBound == 0 ? -0.0 : range.lowerBound)
        return low...max(low, encode(range.upperBound == 0 ? 0.0 : range.upperBound))
    }
}
