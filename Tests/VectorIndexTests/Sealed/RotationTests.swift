import Testing

@testable import VectorIndex

@Suite struct RotationTests {
    /// What stands in files must be the same for ever: numbers and turned vectors of a seed.
    @Test func seedsGiveTheSameForEver() {
        var random = SplitMix64(seed: 1)
        #expect([random.next(), random.next()] == [0x910a_2dec_8902_5cc1, 0xbeeb_8da1_658e_ec67])
        var vector: [Float] = [1, 0, 0, 0]
        vector.withUnsafeMutableBufferPointer { Rotation(dimensions: 4, seed: 1)($0) }
        #expect(vector.reduce(0) { $0 + $1 * $1 } == 1)
        var other: [Float] = [1, 0, 0, 0]
        other.withUnsafeMutableBufferPointer { Rotation(dimensions: 4, seed: 1)($0) }
        #expect(vector == other)
    }
}
