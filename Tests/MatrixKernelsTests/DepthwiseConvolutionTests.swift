import MatrixKernels
import TestSupport
import Testing

@Suite struct DepthwiseConvolutionTests {
    @Test(arguments: engines, [(3, 1, 8, 9), (3, 2, 8, 16), (5, 2, 9, 20), (5, 1, 3, 37)])
    func agreesWithTheDefinition(engine: MatrixEngine, shape: (Int, Int, Int, Int)) throws {
        let (kernel, stride, size, channels) = shape
        let batch = 2
        var random = SeededGenerator(seed: 7)
        let input = random.floats(batch * size * size * channels)
        let weights = random.floats(channels * kernel * kernel), bias = random.floats(channels, in: 0...6)
        let window = ConvolutionWindow(sameOver: size, kernel: kernel, stride: stride)
        let convolution = DepthwiseConvolution(engine, weights: weights, bias: bias, window: window)
        let output = try Matrix(rows: batch * window.outputSize * window.outputSize, columns: channels)
        convolution(try Matrix(input, rows: batch * size * size, columns: channels), into: output, batch: batch)
        var exact: [Double] = []
        for image in 0..<batch {
            for row in 0..<window.outputSize {
                for column in 0..<window.outputSize {
                    for channel in 0..<channels {
                        var sum = Double(bias[channel])
                        for ky in 0..<kernel {
                            for kx in 0..<kernel {
                                let y = row * stride - window.padding + ky, x = column * stride - window.padding + kx
                                guard (0..<size).contains(y), (0..<size).contains(x) else { continue }
                                sum += Double(input[((image * size + y) * size + x) * channels + channel])
                                    * Double(weights[(channel * kernel + ky) * kernel + kx])
                            }
                        }
                        exact.append(min(max(sum, 0), 6))
                    }
                }
            }
        }
        #expect(largestDifference(output.elements, exact) < 1e-5)
    }
}
