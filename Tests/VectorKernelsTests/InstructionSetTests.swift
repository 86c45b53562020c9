import Glibc
import Testing

@testable import VectorKernels

@Suite struct InstructionSetTests {
    @Test func scalarIsAlwaysAvailable() {
        #expect(InstructionSet.available.contains(.scalar))
        #expect(InstructionSet.available.contains(.best))
    }

    @Test func unavailableSetsHaveNoKernels() {
        for set in InstructionSet.allCases {
            #expect((VectorKernels(set) != nil) == InstructionSet.available.contains(set))
        }
    }

    @Test func bestIsTheWidestUnderTheCap() {
        let cap = getenv("CLIPSEARCH_ISA").flatMap { InstructionSet(rawValue: String(cString: $0)) }
        let order = InstructionSet.allCases
        let allowed = InstructionSet.available.filter { set in
            cap.map { order.firstIndex(of: set)! <= order.firstIndex(of: $0)! } ?? true
        }
        #expect(InstructionSet.best == allowed.last)
        #expect(VectorKernels.best.instructionSet == .best)
    }
}
