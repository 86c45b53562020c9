import MatrixKernels
import TestSupport

extension SeededGenerator {
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
