import MatrixKernels
import Testing

@Suite struct MatrixEngineTests {
    @Test func defaultsAndLimits() {
        #expect(MatrixEngine().threads == MatrixEngine.cores)
        #expect(MatrixEngine(threads: 0).threads == 1)
        #expect(MatrixEngine(instructionSet: .avx512).instructionSet == InstructionSet.best)
        #expect(MatrixEngine(instructionSet: .portable).backend == .native)
    }

    @Test func everyLowerInstructionSetIsAvailable() {
        #expect(InstructionSet.available.first == .portable)
        #expect(InstructionSet.available.last == .best)
    }
}
