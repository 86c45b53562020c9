import Testing

@testable import Mapping

struct VectorTextTests {
    private let bytes = DenseVectorOptions(elementType: .byte, dimensions: 3)
    private let floats = DenseVectorOptions(dimensions: 3)

    @Test func bytesAreHexadecimalOrBase64() {
        #expect(bytes.components(of: "40f6e2") == [64, -10, -30])
        #expect(bytes.components(of: "QPbi") == [64, -10, -30])
        // An odd number of digits is neither.
        #expect(bytes.components(of: "40af20a") == nil)
        #expect(bytes.documentComponents(of: "807f0a") == [-128, 127, 10])
    }

    @Test func documentsWriteFloatsInBase64Only() {
        #expect(floats.components(of: "400ae2") == [64, 10, -30])
        #expect(floats.documentComponents(of: "400ae2")?.count != 3)
        #expect(floats.documentComponents(of: "P4AAAEAAAABAQAAA") == [1, 2, 3])
    }
}
