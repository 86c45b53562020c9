internal import CVectorKernels

/// A turning of vectors, chosen at random: afterwards no component stands out, which codes of few bits rely on.
///
/// Lengths and products stay as they are, but for rounding. FHT-Kac of RaBitQ's library: signs, Hadamard transforms and a
/// mixing of halves, O(d log d) instead of a matrix's O(d²).
struct Rotation: Sendable {
    let dimensions: Int
    /// `[rounds, dimensions]` of 1 and -1.
    private let signs: [Float]

    /// - Parameter seed: the same seed gives the same rotation, on every machine.
    init(dimensions: Int, seed: UInt64) {
        self.dimensions = dimensions
        var random = SplitMix64(seed: seed)
        signs = (0..<(Int(CVK_ROTATION_ROUNDS) * dimensions)).map { _ in random.next() >> 63 == 0 ? 1 : -1 }
    }

    /// Turns `[dimensions]` components in place.
    func callAsFunction(_ components: UnsafeMutableBufferPointer<Float>) {
        precondition(components.count == dimensions)
        guard let start = components.baseAddress else { return }
        cvk_best_sealed_kernels().pointee.rotate(signs, dimensions, start)
    }
}

/// SplitMix64 (Steele, Lea and Flood, 2014): evenly spread numbers, the same for a seed on every machine.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
