import MatrixKernels
import Testing

@Suite struct FloatFormatTests {
    static func widened(_ format: FloatFormat, _ bytes: [UInt8]) -> [Float] {
        let count = bytes.count / format.bytes
        return Array(unsafeUninitializedCapacity: count) { output, used in
            bytes.withUnsafeBytes {
                format.widen($0, into: UnsafeMutableBufferPointer(rebasing: output[..<count]))
            }
            used = count
        }
    }

    #if !((os(macOS) || targetEnvironment(macCatalyst)) && arch(x86_64))
        @Test func everyHalf() {
            for pattern in UInt16.min...UInt16.max {
                let expected = Float(Float16(bitPattern: pattern))
                let found = Self.widened(.f16, [UInt8(truncatingIfNeeded: pattern), UInt8(pattern >> 8)])[0]
                guard found.bitPattern != expected.bitPattern else { continue }
                #expect(expected.isNaN && found.isNaN, "\(pattern)")
            }
        }
    #endif

    @Test func brainFloatIsTheUpperHalf() {
        #expect(Self.widened(.bf16, [0x80, 0x3F, 0xC0, 0xC0]) == [1, -6])
    }

    @Test func singleIsCopied() {
        #expect(Self.widened(.f32, [0, 0, 0x80, 0x3F]) == [1])
        #expect(Self.widened(.f32, []) == [])
    }
}
