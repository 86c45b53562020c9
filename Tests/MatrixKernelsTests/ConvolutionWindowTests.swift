import MatrixKernels
import Testing

@Suite struct ConvolutionWindowTests {
    /// The asymmetric padding of the compact model's specification: 3×3 pads 0 before and 1 after, 5×5 pads 1 and 2.
    @Test(arguments: [(224, 3, 2, 112, 0), (112, 3, 1, 112, 1), (56, 5, 2, 28, 1), (7, 5, 1, 7, 2), (7, 1, 1, 7, 0)])
    func samePadding(size: Int, kernel: Int, stride: Int, output: Int, padding: Int) {
        let window = ConvolutionWindow(sameOver: size, kernel: kernel, stride: stride)
        #expect(window.outputSize == output)
        #expect(window.padding == padding)
    }

    @Test func cutsPatchesInTheOrderOfConvolutionWeights() throws {
        let window = ConvolutionWindow(validOver: 4, kernel: 2, stride: 2)
        let image = (0..<32).map(Float.init)
        let rows = try Matrix(rows: 5, columns: 8)
        window.cut(engines[0], image, channels: 2, into: rows, from: 1)
        #expect(rows.row(1) == [0, 1, 4, 5, 16, 17, 20, 21])
        #expect(rows.row(2) == [2, 3, 6, 7, 18, 19, 22, 23])
        #expect(rows.row(4) == [10, 11, 14, 15, 26, 27, 30, 31])
    }

    @Test func cellsOutsideAreZero() throws {
        let window = ConvolutionWindow(sameOver: 2, kernel: 3, stride: 1)
        let rows = try Matrix(rows: 4, columns: 9)
        window.cut(engines[0], [1, 2, 3, 4], channels: 1, into: rows, from: 0)
        #expect(rows.row(0) == [0, 0, 0, 0, 1, 2, 0, 3, 4])
        #expect(rows.row(3) == [1, 2, 0, 3, 4, 0, 0, 0, 0])
    }
}
