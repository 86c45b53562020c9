import MatrixKernels
import Testing

@Suite struct PrecisionTests {
    @Test func namesAreThoseOfTheField() {
        #expect(Precision.allCases.map(\.rawValue) == ["f32", "bf16", "int8"])
        #expect(Precision(rawValue: "fp4") == nil)
    }

    @Test func theStandardIsExactWhereTheCPULacksBfloat16() {
        #expect(Precision.standard == (InstructionSet.best >= .avx512BF16 ? .bf16 : .f32))
    }

    @Test func sensitiveLayersAreNeverOfEightBits() {
        #expect(Precision.allCases.map(\.ofSensitiveLayers) == [.f32, .bf16, .bf16])
    }
}
