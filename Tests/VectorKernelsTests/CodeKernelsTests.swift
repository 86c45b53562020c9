import Testing

@testable import VectorKernels

@Suite struct CodeKernelsTests {
    static let lengths = Array(0...131) + [255, 256, 257, 383, 384, 385, 512, 1024, 4096]

    /// Reproducible bytes, extremes among them.
    static func bytes(_ count: Int, seed: UInt64) -> [Int8] {
        var state = seed
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return [-128, 127, Int8(truncatingIfNeeded: state >> 40), Int8(truncatingIfNeeded: state >> 48)][Int(state >> 62)]
        }
    }

    @Test(arguments: InstructionSet.available, lengths)
    func equalTheDefinition(set: InstructionSet, length: Int) throws {
        let kernels = try #require(CodeKernels(set))
        let query = Self.bytes(length, seed: 1)
        let all = (0..<9).map { Self.bytes(length, seed: $0 + 2) } + [query]
        let bits = all.map { $0.map(UInt8.init(bitPattern:)) }
        // Every count: groups of rows have tails as well.
        for count in [0, 1, 2, 3, 4, 5, 8, 10] {
            let rows = Array(all.suffix(count))
            let products = rows.map { zip(query, $0).reduce(Int32(0)) { $0 + Int32($1.0) * Int32($1.1) } }
            #expect(kernels.dot(query, rows) == products)
            let differing = rows.map { zip(query, $0).reduce(Int32(0)) { $0 + Int32(($1.0 ^ $1.1).nonzeroBitCount) } }
            #expect(kernels.hamming(query.map(UInt8.init(bitPattern:)), Array(bits.suffix(count))) == differing)
        }
    }

    /// Sums of the greatest products at the greatest length do not overflow.
    @Test(arguments: InstructionSet.available, [-128, 127] as [Int8])
    func extremes(set: InstructionSet, value: Int8) throws {
        let kernels = try #require(CodeKernels(set))
        let row = [Int8](repeating: value, count: 4096)
        let most = [Int8](repeating: -128, count: 4096)
        #expect(kernels.dot(row, [row, most]) == [4096 * Int32(value) * Int32(value), 4096 * Int32(value) * -128])
        let ones = [UInt8](repeating: 255, count: 4096)
        #expect(kernels.hamming(ones, [[UInt8](repeating: 0, count: 4096)]) == [4096 * 8])
    }

    @Test(arguments: InstructionSet.available, lengths)
    func encodeEqualsScalar(set: InstructionSet, length: Int) throws {
        let kernels = try #require(CodeKernels(set))
        let scalar = try #require(CodeKernels(.scalar))
        for scale in [1, 1e-30, 1e30, 0.01] as [Float] {
            let vector = VectorKernelsTests.vector(length, seed: 9).map { $0 * scale }
            let (codes, step) = kernels.encode(vector)
            let expected = scalar.encode(vector)
            #expect(codes == expected.codes && step == expected.scale)
        }
    }

    /// Each component is off by half a step at most, a step being the greatest component's 127th part.
    @Test(arguments: [1, 3, 16, 384], [1, 1e-20, 1e20] as [Float])
    func errorIsBounded(length: Int, magnitude: Float) {
        let vector = VectorKernelsTests.vector(length, seed: 10).map { $0 * magnitude }
        let greatest = vector.map(abs).max() ?? 0
        let (codes, scale) = CodeKernels.best.encode(vector)
        #expect(abs(scale - greatest / 127) <= greatest * 1e-6)
        #expect(codes.map { abs(Int($0)) }.max() == 127)
        for (component, code) in zip(vector, codes) {
            #expect(abs(component - Float(code) * scale) <= scale * 0.5001)
        }
    }

    @Test(arguments: InstructionSet.available)
    func whatHasNoScaleIsZero(set: InstructionSet) throws {
        let kernels = try #require(CodeKernels(set))
        for value in [0, -0.0, .leastNonzeroMagnitude, 1e-37] as [Float] {
            let (codes, scale) = kernels.encode([Float](repeating: value, count: 21))
            #expect(codes == [Int8](repeating: 0, count: 21) && scale == 0)
        }
        let (codes, scale) = kernels.encode([.greatestFiniteMagnitude, -.greatestFiniteMagnitude])
        #expect(codes == [127, -127] && scale.isFinite)
    }
}
