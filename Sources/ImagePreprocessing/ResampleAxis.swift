internal import CImageCodecs

/// The weights with which one axis is resized, for a range of the outputs: Pillow's `precompute_coeffs`
/// (Resample.c), in fixed point.
struct ResampleAxis {
    /// For each output, the first sample that counts.
    private(set) var starts: [Int32] = []
    /// For each output, how many samples count.
    private(set) var counts: [Int32] = []
    /// `[outputs, stride]`, padded with zeros.
    private(set) var weights: [Int32]
    let stride: Int

    /// - Parameters:
    ///   - input: the size of the whole axis before the resize.
    ///   - output: the size of the whole axis after it.
    ///   - range: the outputs that are wanted.
    /// - Complexity: O(range × max(1, input / output)).
    init(input: Int, output: Int, range: Range<Int>, filter: ResampleFilter) {
        let scale = Double(input) / Double(output)
        let filterScale = max(scale, 1)
        let support = filter.support * filterScale
        // The vector kernels read whole groups of four weights.
        stride = (Int(support.rounded(.up)) * 2 + 1 + 3) & ~3
        weights = [Int32](repeating: 0, count: range.count * stride)
        starts.reserveCapacity(range.count)
        counts.reserveCapacity(range.count)
        var exact = [Double](repeating: 0, count: stride)
        for (row, index) in range.enumerated() {
            let centre = (Double(index) + 0.5) * scale
            let start = max(0, Int(centre - support + 0.5))
            let end = min(input, Int(centre + support + 0.5))
            var total = 0.0
            for tap in 0..<(end - start) {
                exact[tap] = filter.weight(at: (Double(tap + start) - centre + 0.5) * (1 / filterScale))
                total += exact[tap]
            }
            for tap in 0..<(end - start) {
                let weight = total == 0 ? exact[tap] : exact[tap] / total
                weights[row * stride + tap] = Self.fixedPoint(weight)
            }
            starts.append(Int32(start))
            counts.append(Int32(end - start))
        }
    }

    /// The samples that the outputs need.
    var needed: Range<Int> {
        let ends = zip(starts, counts).map { $0 + $1 }
        return Int(starts.min() ?? 0)..<Int(ends.max() ?? 0)
    }

    var outputs: Int { starts.count }

    /// The same with samples counted from `origin` on.
    func moved(origin: Int) -> ResampleAxis {
        var moved = self
        for index in starts.indices { moved.starts[index] -= Int32(origin) }
        return moved
    }

    /// Calls `body` with the C view of this axis.
    func withUnsafeAxis(_ body: (UnsafePointer<cimage_axis>) -> Void) {
        starts.withUnsafeBufferPointer { starts in
            counts.withUnsafeBufferPointer { counts in
                weights.withUnsafeBufferPointer { weights in
                    var axis = cimage_axis(
                        starts: starts.baseAddress, counts: counts.baseAddress, weights: weights.baseAddress,
                        stride: stride, outputs: starts.count)
                    body(&axis)
                }
            }
        }
    }

    private static func fixedPoint(_ weight: Double) -> Int32 {
        let scaled = weight * Double(1 << CIMAGE_WEIGHT_BITS)
        return Int32(scaled < 0 ? scaled - 0.5 : scaled + 0.5)
    }
}
