import MatrixKernels

/// A small generator with a fixed seed, so that every run sees the same numbers.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func floats(_ count: Int, in range: ClosedRange<Float> = -1...1) -> [Float] {
        (0..<count).map { _ in Float.random(in: range, using: &self) }
    }
}

/// The engines to test: every instruction set of this CPU, alone and with help.
let engines: [MatrixEngine] = InstructionSet.available.flatMap { set in
    [MatrixEngine(threads: 1, instructionSet: set), MatrixEngine(threads: 3, instructionSet: set)]
}

/// The largest distance of two equally long lists.
func largestDifference(_ left: [Float], _ right: [Double]) -> Double {
    guard left.count == right.count else { return .infinity }
    return zip(left, right).reduce(0) { worst, pair in
        let difference = abs(Double(pair.0) - pair.1)
        return difference <= worst ? worst : (difference.isNaN ? .infinity : difference)
    }
}
