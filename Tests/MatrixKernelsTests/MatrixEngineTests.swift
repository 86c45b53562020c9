import MatrixKernels
import Testing

@Suite struct MatrixEngineTests {
    @Test func defaultsAndLimits() {
        #expect(MatrixEngine().threads == MatrixEngine.cores)
        #expect(MatrixEngine(threads: 0).threads == 1)
        #expect(MatrixEngine(instructionSet: .avx512BF16).instructionSet == InstructionSet.best)
        #expect(MatrixEngine(instructionSet: .portable).instructionSet == .portable)
    }

    @Test func everyLowerInstructionSetIsAvailable() {
        #expect(InstructionSet.available.first == .portable)
        #expect(InstructionSet.available.last == .best)
    }
}
