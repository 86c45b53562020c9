import Testing

@testable import VectorIndex

@Suite struct BFloat16Tests {
    @Test(arguments: [
        (1, 0x3f80), (-2, 0xc000), (0, 0), (-0.0, 0x8000),
        // Halfway between two: the even one. A little more: the upper.
        (1.00390625, 0x3f80), (1.01171875, 0x3f82), (1.00390637, 0x3f81),
        (.greatestFiniteMagnitude, 0x7f80), (.infinity, 0x7f80),
    ] as [(Float, UInt16)])
    func roundsToTheNearestEven(value: Float, bits: UInt16) {
        #expect(BFloat16.bits(value) == bits)
    }

    @Test func everyValueStays() {
        for bits in UInt16.min...UInt16.max {
            let value = BFloat16.value(bits)
            if value.isNaN { #expect(BFloat16.rounded(value).isNaN) } else { #expect(BFloat16.bits(value) == bits) }
        }
    }
}
